import type { Outlook } from '../actions/outlook.ts'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { SiteAnswer } from '../diagnosis/site-answer.ts'
import type { HostDigest } from '../history/host-digest.ts'
import type { Snapshot } from '../host/snapshot.ts'
import type { Facts } from '../probes/index.ts'
import { redactText } from '../redact/redact-text.ts'
import { liveFailed } from '../symptoms/kind.ts'
import { clientsOf } from './clients-of.ts'
import { digestOf } from './digest.ts'
import { guardsOf } from './guards.ts'
import { leaveAnswers, leaveDiagnosis } from './leave.ts'
import { masterName } from './masters-together.ts'
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
export function makeExamine({
  maskClients,
  ...parts
}: LookParts & MaskOptions): (ask: Ask, run: LookRun) => Promise<Examined> {
  return async (ask, run) => fitToLeave(await look(ask, run, parts), { maskClients })
}

interface MaskOptions {
  /** Addresses of clients leave the worker as client-1, client-2. */
  readonly maskClients: boolean
}

/** What of a look may leave the process: the border where everything is redacted, and masked where that is asked for. */
export function fitToLeave(seen: Look, { maskClients }: MaskOptions = { maskClients: false }): Examined {
  const { diagnosis, facts, masters, backends, recorded } = seen
  const leaving = { clients: clientsOf(seen), maskClients }
  const others = masters.map((each) => ({ facts: each.facts, diagnosis: findingsOf(diagnosis, each.facts) }))
  return {
    diagnosis: leaveDiagnosis(diagnosis, leaving),
    guards: new Map([
      ...others.flatMap((each) => [...guardsOf(each.diagnosis, each.facts)]),
      ...(facts ? guardsOf(diagnosis, facts, backends) : []),
    ]),
    outlooks: new Map([
      ...others.flatMap((each) => [...outlooksOf(each.diagnosis, each.facts)]),
      ...(facts ? outlooksOf(diagnosis, facts, backends) : []),
    ]),
    answers: [facts, ...others.map((each) => each.facts)].flatMap((each) => (each ? answersThrough(each) : [])),
    live: facts ? liveOf(facts) : 'not-checked',
    digest: facts ? digestOf(facts, diagnosis.host, diagnosis.collectedAt) : null,
    sites: facts ? sitesOf([facts, ...others.map((each) => each.facts)]) : null,
    kept: facts ? leaveAnswers(answersOf(diagnosis, recorded), leaving) : null,
  }
}

/** Those of one nginx of several. */
function findingsOf(diagnosis: Diagnosis, facts: Facts): Diagnosis {
  const name = masterName(facts)
  return { ...diagnosis, findings: diagnosis.findings.filter(({ subject }) => subject.master === name) }
}

/** null where the configuration of one could not be read: nobody knows whether that is all. */
function sitesOf(masters: readonly Facts[]): readonly string[] | null {
  const names = masters.map(servedNames)
  const known = names.flatMap((each) => each ?? [])
  return names.some((each) => each === null) ? null : [...new Set(known)]
}

/** The sites of one nginx are ten at most (live-asks.ts). */
function answersThrough(facts: Facts): readonly SiteAnswer[] {
  const live = facts['live-requests']
  const through = live.known ? live.value.answers.filter(({ way }) => way === 'nginx') : []
  return through
    .slice(0, 10)
    .map(({ host, path, status }) => ({ site: redactText(`${host}${path}`).slice(0, 300), status }))
}

function answersOf({ host, collectedAt, timezone }: Diagnosis, recorded: Look['recorded']): Snapshot {
  return { host, collectedAt, timezone, recordedOn: 'a diagnosis', captures: recorded }
}

function liveOf(facts: Facts): Examined['live'] {
  const live = facts['live-requests']
  const through = live.known ? live.value.answers.filter((answer) => answer.way === 'nginx') : []
  if (through.length === 0) return 'not-checked'
  return through.some(liveFailed) ? 'failing' : 'answered'
}
