import { parsed, unusable } from '../diagnosis/fact.ts'
import { sections } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface Route {
  readonly address: string
  /** "10.0.3.7 dev eth0 src 10.0.3.2", or null when there is none. */
  readonly route: string | null
  readonly message: string
  /** "REACHABLE", "STALE", "FAILED" ...; null for an address without a neighbour entry (loopback, behind a gateway). */
  readonly neighbour: string | null
}

/**
 * The way to the addresses of backends. "$@" are addresses.
 *
 * Sample (iproute2 6.1):
 *     @route 0 10.77.1.9
 *     10.77.1.9 dev host0 src 10.77.1.2 uid 0
 *     @neighbour 10.77.1.9 dev host0 FAILED
 */
export const routes = defineProbe({
  id: 'routes',
  command: 'ip route get ADDRESS; ip neigh show ADDRESS',
  seconds: 3,
  cap: 16_384,
  script: `
command -v ip >/dev/null 2>&1 || { echo 'no ip on this host' >&2; exit 127; }
for a in "$@"; do
  out=$(ip route get "$a" 2>&1); printf '@route %s %s\\n%s\\n' $? "$a" "$out"
  echo "@neighbour $(ip neigh show "$a" 2>/dev/null | head -n 1)"
done`,
  parse(capture) {
    if (capture.exitCode === 127) return unusable('no ip on this host')
    const parts = sections(capture.stdout, ['route', 'neighbour'])
    const found = parts.flatMap((part, index): Route[] => {
      if (part.name !== 'route') return []
      const [status, address = ''] = part.rest.split(' ')
      const line = part.body[0]?.trim() ?? ''
      const neighbour = parts[index + 1]?.name === 'neighbour' ? (parts[index + 1]?.rest ?? '') : ''
      return [
        {
          address,
          route: status === '0' ? line : null,
          message: line,
          neighbour: neighbour.trim().split(/\s+/).at(-1)?.toUpperCase() || null,
        },
      ]
    })
    return parsed<{ readonly routes: readonly Route[] }>({ routes: found })
  },
})
