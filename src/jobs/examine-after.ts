import { setTimeout as pause } from 'node:timers/promises'
import type { ActParts, Approved } from './act-parts.ts'
import type { Examination } from './examination.ts'
import { verifyAction } from './verify-action.ts'

/** A started application may need some seconds before it serves: "still failing" is only said after the last of these looks. */
const looks = 3

/** Examines the host after an action, up to three times while it does not look resolved. */
export async function examineAfter(
  approved: Approved,
  again: boolean,
  { againAfterMs, board, examine, now }: ActParts,
): Promise<Examination> {
  const request = await board.requestOf(approved.diagnosisId)
  const ask = { host: approved.host, ...(request?.site ? { site: request.site } : {}) }
  for (let look = 1; ; look++) {
    const signal = AbortSignal.timeout(30_000)
    const examination = await examine(ask, { signal, now, onProgress: () => undefined })
    const outcome = verifyAction(approved, examination)
    if (!again || look === looks || outcome.kind === 'resolved') return examination
    await pause(againAfterMs)
  }
}
