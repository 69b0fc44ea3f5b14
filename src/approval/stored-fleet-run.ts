import { z } from 'zod'
import { actionIds } from '../diagnosis/action-id.ts'
import { type FleetRun, mostMembers } from './fleet-run.ts'

/** What comes out of Redis is checked here, once; its signature was checked before. */
const runId = z.string().regex(/^[0-9a-f]{32}$/)
const id = z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/)
const at = z.iso.datetime()
const text = z.string().max(4000)
const stop = z.strictObject({ host: z.string().nullable(), because: text }).nullable()

const memberState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('starting'), at }),
  z.strictObject({ kind: z.literal('running'), at }),
  z.strictObject({
    kind: z.literal('ended'),
    outcome: z.enum(['resolved', 'still-failing', 'not-checked', 'refused', 'failed', 'refused-by-nginx']),
    detail: text,
    at,
  }),
  z.strictObject({ kind: z.literal('left'), because: text, at }),
])

const runState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('offered') }),
  z.strictObject({ kind: z.literal('asked'), by: z.string(), at, until: at, contacted: z.int().min(0) }),
  z.strictObject({ kind: z.literal('going'), at, until: at, progressAt: at, stop }),
  z.strictObject({ kind: z.literal('ended'), at, stop }),
  z.strictObject({ kind: z.literal('expired'), at }),
])

const shape = z.strictObject({
  id: runId,
  threadId: id,
  diagnosisId: id,
  action: z.enum(actionIds),
  target: z.string(),
  argv: z.array(z.string()).min(1),
  members: z
    .array(
      z.strictObject({ proposal: id, hash: z.string().regex(/^[0-9a-f]{64}$/), host: z.string(), state: memberState }),
    )
    .min(1)
    .max(mostMembers),
  atOnce: z.int().min(1).max(10),
  createdAt: at,
  expiresAt: at,
  presses: z.array(z.strictObject({ by: z.string(), at, channel: z.string().nullable() })).max(10),
  state: runState,
  revision: z.int().min(0),
})

export function readStoredRun(text_: string): FleetRun {
  return shape.parse(JSON.parse(text_))
}
