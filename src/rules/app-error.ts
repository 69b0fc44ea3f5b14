import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { kindOf } from '../nginx/messages.ts'
import { isOwnListener } from '../nginx/own-listener.ts'
import type { TellingKind } from '../probes/telling-kinds.ts'
import { isLocal } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import {
  backendUnitOf,
  freshLines,
  isScriptError,
  lineEvidence,
  logUnseen,
  ownReason,
  scriptWords,
  statusesOf,
} from './answered-by.ts'
import { configuredFor } from './configured-error.ts'
import { countedAnswers } from './failing-words.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import type { TiedUnit } from './tied-units.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'nginx-config',
  'events' | 'backend-units' | 'error-log' | 'served-paths'
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
  settles: ['events', 'backend-units', 'error-log', 'served-paths'],
  atBackend: true,
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  if (trouble.address !== null && isOwnListener(trouble.address, seen['nginx-config'].model, seen.host.addresses))
    return []
  const tied = backendUnitOf(trouble, seen['backend-units'])
  if (trouble.kind === 'error-answer') {
    const told = trouble.groups.some(({ line }) => kindOf(line) === 'fastcgi-stderr' && isScriptError(line.message))
    return told ? [claimOf(trouble, tied, 'the script says so itself', seen)] : []
  }
  const passedOn = trouble.kind === 'failing-answer' && trouble.endpoints.length > 0
  const fromBackendPage = trouble.kind === 'gateway-error' && directProof(trouble) !== null
  if (!passedOn && !fromBackendPage) return []
  const proof = proofOf(trouble, tied, seen)
  if (proof === null && (configuredFor(trouble, seen) !== null || ownReason(trouble, seen.events) !== null)) return []
  return [claimOf(trouble, tied, proof, seen)]
}

/** The backend gave such an answer when it was asked without nginx. */
function directProof({ live }: Trouble): string | null {
  // nginx's own page is the word of an nginx in between, of this one perhaps.
  const direct = live.find((each) => each.way === 'direct' && (each.status ?? 0) >= 500 && !each.nginxPage)
  return direct ? `asked directly, ${direct.endpoint} answers ${direct.status ?? ''}` : null
}

function proofOf(trouble: Trouble, tied: TiedUnit | null, seen: Seen): string | null {
  const direct = directProof(trouble)
  if (direct !== null) return direct
  const same = (trouble.answers ?? []).find(({ fromUpstream }) => fromUpstream > 0)
  if (same) return `$upstream_status is ${same.status} as well`
  if (configuredFor(trouble, seen) !== null || ownReason(trouble, seen.events) !== null) return null
  const [line] = freshLines(tied, seen.host, ...errorKinds)
  if (line) return `its own log says: ${shortened(line.newest)}`
  return scriptWords(trouble, seen['error-log']) ? 'the script says so itself' : null
}

const errorKinds: readonly TellingKind[] = ['exception', 'uncaught', 'stack-trace', 'out-of-memory']

function claimOf(trouble: Trouble, tied: TiedUnit | null, proof: string | null, seen: Seen): Claim {
  const { address } = trouble
  const unit = tied?.unit.id
  const line = freshLines(tied, seen.host, ...errorKinds)[0]
  const words = scriptWords(trouble, seen['error-log'])
  const statuses = statusesOf(trouble)
  const told = line ? shortened(line.newest) : words ? scriptError(words.text) : null
  // That nothing else explains it is only known when all that nginx said was read.
  const unseen = proof === null ? logUnseen(seen['error-log']) : null
  const others = deeper.flatMap(({ kind, cause }) =>
    freshLines(tied, seen.host, kind)
      .slice(0, 1)
      .map((each) => ({ cause, each })),
  )
  return {
    summary: `${unit ?? `the application at ${address ?? trouble.sites[0] ?? ''}`} itself answers ${statuses.length > 0 ? statuses.join(' and ') : 'with an error'}${told === null ? '' : `: ${told}`}`,
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
      crashedAlike(trouble, tied, proof, seen),
      ...(others.some(({ cause }) => cause === 'backend-dependency-down') ? [] : [dependencyAlike(tied, told)]),
      proof === null
        ? notJudged(
            'configured-error',
            'that the backend gave these answers was not seen, only that nothing else explains them',
          )
        : ruledOut('configured-error', proof),
      ...others.map(({ cause, each }) => notJudged(cause, `its log also says: ${shortened(each.newest)}`)),
    ],
    ...((others.length > 0 || unseen !== null || isUnheard(trouble, tied, told, seen)) && {
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

/** A backend that dies leaves nginx without an answer, which is a 502; a whole answer of 500 or 503 comes from one that lives. */
function crashedAlike(trouble: Trouble, tied: TiedUnit | null, proof: string | null, seen: Seen): LookAlike {
  const died = freshLines(tied, seen.host, 'main-killed', 'worker-died', 'segfault')[0]
  if (died && proof === null) return notJudged('backend-crashed', `its log says: ${shortened(died.newest)}`)
  const statuses = statusesOf(trouble)
  if (statuses.length > 0 && statuses.every((status) => status !== 502 && status !== 504))
    return ruledOut(
      'backend-crashed',
      `the answers are ${statuses.join(' and ')}, not the 502 of a connection that broke off`,
    )
  if (directProof(trouble) !== null) return ruledOut('backend-crashed', 'it answers a direct request to the end')
  if (trouble.kind === 'error-answer')
    return ruledOut('backend-crashed', 'the script ends with an error, the backend goes on')
  return notJudged('backend-crashed', 'whether its processes died was not seen')
}

/** A backend on this machine whose log may not be read: an error of its own and a service that it misses look the same from outside. */
function isUnheard(trouble: Trouble, tied: TiedUnit | null, told: string | null, seen: Seen): boolean {
  if (told !== null || trouble.address === null || !isLocal(trouble.address, seen.host.addresses)) return false
  return tied === null || tied.unit.telling.unknown !== null
}

function dependencyAlike(tied: TiedUnit | null, told: string | null): LookAlike {
  if (told !== null) return ruledOut('backend-dependency-down', 'the error names no service that it cannot reach')
  return notJudged(
    'backend-dependency-down',
    tied
      ? (tied.unit.telling.unknown ?? 'its log says nothing of these errors')
      : 'the log of the application is not known',
  )
}

/** The error alone, without what loggers put around it. */
function shortened(text: string): string {
  return text.replace(/^\S+\[\d+\]: /, '').slice(0, 160)
}

/** `PHP Fatal error:  Uncaught RuntimeException: no price list in /srv/blog/index.php:3` */
function scriptError(text: string): string {
  const words =
    /PHP (?:message: PHP )?(?:Fatal|Parse|Core|Compile|Recoverable|Catchable)[^\n]*/.exec(text)?.[0] ??
    text.replace(/^.*sent in stderr: /, '')
  return words.replace(/" while .*$/s, '').slice(0, 200)
}
