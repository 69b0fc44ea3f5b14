import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { isEmptyShell, isUp, type Unit } from '../probes/unit-state.ts'
import { tellingOf } from '../probes/unit-telling.ts'
import { isOpen } from '../symptoms/course.ts'
import { agoOf, instantAgo, sinceWords } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { replaceAddress } from './config-line.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { isTheSame, type OtherListener, otherListeners } from './other-listener.ts'
import { replacedSocket } from './socket-replaced.ts'
import { isInUse, stoppedOnPurpose, type TiedUnit, tiedUnits } from './tied-units.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'unix-sockets' | 'backend-units' | 'nginx-config' | 'sockets',
  'socket-paths'
>

/**
 * Cause: the socket file is left over from a backend that is gone, and no process listens on it.
 * Tell-tale: 111 on unix:, no listener on that path in ss -xl, the unit that the path belongs to does not run.
 * Or a process does listen on that path, and the file there is not its own (socket-replaced.ts).
 * Look-alikes: backend-saturated (there is a listener and its queue is full: 11), backend-wrong-port (the backend went over to TCP),
 * socket-missing (the file is gone too: 2).
 */
export const socketStale = defineRule({
  id: 'socket-stale',
  needs: ['troubles', 'host', 'unix-sockets', 'backend-units', 'nginx-config', 'sockets'],
  settles: ['socket-paths'],
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  if (trouble.kind !== 'socket-refused' || !address?.startsWith('unix:') || trouble.endpoints.length === 0) return []
  const tied = tiedUnits(address, seen['backend-units'])
  const listener = seen['unix-sockets'].listeners.find(({ path }) => path === address.slice(5))
  if (listener) return replacedSocket(trouble, listener, tied, seen.host)
  const down = tied.filter(({ unit }) => !isUp(unit))
  const inUse = down.filter(({ unit }) => isInUse(unit))
  const candidates = inUse.length > 0 ? inUse : down
  const others = otherOf(trouble, tied, seen)
  if (candidates.length === 0 && others.some((other) => !other.address.startsWith('unix:'))) return []
  return [claimOf(trouble, address, candidates, tied, others[0], seen)]
}

/** Where the backend listens now, when something ties it to this location. */
function otherOf(trouble: Trouble, tied: readonly TiedUnit[], seen: Seen): readonly OtherListener[] {
  const [endpoint] = trouble.endpoints
  if (!endpoint || tied.some(({ unit }) => !isUp(unit))) return []
  const source = { host: '', probe: 'unix-sockets', command: '' }
  const unix = { known: true, value: seen['unix-sockets'], source } as const
  const found = otherListeners(endpoint, { ...seen, 'unix-sockets': unix }).filter(isTheSame)
  return found.length === 1 ? found : []
}

function claimOf(
  trouble: Trouble,
  address: string,
  down: readonly TiedUnit[],
  tied: readonly TiedUnit[],
  other: OtherListener | undefined,
  seen: Seen,
): Claim {
  const path = address.slice(5)
  const [first, ...rivals] = down
  const place = trouble.endpoints[0]
  const diff =
    other && place ? replaceAddress(seen['nginx-config'], place.file, place.line, address, other.address) : null
  const owner = first?.unit ?? tied[0]?.unit ?? other?.unit ?? null
  const inTheWay = first !== undefined && cannotBind(first.unit)
  return {
    summary: `${path} is left over: nobody listens on it${wordsFor(first, tied[0], other, seen)}`,
    ...(first?.unit.changedAt != null && { since: instantAgo(seen.host, agoOf(first.unit.changedAt, seen.host)) }),
    subject: {
      upstream: address,
      path,
      ...(owner && { unit: owner.id }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    explains: ['backend-down'],
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('unix-sockets', 'ss -Hxlp', `no listener on ${path}`),
      ...componentsEvidence(path, seen),
      ...tied
        .slice(0, 2)
        .map(({ unit, tie }) =>
          seenBy(
            'backend-units',
            `systemctl show ${unit.id}`,
            `ActiveState=${unit.active} SubState=${unit.sub} Result=${unit.result}\n${tie.text}`,
          ),
        ),
      ...(first && first.unit.journal.length > 0
        ? [seenBy('backend-units', `journalctl -u ${first.unit.id}`, first.unit.journal.slice(-5).join('\n'))]
        : []),
      ...(other ? [seenBy('unix-sockets', 'ss -Hxlp', other.text)] : []),
    ],
    unlike: [
      ruledOut('backend-saturated', 'a full queue needs a listener, and there is none'),
      missingAlike(path, seen),
      portAlike(first, other),
    ],
    ...((first === undefined && other === undefined) || rivals.length > 0 ? { atMost: 'possible' as const } : {}),
    ...(first?.tie.kind === 'journal' && rivals.length === 0 && { atMost: 'likely' as const }),
    steps: [
      ...rivals.map(({ unit }) => `${unit.id} names ${path} too: find out which of them is to serve it`),
      ...(inTheWay ? [`rm ${path}   # the file itself is in the way: ${first?.unit.id ?? ''} cannot bind it`] : []),
      ...(first
        ? [
            `systemctl ${isEmptyShell(first.unit) ? 'restart' : 'start'} ${first.unit.id}`,
            `journalctl -u ${first.unit.id} -n 50   # if it does not stay up`,
          ]
        : []),
      ...(other && place
        ? [`make nginx connect to ${other.address} (${place.file}:${place.line})`, 'nginx -t && systemctl reload nginx']
        : []),
      ...(!first && !other
        ? [
            tied[0]
              ? `systemctl restart ${tied[0].unit.id}   # it runs, names the path, and does not listen there`
              : `find out which service is to listen on ${path} and start it`,
          ]
        : []),
    ],
    ...(diff !== null && { diff }),
    ...(first &&
      rivals.length === 0 &&
      !inTheWay &&
      stoppedOnPurpose(first.unit) === null &&
      !isEmptyShell(first.unit) &&
      first.tie.kind !== 'journal' && { action: { id: 'start-unit' as const, target: first.unit.id } }),
  }
}

/** bind(2) does not take a path that is there, whether or not somebody listens (unix(7)): who does not remove its old file cannot start. */
function cannotBind(unit: Unit): boolean {
  const [newest] = tellingOf(unit.telling, 'address-in-use', 'exception')
  return unit.active === 'failed' && newest?.kind === 'address-in-use' && newest.from === 'unit'
}

function wordsFor(
  down: TiedUnit | undefined,
  tied: TiedUnit | undefined,
  other: OtherListener | undefined,
  seen: Seen,
): string {
  if (down) {
    const since = down.unit.changedAt === null ? '' : ` ${sinceWords(down.unit.changedAt, seen.host)}`
    const why = cannotBind(down.unit) ? ', because the file is in its way' : ''
    return `; ${down.unit.id} is ${down.unit.active === 'failed' ? `failed (${down.unit.result})` : 'down'}${since}${why}`
  }
  if (other) return `; ${other.unit?.id ?? other.process} listens on ${other.address}`
  return tied ? `, although ${tied.unit.id} runs` : ''
}

function componentsEvidence(path: string, seen: Seen): ReturnType<typeof seenBy>[] {
  const paths = seen['socket-paths']
  const found = paths.known ? paths.value.paths.find((each) => each.path === path)?.components.at(-1) : undefined
  return found
    ? [seenBy('socket-paths', `ls -l ${path}`, `${found.mode} ${found.owner} ${found.group} ${found.path}`)]
    : []
}

/** The number says that the file is there: a missing one gives 2. */
function missingAlike(path: string, seen: Seen): LookAlike {
  const paths = seen['socket-paths']
  const found = paths.known ? paths.value.paths.find((each) => each.path === path) : undefined
  return found?.missing == null
    ? ruledOut('socket-missing', `${path} exists: a missing file gives (2)`)
    : notJudged('socket-missing', `${path} is missing by now`)
}

function portAlike(down: TiedUnit | undefined, other: OtherListener | undefined): LookAlike {
  if (down) return ruledOut('backend-wrong-port', `${down.unit.id}, which names the path, does not run`)
  return other
    ? ruledOut('backend-wrong-port', `the backend listens on another socket file, ${other.address.slice(5)}`)
    : notJudged('backend-wrong-port', 'no stopped service is tied to the path')
}
