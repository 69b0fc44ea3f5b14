import { parsed, unusable } from '../diagnosis/fact.ts'
import { sections, wholeLines } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface Route {
  readonly address: string
  /** The name that was asked about and that has this address; null for a literal one. */
  readonly name: string | null
  /** "10.0.3.7 dev eth0 src 10.0.3.2", or null when there is none. */
  readonly route: string | null
  readonly message: string
  /** "REACHABLE", "STALE", "FAILED" ...; null for an address without a neighbour entry where the route goes (loopback, behind a gateway). */
  readonly neighbour: string | null
  /** What is known of the address on interfaces that the route does not take. */
  readonly elsewhere: readonly { readonly device: string; readonly state: string }[]
  /** The gateway on the way, and the state of its own neighbour entry. */
  readonly gateway: { readonly address: string; readonly neighbour: string | null } | null
  /** All gateways of a route with several, of which each connection takes one (ip-route(8), nexthop). */
  readonly hops?: readonly { readonly address: string; readonly neighbour: string | null }[]
}

export interface Link {
  readonly name: string
  /** Flags as ip shows them: UP is what somebody set, LOWER_UP a link that carries, NO-CARRIER one that does not. */
  readonly flags: readonly string[]
  /** Own addresses with prefix length: "10.0.3.2/24". */
  readonly addresses: readonly string[]
}

export interface Routes {
  readonly routes: readonly Route[]
  /** Empty in old captures. */
  readonly links: readonly Link[]
  /** Routes that refuse: "unreachable 10.99.0.0/16", "blackhole 10.98.0.0/16", "prohibit ..." (ip-route(8)). */
  readonly refusals: readonly string[]
}

/**
 * The way to the addresses of backends. "$@" are addresses, or names, which the host resolves.
 *
 * Sample (iproute2 6.1):
 *     @route 0 10.77.1.9
 *     10.77.1.9 dev host0 src 10.77.1.2 uid 0
 *     @neighbour 10.77.1.9 dev br-shop lladdr b6:af:6a:68:2c:5b STALE
 *     @neighbour 10.77.1.9 dev host0 FAILED
 *     @route 2 10.99.0.1
 *     RTNETLINK answers: No route to host
 *     @neighbour
 *     @hop 10.77.1.254 10.77.1.254 dev br-shop FAILED
 *     @refusal unreachable 10.99.0.0/16
 *     @link host0 BROADCAST,MULTICAST,UP,LOWER_UP
 *     @address host0 10.77.1.2/24
 */
export const routes = defineProbe({
  id: 'routes',
  command: 'ip route get ADDRESS; ip neigh show ADDRESS',
  seconds: 5,
  cap: 32_768,
  script: `
command -v ip >/dev/null 2>&1 || { echo 'no ip on this host' >&2; exit 127; }
one() { # address [name]
  out=$(ip route get "$1" 2>&1); printf '@route %s %s %s\\n%s\\n' $? "$1" "$2" "$out"
  ip neigh show "$1" 2>/dev/null | head -n 4 | sed 's/^/@neighbour /'
  via=$(printf '%s\\n' "$out" | sed -n '1s/.* via \\(inet6 \\)\\{0,1\\}\\([0-9a-fA-F.:]*\\).*/\\2/p')
  dev=$(printf '%s\\n' "$out" | sed -n '1s/.* dev \\([^ ]*\\).*/\\1/p')
  [ -n "$via" ] && echo "@gateway $via $(ip neigh show "$via" dev "$dev" 2>/dev/null | head -n 1)"
  ip -o route show match "$1" 2>/dev/null | awk '
    { n = split($1, a, "/"); long = ($1 == "default") ? 0 : (n > 1 ? a[2] : 128); if (long >= best) { best = long; line = $0 } }
    END { n = split(line, w, " "); for (i = 1; i <= n; i++) if (w[i] == "nexthop" && w[i + 1] == "via") print w[i + 2] " " w[i + 4] }' | head -n 8 |
    while read -r hop dev; do echo "@hop $hop $(ip neigh show "$hop" dev "$dev" 2>/dev/null | head -n 1)"; done
}
for a in "$@"; do
  case $a in
    *:*) one "$a" ;;
    *[!0-9.]*) for b in $(timeout 2 getent ahosts "$a" 2>/dev/null | awk '!s[$1]++ { print $1 }' | head -n 4); do one "$b" "$a"; done ;;
    *) one "$a" ;;
  esac
done
for t in unreachable blackhole prohibit throw; do
  { ip -o route show table all type $t; ip -o -6 route show table all type $t; } 2>/dev/null | head -n 20 | sed 's/^/@refusal /'
done
ip -o link show 2>/dev/null | head -n 40 | sed -n 's/^[0-9]*: \\([^:@]*\\)[^<]*<\\([^>]*\\)>.*/@link \\1 \\2/p'
ip -o addr show 2>/dev/null | head -n 80 | awk '{ print "@address " $2 " " $4 }'`,
  parse(capture) {
    if (capture.exitCode === 127) return unusable('no ip on this host')
    const parts = sections(wholeLines(capture), ['route', 'neighbour', 'gateway', 'hop', 'refusal', 'link', 'address'])
    const found = parts.flatMap((part, index): Route[] => {
      if (part.name !== 'route') return []
      const [status, address = '', name = ''] = part.rest.split(' ')
      const line = part.body[0]?.trim() ?? ''
      const end = parts.findIndex((each, at) => at > index && each.name === 'route')
      const own = parts.slice(index + 1, end < 0 ? undefined : end)
      const via = own.find((each) => each.name === 'gateway')?.rest
      return [
        {
          address,
          name: name === '' ? null : name,
          route: status === '0' ? line : null,
          message: line,
          ...neighboursOf(
            / dev (\S+)/.exec(line)?.[1] ?? '',
            own.filter((each) => each.name === 'neighbour').map(({ rest }) => rest),
          ),
          gateway: via === undefined ? null : hopIn(via),
          hops: own.filter((each) => each.name === 'hop').map(({ rest }) => hopIn(rest)),
        },
      ]
    })
    const restsOf = (name: string) => parts.filter((part) => part.name === name).map((part) => part.rest.trim())
    return parsed<Routes>({
      routes: found,
      links: restsOf('link').map((rest) => {
        const [name = '', flags = ''] = rest.split(' ')
        const addresses = restsOf('address').flatMap((each) =>
          each.startsWith(`${name} `) ? [each.slice(name.length + 1)] : [],
        )
        return { name, flags: flags.split(','), addresses }
      }),
      refusals: restsOf('refusal'),
    })
  },
})

/** The same address may be known on several interfaces; what counts is the one that the route takes. */
function neighboursOf(device: string, entries: readonly string[]): Pick<Route, 'neighbour' | 'elsewhere'> {
  const all = entries.flatMap((entry) => {
    const state = stateOf(entry)
    return state === null ? [] : [{ device: / dev (\S+)/.exec(entry)?.[1] ?? device, state }]
  })
  return {
    neighbour: all.find((each) => each.device === device)?.state ?? null,
    elsewhere: all.filter((each) => each.device !== device),
  }
}

/** "10.77.1.1 10.77.1.1 dev host0 lladdr ... REACHABLE": the gateway, and what is known of it as a neighbour. */
function hopIn(text: string): { readonly address: string; readonly neighbour: string | null } {
  return { address: text.split(' ')[0] ?? '', neighbour: stateOf(text.replace(/^\S+ ?/, '')) }
}

/** "10.77.1.9 dev host0 FAILED" -> "FAILED". */
function stateOf(entry: string): string | null {
  return entry.trim().split(/\s+/).at(-1)?.toUpperCase() || null
}
