import type { CauseId } from '../../diagnosis/cause.ts'
import type { Claim, LookAlike } from '../../diagnosis/rule.ts'
import { ruledOut } from '../../diagnosis/rule.ts'
import type { Fact } from '../../diagnosis/fact.ts'
import type { Containers, Inside } from '../../probes/containers.ts'
import type { Host } from '../../probes/host.ts'
import { isOpen } from '../../symptoms/course.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import { impactOf, troubleEvidence, troubleKey } from '../knowledge.ts'
import { type Behind, containerEvidence, containerName, containersBehind, containerWord } from './behind.ts'

interface Seen {
  readonly host: Host
  readonly containers: Fact<Containers>
}

/** A nat rule brings 111 of the container itself; a proxy process accepts, fails to connect, and closes. */
const kinds: readonly Trouble['kind'][] = ['refused', 'closed']

type Place = 'loopback-only' | 'other-port' | 'nothing'

/** Where the application listens in the only container behind the address; null where it listens as it should, or nobody saw. */
function placeOf({ container, to }: Behind): Place | null {
  const { inside } = container
  if (container.state !== 'running' || inside === null || inside.sameNetwork) return null
  const here = inside.listeners.filter((each) => each.port === to)
  if (here.length > 0) return here.every(({ address }) => isLoopback(address)) ? 'loopback-only' : null
  return reachable(inside).length > 0 ? 'other-port' : 'nothing'
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1'
}

function reachable({ listeners }: Inside): Inside['listeners'] {
  return listeners.filter(({ address }) => !isLoopback(address))
}

const wanted: Readonly<Partial<Record<CauseId, Place>>> = {
  'listen-address-mismatch': 'loopback-only',
  'backend-wrong-port': 'other-port',
  'backend-down': 'nothing',
}

/** The container behind the address runs, and its application does not listen where the published port comes in. */
export function insideContainer(
  cause: 'listen-address-mismatch' | 'backend-wrong-port' | 'backend-down',
  trouble: Trouble,
  seen: Seen,
): Claim[] {
  const { address } = trouble
  if (
    !kinds.includes(trouble.kind) ||
    address === null ||
    !['configuration', 'name', 'socket', 'live'].includes(trouble.believed)
  )
    return []
  const running = containersBehind(address, seen.containers, seen.host.addresses).filter(
    ({ container }) => container.state === 'running',
  )
  const [behind, ...others] = running
  if (!behind || others.length > 0 || placeOf(behind) !== wanted[cause]) return []
  if (!hasSettled(behind, trouble, seen.host)) return []
  return [claimOf(cause, trouble, address, behind, seen)]
}

const STAMP_SECONDS = 2

/** One that was started again since the first error may be in a loop (loop.ts), and listen in a moment. */
function hasSettled({ container: { inside, restarts } }: Behind, trouble: Trouble, host: Host): boolean {
  if (restarts !== null) return restarts === 0
  // A log's stamps are whole seconds.
  return inside !== null && host.uptime - inside.startedAt >= Math.min(trouble.firstAgo ?? 60, 120) - STAMP_SECONDS
}

function claimOf(cause: CauseId, trouble: Trouble, address: string, behind: Behind, seen: Seen): Claim {
  const { container, to } = behind
  const { inside, unit } = container
  const own = inside?.addresses[0] ?? 'its own address'
  const place = trouble.endpoints[0]
  const other = inside ? reachable(inside).map((each) => `${each.address}:${each.port}`) : []
  const words =
    cause === 'listen-address-mismatch'
      ? `listens on 127.0.0.1:${to} of its own network only, where nothing comes in from outside: the port arrives at ${own}:${to}`
      : cause === 'backend-wrong-port'
        ? `listens on ${other.join(', ')}, the port is carried to ${to}`
        : 'runs, and nothing in it listens on any port'
  return {
    summary: `${containerName(container)} behind ${address} ${words}`,
    subject: {
      upstream: address,
      ...(unit !== null && { unit }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    explains: ['firewall-blocked', 'backend-crashed', 'keepalive-race'],
    impact: impactOf(trouble, seen.host),
    evidence: [...troubleEvidence(trouble), ...containerEvidence(behind, address)],
    unlike: alikes(cause, address, behind),
    ...(cause === 'backend-down' && { atMost: 'likely' as const }),
    steps: stepsFor(cause, behind, other),
  }
}

function alikes(cause: CauseId, address: string, { to }: Behind): readonly LookAlike[] {
  const nobody = `nothing in the container takes connections for port ${to} from outside, whatever a filter does`
  const all: readonly LookAlike[] = [
    ruledOut('backend-down', 'the container runs, and its application listens'),
    ruledOut('listen-address-mismatch', `nothing in the container listens on port ${to} at any address`),
    ruledOut('backend-wrong-port', `the port is right: ${to} in the container`),
    ruledOut('firewall-blocked', nobody),
    ruledOut('backend-crashed', `${nobody}; a connection to ${address} never reaches the application`),
    ruledOut('keepalive-race', 'new connections fail as well'),
  ]
  const untrue: readonly CauseId[] =
    cause === 'backend-down'
      ? ['backend-down']
      : cause === 'backend-wrong-port'
        ? ['backend-wrong-port']
        : ['listen-address-mismatch']
  return all.filter(
    (each) => !untrue.includes(each.cause) && !(cause === 'backend-down' && each.cause === 'backend-wrong-port'),
  )
}

function stepsFor(cause: CauseId, { container, to }: Behind, other: readonly string[]): readonly string[] {
  const word = containerWord(container)
  const engine = container.engine ?? 'podman'
  if (cause === 'listen-address-mismatch')
    return [
      `let the application in ${word} listen on 0.0.0.0:${to} instead of 127.0.0.1:${to} (its bind or HOST setting), and make the container anew`,
    ]
  if (cause === 'backend-wrong-port')
    return [
      `publish the port that it listens on (${other.join(', ')}), or let it listen on ${to}, and make the container anew`,
    ]
  return [`${engine} logs --tail 50 ${word}   # whether it is still starting, or where it listens`]
}
