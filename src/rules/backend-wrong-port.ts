import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Endpoint } from '../nginx/config-endpoints.ts'
import type { Host } from '../probes/host.ts'
import { isRunning, isUp } from '../probes/unit-state.ts'
import { formatAddress, isLocal, portOf } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import { clockAgo } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { isFresh, shortened } from './answered-by.ts'
import { lineText, replaceAddress } from './config-line.ts'
import { insideContainer } from './containers/inside.ts'
import { dialledAnew } from './dialled-anew.ts'
import { movedBehindForwarder } from './forwarded/moved.ts'
import { defineRule, impactOf, type Knowledge, type Place, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { listenersAt, othersOnPort } from './listening.ts'
import { namesIt } from './not-yet-open.ts'
import { staleAlike } from './name-alike.ts'
import { rulesForPort } from './packet-filter.ts'
import { heldElsewhere, tiedUnits } from './tied-units.ts'
import { reloadSteps, unreadPool } from './unread-pool.ts'
import { isTheSame, type OtherListener, otherListeners } from './other-listener.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'sockets' | 'host' | 'nginx-config' | 'backend-units' | 'place',
  'unix-sockets' | 'firewall' | 'name-resolution' | 'containers' | 'recent-changes'
>

/**
 * Cause: the backend runs, but it listens on another port, or on TCP where nginx uses a unix socket, or the other way round.
 * Tell-tale: 111 (or 2) for the configured address, nothing listens there, and the unit that belongs to it by name, by its
 * files or by its protocol listens elsewhere.
 * Look-alikes: backend-down (the unit that names the address is stopped), socket-missing (from one unix path to another).
 */
export const backendWrongPort = defineRule({
  id: 'backend-wrong-port',
  needs: ['troubles', 'sockets', 'host', 'nginx-config', 'backend-units', 'place'],
  settles: ['unix-sockets', 'firewall', 'name-resolution', 'containers', 'recent-changes'],
  atBackend: true,
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => [
      ...judgeTrouble(trouble, seen),
      ...insideContainer('backend-wrong-port', trouble, seen),
      ...movedBehindForwarder(trouble, seen),
    ]),
})

function isTaken(address: string, seen: Seen): boolean {
  return (
    listenersAt(address, seen.sockets).length > 0 ||
    othersOnPort(portOf(address), seen.sockets, seen['nginx-config'].model).length > 0
  )
}

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  const endpoint = trouble.endpoints[0]
  const kinds: readonly Trouble['kind'][] = ['refused', 'socket-absent', 'socket-refused']
  if (!kinds.includes(trouble.kind) || address === null || !endpoint || trouble.believed === 'name-before') return []
  const unix = address.startsWith('unix:')
  if (!isLocal(address, seen.host.addresses) || (!unix && isTaken(address, seen))) return []
  const backend = seen['backend-units']
  const tied = tiedUnits(address, backend)
  if (tied.some((each) => !isUp(each.unit) && heldElsewhere(each, backend).length === 0)) return []

  const found = otherListeners(endpoint, seen, address).filter((other) => !(unix && other.address.startsWith('unix:')))
  const [only, ...others] = found
  if (!only) return []
  return [claimOf(trouble, address, endpoint, only, others, seen)]
}

function claimOf(
  trouble: Trouble,
  address: string,
  endpoint: Endpoint,
  other: OtherListener,
  others: readonly OtherListener[],
  seen: Seen,
): Claim {
  const config = seen['nginx-config']
  const { place } = seen
  const unread = tiedUnits(address, seen['backend-units']).flatMap((each) => unreadPool(each, seen) ?? [])[0]
  // The file of nginx is not on the machine of a backend.
  const anew = others.length === 0 && place.of === 'nginx' ? dialledAnew(trouble, endpoint, other, seen) : null
  const diff =
    unread === undefined &&
    others.length === 0 &&
    (other.because !== 'protocol' || anew !== null) &&
    place.of === 'nginx'
      ? replaceAddress(config, endpoint.file, endpoint.line, written(endpoint), rewritten(endpoint, other.address))
      : null
  // What is merely left over may be any daemon, an exporter of metrics as well as the backend.
  const stale = staleAlike(trouble, address, seen['name-resolution'])
  const waits = waitingAlike(address, other, seen.host)
  const open = stale.open || waits.some(({ out }) => !out)
  const sure = others.length === 0 && isTheSame(other) && !open
  return {
    summary: `${other.process === 'systemd' ? other.text.split(' ')[0] : (other.unit?.id ?? other.process)} listens on ${other.address}, nginx connects to ${address}${unread ? `, as ${unread.file} says since ${clockAgo(seen.host, unread.ago)} and ${unread.unit} has not read` : ''}`,
    subject: {
      upstream: address,
      ...(other.unit && { unit: other.unit.id }),
      ...(place.of === 'nginx' && { file: endpoint.file, line: endpoint.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('nginx-config', 'nginx -T', lineText(config, endpoint.file, endpoint.line)),
      seenBy('sockets', 'ss -Htlnp; ss -Hxlp', [other, ...others].map((each) => each.text).join('\n')),
      ...(other.unit
        ? [
            seenBy(
              'backend-units',
              `systemctl show ${other.unit.id}`,
              `ActiveState=${other.unit.active} SubState=${other.unit.sub} MainPID=${other.unit.mainPid}`,
            ),
          ]
        : []),
      ...(unread?.evidence ?? []),
      ...(anew ? [anew] : []),
    ],
    unlike: [...lookAlikes(address, other, seen), ...(stale.open ? [stale.alike] : []), ...waits],
    ...(!sure && { atMost: anew !== null && !open ? ('likely' as const) : ('possible' as const) }),
    steps: unread ? reloadSteps(unread) : stepsFor(address, endpoint, [other, ...others], diff !== null, seen.place),
    ...(unread && { action: { id: 'reload-unit' as const, target: unread.unit } }),
    ...(diff !== null && { diff }),
  }
}

function stepsFor(
  address: string,
  { file, line }: Endpoint,
  found: readonly OtherListener[],
  hasDiff: boolean,
  place: Place,
): readonly string[] {
  const [other] = found
  const load = 'nginx -t && systemctl reload nginx'
  if (hasDiff && other)
    return [`make nginx connect to ${other.address} (${file}:${line}), or the backend listen on ${address}`, load]
  return [
    `decide where the backend is to listen: nginx connects to ${address}`,
    ...found.map((each) => `${each.unit?.id ?? each.process} listens on ${each.address}`),
    ...(place.of === 'backend'
      ? [`to change nginx instead: ${file}:${line} on ${place.nginxHost}, and there: ${load}`]
      : []),
  ]
}

function lookAlikes(address: string, other: OtherListener, seen: Seen): LookAlike[] {
  const down = ruledOut(
    'backend-down',
    other.unit && !isRunning(other.unit)
      ? `${other.text}: the first connection there starts ${other.unit.id}`
      : `no stopped service is tied to ${address}${other.unit ? `, and ${other.unit.id} runs` : ''}`,
  )
  if (address.startsWith('unix:')) return [down]
  const filter = rulesForPort(portOf(address), seen.firewall)
  const nat = filter.rules.find((rule) => rule.verdict === 'nat')
  if (nat) return [down, notJudged('firewall-blocked', `a nat rule carries the port elsewhere: ${nat.text}`)]
  return [
    down,
    filter.unknown === null
      ? ruledOut('firewall-blocked', `nothing listens on ${address}, and no nat rule carries the port elsewhere`)
      : notJudged('firewall-blocked', filter.unknown),
  ]
}

/** A service that is told of the missed address, or that looks for one that it needs, may open it later: what it has open is another port of its own. */
function waitingAlike(address: string, { unit }: OtherListener, host: Host): readonly LookAlike[] {
  if (unit === null) return []
  const [line] = unit.telling.lines.filter((each) => each.kind === 'dependency' && isFresh(each, host))
  if (line) return [notJudged('backend-dependency-down', `its log says: ${shortened(line.newest)}`)]
  return namesIt(address, unit)
    ? [notJudged('backend-dependency-down', `${unit.id} is told of ${address} as well, and may open it later`)]
    : []
}

/** The address as the configuration writes it, without what surrounds it. */
function written(endpoint: Endpoint): string {
  if (endpoint.unix !== null) return `unix:${endpoint.unix}`
  return endpoint.port === null ? (endpoint.host ?? '') : formatAddress(endpoint.host ?? '', endpoint.port)
}

function rewritten(endpoint: Endpoint, address: string): string {
  if (address.startsWith('unix:') || endpoint.unix !== null || endpoint.host === null) return address
  return /^[\d.]+$|:|^localhost$/.test(endpoint.host) ? address : formatAddress(endpoint.host, portOf(address))
}
