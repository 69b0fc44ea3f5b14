import { parsed, unusable } from '../diagnosis/fact.ts'
import { defineProbe } from './probe.ts'
import { readOwners } from './sockets.ts'

export interface UnixListener {
  readonly path: string
  readonly recvQ: number
  readonly sendQ: number
  readonly owners: readonly { readonly name: string; readonly pid: number }[]
}

export interface UnixSockets {
  readonly listeners: readonly UnixListener[]
  /** Path -> connections that are open to it; a path without any has no entry. Null in captures from before. */
  readonly connections: ReadonlyMap<string, number> | null
}

/**
 * Unix stream sockets that something listens on, and how many connections each has.
 *
 * Sample (iproute2 6.1):
 *     u_str LISTEN 0 4096 /run/php/php8.2-fpm.sock 20311 * 0 users:(("php-fpm8.2",pid=310,fd=8))
 *     COUNTED
 *     COUNT 3 /run/php/php8.2-fpm.sock
 */
export const unixSockets = defineProbe({
  id: 'unix-sockets',
  command: 'ss -Hxap',
  seconds: 3,
  cap: 131_072,
  script: `
command -v ss >/dev/null 2>&1 || { echo 'no ss on this host' >&2; exit 127; }
{ as_root ss -Hxap 2>/dev/null || ss -Hxa || echo FAILED; } | awk '
  $2 == "LISTEN" || $1 == "FAILED"
  $1 == "u_str" && $2 == "ESTAB" && $5 ~ "^/" { open[$5]++ }
  END { print "COUNTED"; for (path in open) print "COUNT", open[path], path }'`,
  parse(capture) {
    if (/^FAILED$/m.test(capture.stdout)) return unusable('ss failed')
    if (capture.truncated) return unusable('the list of unix sockets was cut')
    const listeners = capture.stdout.split('\n').flatMap((line): UnixListener[] => {
      const [kind, , recvQ, sendQ, path, , , , ...rest] = line.trim().split(/\s+/)
      if (kind !== 'u_str' || !path) return []
      return [{ path, recvQ: Number(recvQ), sendQ: Number(sendQ), owners: readOwners(rest.join(' ')) }]
    })
    return parsed<UnixSockets>({ listeners, connections: countsIn(capture.stdout) })
  },
})

/** The end of a client has no path of its own: each connection is one line with the path of the listener. */
function countsIn(stdout: string): ReadonlyMap<string, number> | null {
  if (!/^COUNTED$/m.test(stdout)) return null
  const counts = [...stdout.matchAll(/^COUNT (\d{1,9}) (\/\S+)$/gm)]
  return new Map(counts.map(([, count = '0', path = '']) => [path, Number(count)]))
}
