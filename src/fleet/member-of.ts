import type { Proposal } from '../approval/proposal.ts'
import type { Diagnosis, Evidence, Finding } from '../diagnosis/diagnosis.ts'
import type { FleetMember, MemberFinding, MemberProposal } from './member.ts'

/** Of each host so much is kept; two hundred of them are read at once. Characters and pieces. */
const caps = { line: 400, step: 300, pieces: 3, piece: 700, steps: 5, diff: 1500, next: 3, sites: 5 } as const

export function memberOf(diagnosis: Diagnosis, proposal: Proposal | null): FleetMember {
  const { host, verdict, headline, findings, unreachable, reason } = diagnosis
  const first = verdict === 'healthy' || verdict === 'unreachable' ? undefined : findings[0]
  return {
    host,
    verdict,
    headline: cut(unreachable?.message ?? headline, caps.line),
    finding: first === undefined ? null : findingOf(first),
    next: nextOf(diagnosis).map((line) => cut(line, caps.line)),
    reason,
    proposal: proposal === null ? null : proposalOf(proposal),
  }
}

export function failedMember(host: string, message: string, next: string): FleetMember {
  return {
    host,
    verdict: 'failed',
    headline: cut(message, caps.line),
    finding: null,
    next: [cut(next, caps.line)],
    reason: null,
    proposal: null,
  }
}

function nextOf({ verdict, unreachable, unseen, unjudged, ask }: Diagnosis): readonly string[] {
  if (verdict === 'unreachable') return unreachable === undefined ? [] : [unreachable.next]
  if (verdict !== 'undetermined') return []
  const missing = [...new Set([...unseen, ...unjudged.map(({ because }) => because)])].slice(0, caps.next)
  return ask === undefined ? missing : [...missing.slice(0, caps.next - 1), `the answer of ${ask.command}`]
}

function findingOf(finding: Finding): MemberFinding {
  const { cause, kind, confidence, summary, failingNow, subject, impact, evidence, fix } = finding
  return {
    cause,
    kind,
    confidence,
    summary: cut(summary, caps.line),
    failingNow,
    subject,
    sites: (impact?.sites ?? []).slice(0, caps.sites),
    evidence: evidence.slice(0, caps.pieces).map(pieceOf),
    steps: fix.steps.slice(0, caps.steps).map((step) => cut(step, caps.step)),
    diff: fix.diff === null || fix.diff.length > caps.diff ? null : fix.diff,
    remedy: fix.action,
  }
}

function pieceOf(piece: Evidence): Evidence {
  return { ...piece, command: cut(piece.command, caps.step), text: cut(piece.text, caps.piece) }
}

function proposalOf({ id, host, action, target, expiresAt }: Proposal): MemberProposal {
  return { id, host, action, target, expiresAt }
}

function cut(text: string, cap: number): string {
  return text.length <= cap ? text : `${text.slice(0, cap - 1)}…`
}
