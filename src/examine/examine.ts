import type { Outlook } from '../actions/outlook.ts'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { SiteAnswer } from '../diagnosis/site-answer.ts'
import type { HostDigest } from '../history/host-digest.ts'
import { redactRecorded } from '../host/redact-recorded.ts'
import type { Snapshot } from '../host/snapshot.ts'
import type { Facts } from '../probes/index.ts'
import { maskClients } from '../redact/mask-clients.ts'
import { redactDiagnosis } from '../redact/redact-diagnosis.ts'
import { redactText } from '../redact/redact-text.ts'
import { liveFailed } from '../symptoms/kind.ts'
import { clientsOf } from './clients-of.ts'
import { digestOf } from './digest.ts'
import { guardsOf } from './guards.ts'
import { outlooksOf } from './outlook.ts'
import { servedNames } from './served-names.ts'
import { type Ask, type Look, look, type LookParts, type LookRun } from './look.ts'

/** One finished look at one host, fit to leave the worker. */
export interface Examined {
  /** Redacted. */
  readonly diagnosis: Diagnosis
  /** "start-unit checkout-api.service" -> the state of the target as diagnosed (src/actions/guard.ts). */
  readonly guards: ReadonlyMap<string, string>
  /** What each of these actions would do beside its purpose (src/actions/outlook.ts). */
  readonly outlooks: ReadonlyMap<string, Outlook>
  /** Redacted. */
  readonly answers: readonly SiteAnswer[]
  /** What live requests through nginx said. */
  readonly live: 'answered' | 'failing' | 'not-checked'
  /** For comparing this look with another one; null when the host could not be reached. */
  readonly digest: HostDigest | null
  /** Site names of its configuration; null when that could not be read. */
  readonly sites: readonly string[] | null
  /** Redacted answers, for judging them again; null when the host could not be reached. */
  readonly kept: Snapshot | null
}

/** The engine as the queues see it: look, judge, redact. */
export function makeExamine(parts: LookParts): (ask: Ask, run: LookRun) => Promise<Examined> {
  return async (ask, run) => {
    const seen = await look(ask, run, parts)
    const examined = fitToLeave(seen)
    if (parts.maskClients !== true) return examined
    return { ...examined, diagnosis: maskClients(examined.diagnosis, seen.facts ? clientsOf(seen.facts) : []) }
  }
}

/** What of a look may leave the process: the border where everything is redacted. */
export function fitToLeave({ diagnosis, facts, backends, recorded }: Look): Examined {
  return {
    diagnosis: redactDiagnosis(diagnosis),
    guards: facts ? guardsOf(diagnosis, facts, backends) : new Map(),
    outlooks: facts ? outlooksOf(diagnosis, facts, backends) : new Map(),
    answers: facts ? answersThrough(facts) : [],
    live: facts ? liveOf(facts) : 'not-checked',
    digest: facts ? digestOf(facts, diagnosis.host, diagnosis.collectedAt) : null,
    sites: facts ? servedNames(facts) : null,
    kept: facts ? answersOf(diagnosis, recorded) : null,
  }
}

/** The sites of one diagnosis are ten at most (live-asks.ts). */
function answersThrough(facts: Facts): readonly SiteAnswer[] {
  const live = facts['live-requests']
  const through = live.known ? live.value.answers.filter(({ way }) => way === 'nginx') : []
  return through
    .slice(0, 10)
    .map(({ host, path, status }) => ({ site: redactText(`${host}${path}`).slice(0, 300), status }))
}

function answersOf({ host, collectedAt, timezone }: Diagnosis, recorded: Look['recorded']): Snapshot {
  return { host, collectedAt, timezone, recordedOn: 'a diagnosis', captures: recorded.map(redactRecorded) }
}

function liveOf(facts: Facts): Examined['live'] {
  const live = facts['live-requests']
  const through = live.known ? live.value.answers.filter((answer) => answer.way === 'nginx') : []
  if (through.length === 0) return 'not-checked'
  return through.some(liveFailed) ? 'failing' : 'answered'
}
