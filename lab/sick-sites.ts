import type { LabHost } from './host-handle.ts'

/** What counts as an answer: 200 only, or whatever is no error of nginx or its backend; as a shell pattern. */
const answers = { 200: '200', 'no failure': '[1-4]??' } as const

/**
 * Sites of a host that do not answer so within so many seconds, as "shop.example.com/ 502". Ten are needed at least: nginx leaves a failed peer out
 * for that long (fail_timeout), and a service may still be starting.
 */
export async function sickSites(
  host: LabHost,
  wanted: keyof typeof answers = 200,
  seconds = 12,
): Promise<readonly string[]> {
  const { shopSite, shopPath, blogSite, wwwSite } = host.layout
  const pages = [shopSite + shopPath, `${blogSite}/`, `${wwwSite}/`]
  const script = `for page in ${pages.join(' ')}; do
    for try in {1..${seconds * 5}}; do
      code=$(curl -s -m 15 -o /dev/null -w '%{http_code}' -H "Host: \${page%%/*}" "http://127.0.0.1/\${page#*/}") || true
      [[ $code == ${answers[wanted]} ]] && continue 2
      sleep 0.2
    done
    echo "$page $code"
  done`
  const { stdout } = await host.exec(script)
  return stdout.split('\n').filter((line) => line !== '')
}
