import { parsed, unusable } from '../diagnosis/fact.ts'
import { defineProbe } from './probe.ts'
import { readOwners } from './sockets.ts'

export interface UnixListener {
  readonly path: string
  readonly recvQ: number
  readonly sendQ: number
  readonly owners: readonly { readonly name: string; readonly pid: number }[]
}

/**
 * Unix stream sockets that something listens on.
 *
 * Sample (iproute2 6.1): u_str LISTEN 0 4096 /run/php/php8.2-fpm.sock 20311 * 0 users:(("php-fpm8.2",pid=310,fd=8))
 */
export const unixSockets = defineProbe({
  id: 'unix-sockets',
  command: 'ss -Hxap',
  seconds: 3,
  cap: 131_072,
  script: `
command -v ss >/dev/null 2>&1 || { echo 'no ss on this host' >&2; exit 127; }
{ as_root ss -Hxap 2>/dev/null || ss -Hxa || echo FAILED; } | awk '$2 == "LISTEN" || $1 == "FAILED"'`,
  parse(capture) {
    if (/^FAILED$/m.test(capture.stdout)) return unusable('ss failed')
    if (capture.truncated) return unusable('the list of unix sockets was cut')
    const listeners = capture.stdout.split('\n').flatMap((line): UnixListener[] => {
      const [kind, , recvQ, sendQ, path, , , , ...rest] = line.trim().split(/\s+/)
      if (kind !== 'u_str' || !path) return []
      return [{ path, recvQ: Number(recvQ), sendQ: Number(sendQ), owners: readOwners(rest.join(' ')) }]
    })
    return parsed<{ readonly listeners: readonly UnixListener[] }>({ listeners })
  },
})
