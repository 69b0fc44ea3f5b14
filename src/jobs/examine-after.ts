import { setTimeout as pause } from 'node:timers/promises'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { ActParts } from './act-parts.ts'
import type { Examination } from './examination.ts'
import { verifyAction } from './verify-action.ts'

/** A started application may need some seconds before it serves: "still failing" is only said after the last of these looks. */
const looks = 3

/** Examines the host after an action, up to three times while it does not look resolved. An engine that fails is a host that could not be judged. */
export async function examineAfter(
  approved: Omit<Proposal, 'state'>,
  again: boolean,
  { againAfterMs, board, examine, log, now }: ActParts,
): Promise<Examination> {
  const request = await board.requestOf(approved.diagnosisId)
  const ask = { host: approved.diagnosed, ...(request?.site ? { site: request.site } : {}) }
  for (let look = 1; ; look++) {
    const examination = await examine(ask, {
      signal: AbortSignal.timeout(30_000),
      now,
      onProgress: () => undefined,
    }).catch((error: unknown) => {
      log.error({ host: approved.diagnosed, err: error }, 'host could not be examined after an action')
      return null
    })
    if (!examination) return notExamined(approved.diagnosed, now())
    const outcome = verifyAction(approved, examination)
    if (!again || look === looks || outcome.kind === 'resolved') return examination
    await pause(againAfterMs)
  }
}

function notExamined(host: string, now: Date): Examination {
  const at = now.toISOString()
  const diagnosis: Diagnosis = {
    schema: 1,
    host,
    verdict: 'undetermined',
    headline: `${host} could not be examined because of a fault in Gatemedic; its log says why`,
    findings: [],
    unjudged: [],
    unseen: [],
    checked: [],
    collectedAt: at,
    timezone: '+00:00',
    window: { from: at, to: at },
    reason: null,
    collection: { ms: 0, rounds: 0, roundTrips: 0, probes: [] },
  }
  return { diagnosis, guards: new Map(), live: 'not-checked' }
}
