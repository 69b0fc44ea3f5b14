import type { Proposal } from '../approval/proposal.ts'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { DiagnosisKept } from '../history/entry.ts'
import type { LastHealthy } from '../history/last-healthy.ts'
import type { Past } from '../history/past.ts'
import { recall, recallDays } from '../history/recurrence.ts'
import { thingOf } from '../history/same-trouble.ts'
import type { History, HistoryRead } from '../history/store.ts'
import { undoneChange } from '../history/undone-change.ts'
import type { Logger } from '../log.ts'

export interface RecallParts {
  readonly history: Pick<History, 'of'>
  readonly lastHealthy: Pick<LastHealthy, 'of'>
  readonly log: Pick<Logger, 'warn'>
}

/** What is remembered of the trouble that was found. An addition: a diagnosis without it is still one. */
export async function recallPast(
  kept: DiagnosisKept,
  { findings: [first] }: Diagnosis,
  { history, lastHealthy, log }: RecallParts,
): Promise<Past | null> {
  const [answer] = kept.findings
  if (kept.verdict !== 'diagnosed' || answer === undefined || !answer.failingNow) return null
  try {
    const to = new Date(kept.at)
    const span = { from: new Date(to.getTime() - recallDays * 24 * 3600_000), to }
    const hosts = [...new Set([kept.host, answer.subject.host ?? kept.host])]
    const reads = await Promise.all(hosts.map((host) => history.of(host, span)))
    tellLeft(kept.host, reads, log)
    const remembered = reads.flatMap(({ entries }) => entries)
    const healthy = answer.takesOut === undefined ? null : await lastHealthy.of(kept.host)
    const undone = undoneChange(kept, remembered, healthy, first?.fix.writtenBy ?? null)
    const past = recall(kept, remembered)
    if (past !== null) return { ...past, undone }
    if (undone === null) return null
    const once = { count: 1, days: recallDays, earlier: [], lastFix: null, notHeld: null }
    return { cause: answer.cause, thing: thingOf(answer), ...once, undone }
  } catch (error) {
    log.warn({ host: kept.host, err: error }, 'what is remembered of the host could not be used')
    return null
  }
}

function tellLeft(host: string, reads: readonly HistoryRead[], log: RecallParts['log']): void {
  const left = reads.reduce((sum, read) => sum + read.left, 0)
  if (left > 0)
    log.warn({ host, left }, 'entries of the history are not what this installation wrote, and are left out')
}

/** The offer says when what it offers did not hold before. */
export function advised(proposal: Proposal | null, past: Past | null): Proposal | null {
  const notHeld = past?.notHeld
  if (!proposal || !notHeld) return proposal
  const { action, target, host, lastedMs, days } = notHeld
  const same = proposal.action === action && proposal.target === target && proposal.host === host
  return same ? { ...proposal, notHeld: { lastedMs, days } } : proposal
}
