import { connect } from 'node:net'
import type { Ran } from './command.ts'
import { servicesOf } from './layout/lay-out.ts'
import type { Layout } from './layout/layout.ts'
import { until } from './until.ts'

/** Listeners before requests: a request that comes too early would write an error into the log of a healthy host. */
function listening(layout: Layout): string {
  const units = servicesOf(layout).join(' ')
  const backend = layout.role === 'front' ? [] : [layout.bind]
  const sites =
    layout.role === 'back' ? [] : [...layout.neighbours.map(({ port }) => `:${port}`), `unix:${layout.blogSocket}`]
  return `
[ "$(systemctl is-active ${units} | sort -u)" = active ] || { systemctl is-active ${units} | paste -sd' '; exit 1; }
for address in ${[...backend, ...sites].join(' ')}; do
  case $address in
  unix:*) ss -Hxln | awk '{ print $5 }' | grep -qxF "\${address#unix:}" ;;
  *) ss -Htln "sport = :\${address##*:}" | grep -q . ;;
  esac || { echo "nothing listens at $address"; exit 1; }
done`
}

function answering({ shopSite, shopPath, blogSite, wwwSite, neighbours }: Layout): string {
  const pages = [
    shopSite + shopPath,
    ...[blogSite, wwwSite, ...neighbours.map(({ site }) => site)].map((site) => `${site}/`),
  ]
  return `
for page in ${pages.join(' ')}; do
  code=$(curl -s -m 5 -o /dev/null -w '%{http_code}' -H "Host: \${page%%/*}" "http://127.0.0.1/\${page#*/}")
  [ "$code" = 200 ] || { echo "$page answers $code"; exit 1; }
done`
}

/**
 * Waits until sshd greets, the backends listen and all sites answer 200 through nginx.
 * `exec` runs a script as root on the host.
 */
export async function untilReady(
  address: string,
  layout: Layout,
  exec: (script: string) => Promise<Ran>,
  signal?: AbortSignal,
): Promise<void> {
  const common = { seconds: 30, ...(signal && { signal }) }
  await until({ ...common, what: 'services of the host' }, () => passes(exec, listening(layout)))
  if (layout.role !== 'back')
    await until({ ...common, what: 'sites of the host' }, () => passes(exec, answering(layout)))
  await until({ ...common, what: `sshd at ${address}` }, async () => {
    const greeting = await firstBytes(address, 22)
    return greeting.startsWith('SSH-') ? { value: true } : `greeting ${JSON.stringify(greeting)}`
  })
}

async function passes(
  exec: (script: string) => Promise<Ran>,
  script: string,
): Promise<string | { readonly value: true }> {
  const ran = await exec(script)
  return ran.exitCode === 0 ? { value: true } : ran.stdout.trim() || ran.stderr.trim() || 'no answer'
}

/** What a listener says first, or an empty string. */
function firstBytes(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 })
    const done = (text: string): void => {
      socket.destroy()
      resolve(text)
    }
    socket.once('data', (chunk) => done(chunk.toString('latin1')))
    socket.once('error', () => done(''))
    socket.once('timeout', () => done(''))
    socket.once('close', () => done(''))
  })
}
