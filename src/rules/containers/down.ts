import type { Evidence } from '../../diagnosis/diagnosis.ts'
import type { Claim } from '../../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../../diagnosis/rule.ts'
import type { Fact } from '../../diagnosis/fact.ts'
import type { Containers } from '../../probes/containers.ts'
import type { Host } from '../../probes/host.ts'
import { portOf } from '../../symptoms/address.ts'
import { isOpen } from '../../symptoms/course.ts'
import { clockAgo, instantAgo } from '../../symptoms/time.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import { impactOf, seenBy, troubleEvidence, troubleKey } from '../knowledge.ts'
import { type Behind, containerEvidence, containerName, containersBehind, containerWord } from './behind.ts'

interface Seen {
  readonly host: Host
  readonly containers: Fact<Containers>
}

/** Nothing listens on the address, and a container that publishes it does not run. */
export function stoppedContainer(trouble: Trouble, address: string, seen: Seen): Claim[] {
  const behind = containersBehind(address, seen.containers, seen.host.addresses)
  if (behind.some(({ container }) => container.state === 'running' || container.state === 'restarting')) return []
  const stopped = behind.filter(({ container: { state } }) => state === 'exited' || state === 'created')
  const [first, ...rivals] = stopped.toSorted((a, b) => (b.container.finishedAt ?? 0) - (a.container.finishedAt ?? 0))
  return first ? [claimOf(trouble, address, first, rivals, seen)] : []
}

function claimOf(trouble: Trouble, address: string, down: Behind, rivals: readonly Behind[], seen: Seen): Claim {
  const { container } = down
  const { unit, engine, finishedAt } = container
  const place = trouble.endpoints[0]
  const ago = finishedAt === null ? null : Math.max(0, seen.host.epoch - finishedAt)
  return {
    summary: `${containerName(container)}, which publishes ${address}, does not run: ${endInWords(down, ago, seen.host)}; nothing listens there`,
    ...(ago !== null && { since: instantAgo(seen.host, ago) }),
    subject: {
      upstream: address,
      ...(unit !== null && { unit }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [...troubleEvidence(trouble), ...containerEvidence(down, address)],
    unlike: [
      ruledOut('backend-wrong-port', `the container that publishes ${address} does not run`),
      ruledOut('listen-address-mismatch', `no listener on port ${portOf(address)} at any address`),
      ruledOut('firewall-blocked', `nothing listens there, and the container that it is carried to does not run`),
      ...(rivals.length > 0
        ? [
            notJudged(
              'backend-down' as const,
              `${rivals.map((each) => containerName(each.container)).join(', ')} had the same port`,
            ),
          ]
        : []),
    ],
    ...(rivals.length > 0 && { atMost: 'likely' as const }),
    ...(wasGoneBefore(down, ago, trouble) && { atMost: 'possible' as const }),
    steps: [
      unit === null
        ? `${engine ?? 'podman'} start ${containerWord(container)}`
        : `systemctl start ${unit}   # it runs the container`,
      `${engine ?? 'podman'} logs --tail 50 ${containerWord(container)}   # why it ended`,
    ],
  }
}

/** The first errors that still count as the beginning of something, where the log was read for an hour back. */
const BEGAN_WITHIN_SECONDS = 3000

/** It ended long before the first error: what served the address until then was something else. */
function wasGoneBefore({ container }: Behind, ago: number | null, { firstAgo }: Trouble): boolean {
  if (firstAgo === null || firstAgo > BEGAN_WITHIN_SECONDS) return false
  return ago === null ? /\b(?:days|weeks|months|years?) ago/.test(container.status) : ago > firstAgo + 3600
}

function endInWords({ container }: Behind, ago: number | null, host: Host): string {
  const { state, exitCode, oomKilled, status } = container
  if (state === 'created') return 'it was made and never started'
  const code =
    exitCode === null ? status : `it ended with exit code ${exitCode}${oomKilled === true ? ', killed for memory' : ''}`
  return ago === null ? code : `${code} at ${clockAgo(host, ago)}`
}

/** docker lists no ports of what does not run: any of those containers may be the one that is missed. */
export function stoppedWithoutPorts(containers: Fact<Containers>): {
  readonly evidence: readonly Evidence[]
  readonly steps: readonly string[]
} {
  const down = containers.known
    ? containers.value.containers.filter(
        ({ state, published }) => (state === 'exited' || state === 'restarting') && published.length === 0,
      )
    : []
  if (down.length === 0) return { evidence: [], steps: [] }
  const [first] = down
  const text = down.map((each) => `${containerName(each)}: ${each.status}`).slice(0, 10)
  const names = down.map(containerWord).slice(0, 10).join(' ')
  return {
    evidence: [seenBy('containers', `${first?.engine ?? 'docker'} ps -a`, text.join('\n'))],
    steps: [
      `${first?.engine ?? 'docker'} inspect --format '{{.Name}} {{.HostConfig.PortBindings}}' ${names}   # whether one of these that do not run has the port`,
    ],
  }
}
