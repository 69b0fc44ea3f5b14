import { connect } from 'node:net'
import type { Ran } from './command.ts'
import { until } from './until.ts'

/** The units of the healthy host that must have been started before anything is asked of it. */
const units = ['ssh', 'nginx', 'php8.2-fpm', 'checkout-api']

/** Listeners before requests: a request that comes too early would write an error into the log of a healthy host. */
const listening = `
[ "$(systemctl is-active ${units.join(' ')} | sort -u)" = active ] || { systemctl is-active ${units.join(' ')} | paste -sd' '; exit 1; }
ss -Htln 'sport = :8080' | grep -q . || { echo 'nothing on port 8080'; exit 1; }
[ -S /run/php/php8.2-fpm.sock ] || { echo 'no socket of php-fpm'; exit 1; }`

const answering = `
for name in shop blog www; do
  code=$(curl -s -m 5 -o /dev/null -w '%{http_code}' -H "Host: $name.example.com" http://127.0.0.1/)
  [ "$code" = 200 ] || { echo "$name.example.com answers $code"; exit 1; }
done`

/**
 * Waits until sshd greets, the backends listen and all three sites answer 200 through nginx.
 * `exec` runs a script as root on the host.
 */
export async function untilReady(
  address: string,
  exec: (script: string) => Promise<Ran>,
  signal?: AbortSignal,
): Promise<void> {
  const common = { seconds: 30, ...(signal && { signal }) }
  await until({ ...common, what: 'services of the host' }, () => passes(exec, listening))
  await until({ ...common, what: 'sites of the host' }, () => passes(exec, answering))
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
