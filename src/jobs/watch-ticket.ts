import { z } from 'zod'
import type { Signed, Signer, Verifier } from '../signing/signed.ts'

/** A cured host is looked at once more after a while. The worker signs what it means to look at, because the job waits in Redis. */
export interface WatchTicket {
  readonly proposal: string
  /** When the action had ended, ISO. */
  readonly endedAt: string
  readonly seconds: number
}

const shape = z.strictObject({
  proposal: z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/),
  endedAt: z.iso.datetime(),
  seconds: z.number().min(1).max(3600),
})

export function signTicket(signer: Signer, { proposal, endedAt, seconds }: WatchTicket): Signed {
  return signer.sign('watch', JSON.stringify({ proposal, endedAt, seconds }))
}

/** Null: no worker wrote it. */
export function readTicket(signed: Signed, worker: Verifier): WatchTicket | null {
  const opened = worker.open('watch', signed)
  return opened.ok ? shape.parse(JSON.parse(opened.text)) : null
}
