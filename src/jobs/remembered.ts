import type { Proposal } from '../approval/proposal.ts'
import type { Diagnosis, Finding } from '../diagnosis/diagnosis.ts'
import type { ActionKept, DiagnosisKept, FindingKept, WatchedKept } from '../history/entry.ts'
import { takenOut } from '../history/undone-change.ts'
import { redactText } from '../redact/redact-text.ts'
import type { ActionOutcome } from './post.ts'
import type { DiagnosisRequest } from './request.ts'

const longest = 400
const most = 3

/** What is remembered of a diagnosis, of an action and of the look after it. Pure; what goes in is redacted already, but for what an alert says. */
export function diagnosisKept(request: DiagnosisRequest, diagnosis: Diagnosis, now: Date): DiagnosisKept {
  const { id, host, requester, threadId } = request
  return {
    kind: 'diagnosis',
    id,
    host,
    at: now.toISOString(),
    verdict: diagnosis.verdict,
    headline: cut(diagnosis.headline),
    ...(diagnosis.site === undefined ? {} : { site: cut(diagnosis.site) }),
    findings: diagnosis.findings.slice(0, most).map((finding) => findingKept(finding, diagnosis, now)),
    by: requester.kind,
    who: requester.kind === 'user' ? cut(requester.userId) : cut(redactText(requester.title.slice(0, longest))),
    threadId,
  }
}

function findingKept(finding: Finding, { collectedAt }: Diagnosis, now: Date): FindingKept {
  const { cause, kind, confidence, failingNow, subject, summary, since } = finding
  const { host, upstream, unit, file, line, path } = subject
  const takesOut = takenOut(finding.fix.diff, file)
  return {
    cause,
    kind,
    confidence,
    failingNow,
    subject: {
      ...(host === undefined ? {} : { host: cut(host) }),
      ...(upstream === undefined ? {} : { upstream: cut(upstream) }),
      ...(unit === undefined ? {} : { unit: cut(unit) }),
      ...(file === undefined ? {} : { file: cut(file) }),
      ...(line === undefined ? {} : { line }),
      ...(path === undefined ? {} : { path: cut(path) }),
    },
    summary: cut(summary),
    since: since === null ? null : byOwnClock(since, collectedAt, now),
    ...(takesOut && { takesOut }),
  }
}

/** The host's clock may be wrong; how long ago something was by it is not. */
function byOwnClock(since: string, collectedAt: string, now: Date): string | null {
  const ago = Date.parse(collectedAt) - Date.parse(since)
  return Number.isNaN(ago) ? null : new Date(now.getTime() - Math.max(0, ago)).toISOString()
}

export function actionKept(proposal: Proposal, outcome: ActionOutcome, at: string): ActionKept {
  const { id, host, diagnosed, diagnosisId, action, target, cause, state } = proposal
  const by = 'by' in state && typeof state.by !== 'string' ? state.by : []
  const { kind, detail } = outcome
  return {
    kind: 'action',
    id,
    host,
    diagnosed,
    diagnosis: diagnosisId,
    action,
    target,
    cause,
    by,
    at,
    outcome: kind,
    detail: cut(detail),
  }
}

export function watchedKept({ id, host, diagnosed }: Proposal, outcome: ActionOutcome, now: Date): WatchedKept {
  const { kind, detail } = outcome
  const at = now.toISOString()
  return { kind: 'watched', id: `watched:${id}`, host, diagnosed, proposal: id, at, outcome: kind, detail: cut(detail) }
}

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`
}
