import { z } from 'zod'
import { actionIds } from '../diagnosis/action-id.ts'
import { type CauseId, causes } from '../diagnosis/cause.ts'
import { readSigned, type Signer, type Verifier } from '../signing/signed.ts'
import type { HistoryEntry } from './entry.ts'

const id = z.string().regex(/^[A-Za-z0-9_.:-]{1,200}$/)
const host = z.string().min(1).max(255)
const at = z.iso.datetime()
const text = z.string().max(2000)
const causeId = z.custom<CauseId>((value) => typeof value === 'string' && Object.hasOwn(causes, value), 'unknown cause')
const outcome = z.enum(['resolved', 'still-failing', 'not-checked', 'refused', 'failed', 'refused-by-nginx'])

const subject = z.object({
  host: text.exactOptional(),
  upstream: text.exactOptional(),
  unit: text.exactOptional(),
  file: text.exactOptional(),
  line: z.number().exactOptional(),
  path: text.exactOptional(),
})

const finding = z.object({
  cause: causeId,
  kind: z.enum(['cause', 'symptom', 'latent', 'notice']),
  confidence: z.enum(['confirmed', 'likely', 'possible']),
  failingNow: z.boolean(),
  subject,
  summary: text,
  since: at.nullable(),
  takesOut: z.object({ file: text, lines: z.array(text).max(20) }).exactOptional(),
})

const entry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('diagnosis'),
    id,
    host,
    at,
    verdict: z.enum(['diagnosed', 'healthy', 'undetermined', 'unreachable']),
    headline: text,
    site: text.exactOptional(),
    findings: z.array(finding).max(3),
    by: z.enum(['user', 'alert', 'schedule']),
    who: text,
    threadId: id.exactOptional(),
  }),
  z.object({
    kind: z.literal('action'),
    id,
    host,
    diagnosed: host,
    diagnosis: id,
    action: z.enum(actionIds),
    target: text,
    cause: causeId,
    by: z.array(text).max(20),
    at,
    outcome,
    detail: text,
  }),
  z.object({ kind: z.literal('watched'), id, host, diagnosed: host, proposal: id, at, outcome, detail: text }),
  z.object({
    kind: z.literal('feedback'),
    id,
    host,
    diagnosis: id,
    at,
    by: text,
    said: z.enum(['right', 'wrong', 'something-else']),
    cause: causeId.exactOptional(),
    nothingWrong: z.literal(true).exactOptional(),
    note: z.string().max(500).exactOptional(),
  }),
])

/** As it is kept: signed, because an advice rests on it. */
export function signEntry(signer: Signer, kept: HistoryEntry): string {
  return JSON.stringify(signer.sign('history', JSON.stringify(kept)))
}

export interface Sides {
  readonly bot: Verifier
  readonly worker: Verifier
}

/** Null for what does not hold: not signed by the side whose word it is, of another shape, or kept at another host or under another id. */
export function openEntry(stored: string, under: { readonly host: string; readonly id: string }, sides: Sides) {
  try {
    const signed = readSigned(stored)
    const read: HistoryEntry = entry.parse(JSON.parse(signed.text))
    const side = read.kind === 'feedback' ? sides.bot : sides.worker
    if (!side.open('history', signed).ok || read.id !== under.id) return null
    return hostsOf(read).includes(under.host) ? read : null
  } catch {
    // Not even a shape of ours: it is counted among what does not hold.
    return null
  }
}

/** The hosts at which an entry is kept: a fault of another machine belongs to both. */
export function hostsOf(kept: HistoryEntry): readonly string[] {
  if (kept.kind === 'action' || kept.kind === 'watched') return [...new Set([kept.diagnosed, kept.host])]
  return [kept.host]
}
