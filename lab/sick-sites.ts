import type { LabHost } from './host-handle.ts'

/**
 * Sites of a host that do not answer 200 within so many seconds, as "shop.example.com/ 502". Ten are needed at least: nginx leaves a failed peer out
 * for that long (fail_timeout), and a service may still be starting.
 */
export async function sickSites(host: LabHost, seconds = 12): Promise<readonly string[]> {
  const { shopSite, shopPath, blogSite, wwwSite } = host.layout
  const pages = [shopSite + shopPath, `${blogSite}/`, `${wwwSite}/`]
  const script = `for page in ${pages.join(' ')}; do
    for try in {1..${seconds * 5}}; do
      code=$(curl -s -m 15 -o /dev/null -w '%{http_code}' -H "Host: \${page%%/*}" "http://127.0.0.1/\${page#*/}") || true
      [ "$code" = 200 ] && break
      sleep 0.2
    done
    echo "$page $code"
  done`
  const { stdout } = await host.exec(script)
  return stdout
    .trim()
    .split('\n')
    .filter((line) => !line.endsWith(' 200'))
}
