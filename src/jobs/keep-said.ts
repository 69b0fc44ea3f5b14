import type { Proposal } from '../approval/proposal.ts'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import { type CaptureLimits, createKeptCaptures } from '../history/kept-captures.ts'
import type { Past } from '../history/past.ts'
import { createSaidKeeper } from '../history/said.ts'
import type { Snapshot } from '../host/snapshot.ts'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import type { Signer } from '../signing/signed.ts'
import type { DiagnosisBoard } from './diagnosis-board.ts'
import type { DiagnosisRequest } from './request.ts'

export interface Told {
  readonly diagnosis: Diagnosis
  readonly proposal: Proposal | null
  readonly past?: Past | null
  /** Redacted answers; null where the host gave none. */
  readonly kept: Snapshot | null
}

/** Keeps what is about to be told, and the answers behind it: people judge it later, and write the record of the incident from it. */
export type KeepSaid = (request: DiagnosisRequest, told: Told) => Promise<void>

export interface KeepSaidParts {
  readonly client: RedisClient
  readonly signer: Signer
  readonly board: Pick<DiagnosisBoard, 'takingOf'>
  readonly limits: CaptureLimits
  readonly log: Pick<Logger, 'warn'>
  readonly now: () => Date
}

export function createKeepSaid({ client, signer, board, limits, log, now }: KeepSaidParts): KeepSaid {
  const said = createSaidKeeper(client, signer)
  const captures = createKeptCaptures(client, limits, now)
  return async (request, { diagnosis, proposal, past, kept }) => {
    const { id, host, requester } = request
    try {
      const saidAt = now().toISOString()
      const askedAt = (await board.takingOf(id))?.openedAt ?? saidAt
      const words = {
        id,
        host,
        askedAt,
        saidAt,
        askedBy: requester,
        proposal: proposal?.id ?? null,
        diagnosis,
        ...(past && { past }),
      }
      await said.keep(words)
      const held = kept === null ? true : await captures.keep(id, kept)
      if (!held) log.warn({ host, diagnosis: id }, 'the answers behind a diagnosis are too large to be kept')
    } catch (error) {
      // The answer is worth more than what is said of it later.
      log.warn({ host, diagnosis: id, err: error }, 'a diagnosis could not be kept for those who judge it')
    }
  }
}
