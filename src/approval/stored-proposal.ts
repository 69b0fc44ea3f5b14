import { z } from 'zod'
import { actionIds } from '../diagnosis/action-id.ts'
import { type CauseId, causes } from '../diagnosis/cause.ts'
import { signedShape } from '../signing/signed.ts'
import type { Proposal, ProposalState } from './proposal.ts'

/** What comes out of Redis is checked here, once. */
const id = z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/)
const isoTime = z.iso.datetime()
export const press = z.strictObject({
  by: z.string(),
  at: isoTime,
  groups: z.array(z.string()),
  channel: z.string().nullable(),
  how: z.enum(['click', 'break-glass']),
  reason: z.string().max(1000).nullable(),
  secondFactor: z.boolean(),
})
const causeId = z.custom<CauseId>((value) => typeof value === 'string' && Object.hasOwn(causes, value), 'unknown cause')
const loadedFile = z.strictObject({
  path: z.string(),
  kind: z.enum(['file', 'link', 'directory']),
  changedAt: isoTime,
  owner: z.string().nullable(),
  author: z.string().nullable(),
})
const proposal = z.strictObject({
  id,
  host: z.string(),
  diagnosed: z.string(),
  action: z.enum(actionIds),
  target: z.string(),
  cause: causeId,
  summary: z.string(),
  since: z
    .strictObject({ told: z.string().min(1), at: isoTime })
    .nullable()
    .default(null),
  argv: z.array(z.string()).min(1),
  effect: z.string(),
  // One of a version before says nothing of it.
  alsoLoads: z.array(loadedFile).nullable().default(null),
  notHeld: z.strictObject({ lastedMs: z.array(z.number().min(0)).max(5), days: z.number() }).exactOptional(),
  answers: z
    .array(z.strictObject({ site: z.string(), status: z.int().nullable() }))
    .max(20)
    .default([]),
  guard: z.string().min(1),
  requester: z.string().nullable(),
  threadId: id,
  diagnosisId: id,
  createdAt: isoTime,
  expiresAt: isoTime,
})

export type StoredProposal = Omit<Proposal, 'state'>

export function readStoredProposal(text: string): StoredProposal {
  return proposal.parse(JSON.parse(text))
}

const who = { by: z.array(z.string()), at: isoTime }
const ended = { ...who, detail: z.string() }
const state = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('proposed') }),
  z.strictObject({
    kind: z.literal('asked'),
    by: z.string(),
    at: isoTime,
    presses: z.array(press),
    until: isoTime,
    contacted: z.int().min(0),
    seal: signedShape,
  }),
  z.strictObject({ kind: z.literal('claimed'), ...who, approval: signedShape }),
  z.strictObject({ kind: z.literal('running'), ...who, approval: signedShape }),
  z.strictObject({ kind: z.literal('succeeded'), ...ended }),
  z.strictObject({ kind: z.literal('failed'), ...ended }),
  z.strictObject({ kind: z.literal('refused'), ...ended }),
  z.strictObject({ kind: z.literal('expired'), at: isoTime }),
  z.strictObject({ kind: z.literal('superseded'), at: isoTime }),
])

export function readProposalState(text: string): ProposalState {
  return state.parse(JSON.parse(text))
}
