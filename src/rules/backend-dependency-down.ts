import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { isUp } from '../probes/unit-state.ts'
import { isOpen } from '../symptoms/course.ts'
import { sinceWords } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { failingPeers } from './answering-peer.ts'
import { backendUnitOf, freshLines, lineEvidence, scriptError, scriptWords } from './answered-by.ts'
import { awaitedBy } from './opening-connections.ts'
import { fallenService } from './fallen-service.ts'
import { countedAnswers } from './failing-words.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { type Needed, neededService } from './needed-service.ts'
import { type State, stateOf } from './needed-state.ts'
import { isLostClientOf } from './lost-client.ts'
import { isNotYetOpen, notYetOpenAlikes } from './not-yet-open.ts'
import type { TiedUnit } from './tied-units.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'sockets' | 'unix-sockets',
  'backend-units' | 'idle-services' | 'error-log' | 'firewall'
>

/** Who says what it needs, in its own words. */
interface Said {
  readonly needed: Needed
  readonly words: string
  readonly evidence: ReturnType<typeof lineEvidence>
  /** Its sockets say so, no words. */
  readonly awaited?: boolean
  /** The words name nobody; it is the one service that ended when they began. */
  readonly fallen?: boolean
}

/** Troubles of a backend that lives and does not answer well; one that does not even listen, see not-yet-open.ts. */
const kinds: readonly Trouble['kind'][] = [
  'failing-answer',
  'error-answer',
  'answer-timeout',
  'closed',
  'gateway-error',
]

/**
 * Cause: the backend runs, but a service that it needs (database, cache, another API) is down or cannot be reached.
 * Tell-tale: its own log names the service and a connection that did not come about, and nobody listens there; the unit that would is known.
 * Where it opens its address only when the service is there, nginx is refused.
 * Look-alikes: app-error (no such service is named), backend-slow (it waits for something else), backend-wrong-port (it listens elsewhere).
 */
export const backendDependencyDown = defineRule({
  id: 'backend-dependency-down',
  needs: ['troubles', 'host', 'sockets', 'unix-sockets'],
  settles: ['backend-units', 'idle-services', 'error-log', 'firewall'],
  atBackend: true,
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => {
      const peers = failingPeers(trouble)
      if (peers.length === 0) return judgeTrouble(trouble, seen)
      return peers
        .flatMap((each) => judgeTrouble(each, seen))
        .map((claim) => ({ ...claim, about: troubleKey(trouble) }))
    }),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const tied = backendUnitOf(trouble, seen['backend-units'])
  if (!kinds.includes(trouble.kind) && !isNotYetOpen(trouble, tied)) return []
  if (tied && !isUp(tied.unit)) return []
  const said = whatIsSaid(trouble, tied, seen)
  const state = said && stateOf(said.needed, trouble, seen)
  return said && state ? [claimOf(trouble, tied, said, state, seen)] : []
}

/** The newest of its own lines that names a service; of the script's words in nginx's error log otherwise. */
function whatIsSaid(trouble: Trouble, tied: TiedUnit | null, seen: Seen): Said | null {
  for (const line of freshLines(tied, seen.host, 'dependency', 'exception')) {
    const needed = neededService(line.newest)
    if (needed && tied) return { needed, words: line.newest, evidence: lineEvidence(line, tied.unit.id) }
  }
  const words = scriptWords(trouble, seen['error-log'])
  // Without what nginx adds: client and upstream are addresses too.
  const needed = words && neededService(scriptError(words.text))
  if (words && needed)
    return { needed, words: words.text, evidence: seenBy('error-log', `tail ${words.log}`, words.text) }
  for (const line of freshLines(tied, seen.host, 'dependency', 'exception')) {
    const fallen = fallenService(line, seen.host, seen['idle-services'])
    if (fallen && tied)
      return { needed: fallen, words: line.newest, evidence: lineEvidence(line, tied.unit.id), fallen: true }
  }
  const awaited = tied && trouble.kind === 'answer-timeout' ? awaitedBy(tied.unit, seen['idle-services']) : null
  if (!awaited) return null
  const text = `${awaited.count} connections of ${tied?.unit.id ?? ''} to ${awaited.peer} wait for the first answer (SYN-SENT)`
  return { needed: awaited.needed, words: text, evidence: seenBy('idle-services', 'ss -Htanp', text), awaited: true }
}

function claimOf(trouble: Trouble, tied: TiedUnit | null, said: Said, state: State, seen: Seen): Claim {
  const { owner } = state
  const others = otherErrors(trouble, tied, said, seen)
  const backend = tied?.unit.id ?? `the application at ${trouble.address ?? ''}`
  const what = [said.needed.service, state.address].filter((part) => part !== null && part !== '').join(' at ')
  const down = owner
    ? `${owner.unit.id} is ${owner.unit.active}${owner.unit.changedAt === null ? '' : ` ${sinceWords(owner.unit.changedAt, seen.host)}`}, and ${backend} needs it (${what})`
    : `${backend} cannot reach ${what}, which it needs: ${said.awaited === true ? said.words : state.because}`
  return {
    summary: down,
    about: troubleKey(trouble),
    explains: [
      'app-error',
      'backend-slow',
      'backend-hung',
      'backend-saturated',
      'backend-crashed',
      'timeout-too-low',
      ...(isNotYetOpen(trouble, tied) ? (['backend-wrong-port'] as const) : []),
    ],
    subject: {
      ...(trouble.address !== null && { upstream: trouble.address }),
      // The unit that is down, or none: the backend's own is not what is wrong.
      ...(owner && { unit: owner.unit.id }),
    },
    failingNow: isOpen(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      ...countedAnswers(trouble),
      said.evidence,
      ...(state.bar ? [seenBy('firewall', state.bar.command, state.bar.rule)] : []),
      ...(state.bar || state.state === 'nameless' ? [] : [seenBy('sockets', 'ss -Htanp', state.because)]),
      ...(owner
        ? [
            seenBy(
              'idle-services',
              `systemctl status ${owner.unit.id}`,
              [
                `${owner.unit.active} (${owner.unit.sub}), result ${owner.unit.result}`,
                ...owner.listens.slice(0, 2),
                ...owner.unit.journal.slice(-3),
              ].join('\n'),
            ),
          ]
        : []),
    ],
    unlike: [
      others ?? appAlike(state, said),
      ...(tied && isNotYetOpen(trouble, tied)
        ? notYetOpenAlikes(trouble.address ?? '', tied)
        : [slowAlike(trouble, state, said)]),
    ],
    // Words that name no address may be about another machine.
    ...((said.awaited === true || (said.needed.host === null && said.needed.unix === null)) && {
      atMost: 'likely' as const,
    }),
    ...((state.state === 'unknown' || others !== null) && { atMost: 'possible' as const }),
    steps: owner
      ? [`systemctl start ${owner.unit.id}`, `see why it stopped: journalctl -u ${owner.unit.id} -n 50`]
      : [
          ...(state.bar ? [`see what that rule is for, and who set it: ${state.bar.rule}`] : []),
          state.state === 'nameless'
            ? `see why the name has no address: getent ahosts ${state.address}; the line of it in /etc/hosts, the name servers in /etc/resolv.conf`
            : `see what is wrong with ${what}: whether it runs, and whether ${backend} may reach it`,
          said.awaited === true ? said.words : `the application's own words: ${said.words.slice(0, 160)}`,
        ],
  }
}

/** What servers write above a stack trace, which then says what it was: gunicorn, uvicorn, Flask, Werkzeug. */
const HEADING = /Error handling request|Exception in (?:ASGI|WSGI) application|Exception on \/|Error on request/

/** A service that is missed now and then and made do without explains little when the log is full of other errors, or says it too rarely. */
function otherErrors(trouble: Trouble, tied: TiedUnit | null, { needed }: Said, seen: Seen): LookAlike | null {
  const lines = freshLines(tied, seen.host, 'dependency', 'exception', 'uncaught').filter(
    ({ newest }) => !HEADING.test(newest),
  )
  const about = lines.filter(
    ({ kind, newest }) =>
      kind === 'dependency' || neededService(newest) !== null || isLostClientOf(needed.service, newest),
  )
  const rest = lines.filter((line) => !about.includes(line))
  const [named, other] = [about, rest].map((each) => each.reduce((sum, line) => sum + line.count, 0))
  if (about.length === 0 || named === undefined || other === undefined) return null
  if (other * 2 > named) return notJudged('app-error', `its log also says: ${(rest[0]?.newest ?? '').slice(0, 160)}`)
  // Who does not listen yet asks at a pace of its own, whatever comes from nginx.
  return named * 4 < trouble.recent && kinds.includes(trouble.kind)
    ? notJudged('app-error', `its log names the service ${named} times only, for ${trouble.recent} failures`)
    : null
}

function appAlike(state: State, { needed, awaited, fallen, words }: Said): LookAlike {
  if (awaited === true) return ruledOut('app-error', words)
  if (fallen === true)
    return notJudged(
      'app-error',
      `its log does not say who refused it, and began to say so when ${state.owner?.unit.id ?? needed.service ?? ''} ended`,
    )
  if (state.state === 'gone' || state.state === 'barred' || state.state === 'full')
    return ruledOut('app-error', `its log names ${needed.service ?? state.address}, and ${state.because}`)
  return notJudged('app-error', `its log names ${needed.service ?? state.address}; ${state.because}`)
}

function slowAlike(trouble: Trouble, state: State, said: Said): LookAlike {
  if (said.awaited === true) return ruledOut('backend-slow', `it waits: ${said.words}`)
  if (trouble.kind !== 'answer-timeout') return ruledOut('backend-slow', 'it answers, with an error')
  return state.state === 'gone' || state.state === 'barred'
    ? ruledOut('backend-slow', `what it waits for is named by its log, and ${state.because}`)
    : notJudged('backend-slow', 'whether it waits for that service was not seen')
}
