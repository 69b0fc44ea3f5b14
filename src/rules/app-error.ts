import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { inForce } from '../nginx/config-scope.ts'
import { kindOf } from '../nginx/messages.ts'
import { isOwnListener } from '../nginx/own-listener.ts'
import { tellingKindOf } from '../probes/telling-kinds.ts'
import type { TellingLine } from '../probes/unit-telling.ts'
import { isLocal } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { failingPeers } from './answering-peer.ts'
import {
  backendUnitOf,
  freshLines,
  isScriptError,
  lineEvidence,
  logUnseen,
  ownReason,
  scriptError,
  scriptWords,
  shortened,
  statusesOf,
} from './answered-by.ts'
import {
  crashedAlike,
  dependencyAlike,
  directProof,
  errorLine,
  isBreakOff,
  isUnheard,
  livesOn,
  passedProof,
} from './app-error-alikes.ts'
import { configuredFor } from './configured-answer.ts'
import { countedAnswers } from './failing-words.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { listenersAt } from './listening.ts'
import { neededService } from './needed-service.ts'
import type { TiedUnit } from './tied-units.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'nginx-config',
  'events' | 'backend-units' | 'error-log' | 'served-paths' | 'sockets'
>

/** Words in the backend's log that make another cause the better answer; each with that cause. */
const deeper = [
  { kind: 'disk-full', cause: 'disk-full' },
  { kind: 'read-only', cause: 'disk-error' },
  { kind: 'too-many-files', cause: 'fd-limit' },
  { kind: 'oom-killed', cause: 'backend-oom-killed' },
  { kind: 'dependency', cause: 'backend-dependency-down' },
  { kind: 'worker-timeout', cause: 'backend-killed-by-timeout' },
] as const

/**
 * Cause: the application itself answers 5xx; nginx only passes it on.
 * Tell-tale: 5xx without an error of nginx's own, and the backend gives it when asked directly, or $upstream_status says so, or its own log
 * (or the script's words in the error log) names the error.
 * Look-alikes: backend-crashed (it dies while serving: nginx then says 502), backend-dependency-down (its log names a service that it
 * cannot reach), configured-error (nginx answers by itself).
 */
export const appError = defineRule({
  id: 'app-error',
  needs: ['troubles', 'host', 'nginx-config'],
  settles: ['events', 'backend-units', 'error-log', 'served-paths', 'sockets'],
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
  if (trouble.address !== null && isOwnListener(trouble.address, seen['nginx-config'].model, seen.host.addresses))
    return []
  const tied = backendUnitOf(trouble, seen['backend-units'])
  if (trouble.kind === 'error-answer') {
    const told = trouble.groups.some(({ line }) => kindOf(line) === 'fastcgi-stderr' && isScriptError(line.message))
    return told ? [claimOf(trouble, tied, 'the script says so itself', seen)] : []
  }
  // uWSGI and small servers close the connection when the application raises, and go on.
  if (trouble.kind === 'closed') {
    const [line] = freshLines(tied, seen.host, 'exception', 'stack-trace')
    // One error in its log for each connection that broke off, or nearly: a handled error now and then explains nothing.
    return line && line.count * 2 >= trouble.recent && livesOn(trouble, tied, seen.host)
      ? [claimOf(trouble, tied, `its own log says: ${shortened(line.newest)}`, seen)]
      : []
  }
  const passedOn = trouble.kind === 'failing-answer' && trouble.endpoints.length > 0
  const fromBackendPage = trouble.kind === 'gateway-error' && directProof(trouble) !== null
  if (!passedOn && !fromBackendPage) return []
  const proof = proofOf(trouble, tied, seen)
  if (proof === null && (configuredFor(trouble, seen) !== null || ownReason(trouble, seen.events) !== null)) return []
  if (proof === null && !isOpen(trouble)) return []
  if (isWellDirectly(trouble) || (proof === null && isBreakOff(trouble))) return []
  if (isBreakOff(trouble) && proofOfAnswer(trouble) === null && logUnseen(seen['error-log']) !== null) return []
  if (proof === null && statusesOf(trouble).includes(503) && isLimited(trouble)) return []
  return [claimOf(trouble, tied, proof, seen)]
}

/** nginx answers 5xx at this moment and the backend, asked without it, does not: a cache, or nginx itself. */
function isWellDirectly({ live }: Trouble): boolean {
  const failing = live.some(({ way, status }) => way === 'nginx' && (status ?? 0) >= 500)
  const direct = live.filter(({ way, status }) => way === 'direct' && status !== null)
  return failing && direct.length > 0 && direct.every(({ status }) => (status ?? 0) < 500)
}

/** limit_req and limit_conn may refuse without a word, by their log level: a 503 there can be nginx's own. */
function isLimited({ endpoints }: Trouble): boolean {
  return endpoints
    .flatMap((endpoint) => endpoint.usedBy)
    .some(({ pass }) => ['limit_req', 'limit_conn'].some((name) => inForce(pass.scope, name) !== null))
}

/** What it says itself, where an error_page of nginx makes another answer of it. */
function directStatus(trouble: Trouble): readonly number[] | null {
  const said = trouble.live.filter(({ way, status }) => way === 'direct' && (status ?? 0) >= 500)
  return directProof(trouble) === null ? null : [...new Set(said.map(({ status }) => status ?? 0))]
}

/** The backend was seen to give a whole answer of that kind. */
function proofOfAnswer(trouble: Trouble): string | null {
  return directProof(trouble) ?? passedProof(trouble)
}

function proofOf(trouble: Trouble, tied: TiedUnit | null, seen: Seen): string | null {
  const direct = proofOfAnswer(trouble)
  if (direct !== null) return direct
  const same = (trouble.answers ?? []).find(({ fromUpstream }) => fromUpstream > 0)
  if (same) return `$upstream_status is ${same.status} as well`
  if (configuredFor(trouble, seen) !== null || ownReason(trouble, seen.events) !== null) return null
  const line = errorLine(trouble, tied, seen.host)
  // One error in its log for each failing answer, or nearly: an error of before does not explain answers out of a cache.
  if (line && line.count * 2 >= trouble.recent) return `its own log says: ${shortened(line.newest)}`
  return scriptWords(trouble, seen['error-log']) ? 'the script says so itself' : null
}

function claimOf(trouble: Trouble, tied: TiedUnit | null, proof: string | null, seen: Seen): Claim {
  const { address } = trouble
  const unit = tied?.unit.id
  const line = errorLine(trouble, tied, seen.host)
  const words = scriptWords(trouble, seen['error-log'])
  const statuses = directStatus(trouble) ?? statusesOf(trouble)
  const told = line ? shortened(line.newest) : words ? scriptError(words.text) : null
  const others = deeperCauses(trouble, tied, seen)
  return {
    summary: `${unit ?? `the application at ${address ?? trouble.sites[0] ?? ''}`} itself ${trouble.kind === 'closed' ? 'breaks off its answers' : `answers ${statuses.length > 0 ? statuses.join(' and ') : 'with an error'}`}${told === null ? '' : `: ${told}`}`,
    about: troubleKey(trouble),
    subject: { ...(address !== null && { upstream: address }), ...(unit !== undefined && { unit }) },
    failingNow: isOpen(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      ...countedAnswers(trouble),
      ...(line && unit !== undefined ? [lineEvidence(line, unit)] : []),
      ...(words && trouble.groups.length === 0 ? [seenBy('error-log', `tail ${words.log}`, words.text)] : []),
    ],
    unlike: [
      crashedAlike(trouble, tied, proof, seen.host),
      ...(others.some(({ cause }) => cause === 'backend-dependency-down') ? [] : [dependencyAlike(tied, told, line)]),
      proof === null
        ? notJudged(
            'configured-error',
            'that the backend gave these answers was not seen, only that nothing else explains them',
          )
        : ruledOut('configured-error', proof),
      ...others.map(({ cause, said }) => notJudged(cause, `its log also says: ${shortened(said)}`)),
    ],
    // That nothing else explains it is no sign of an error in the application.
    ...((others.length > 0 || proof === null || isUnheard(trouble, tied, told, seen)) && {
      atMost: 'possible' as const,
    }),
    steps: [
      told === null
        ? `read what the application says: journalctl -u ${unit ?? 'THE-BACKEND'} -n 100, and its own log files`
        : `mend what the application says: ${told}`,
      'nginx only passes the answer on: nothing is to be changed there',
    ],
  }
}

/** The service that it missed is there now, and what its log says of errors came later than the last word about that. */
function isBackAgain(missed: TellingLine, error: TellingLine | null, seen: Seen): boolean {
  const needed = missed.kind === 'dependency' ? neededService(missed.newest) : null
  if (!needed || needed.host === null || needed.port === null || !seen.sockets.known) return false
  if (error === null || error === missed || (error.at ?? 0) <= (missed.at ?? Infinity) + BACK_SECONDS) return false
  const address = `${needed.host.includes(':') ? `[${needed.host}]` : needed.host}:${needed.port}`
  return isLocal(address, seen.host.addresses) && listenersAt(address, seen.sockets.value).length > 0
}

/** A service that is there and answers nobody lets a client notice in this time. */
const BACK_SECONDS = 2

/** What its own log, or the script on its standard error, says of a cause that would explain the error. */
function deeperCauses(trouble: Trouble, tied: TiedUnit | null, seen: Seen) {
  const words = scriptWords(trouble, seen['error-log'])
  const script = words ? scriptError(words.text) : null
  return deeper.flatMap(({ kind, cause }) => {
    const [line] = freshLines(tied, seen.host, kind)
    if (line && !isBackAgain(line, errorLine(trouble, tied, seen.host), seen)) return [{ cause, said: line.newest }]
    return script !== null && tellingKindOf(script) === kind ? [{ cause, said: script }] : []
  })
}
