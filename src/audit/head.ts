import { z } from 'zod'
import { readSigned, type Signer, type Verifier } from '../signing/signed.ts'
import { type ChainHead, genesis } from './chain.ts'

/** Where a chain ended when it was noted. Kept outside the file, so that lines taken off its end are missed. */
export interface AuditHead extends ChainHead {
  readonly writer: string
  /** The newest line that is more than a note about other chains: two sides must not write lines about each other's notes for ever. */
  readonly worth: number
}

const shape = z.strictObject({
  writer: z.string().min(1).max(300),
  seq: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  worth: z.int().min(0),
})

export type ReadHead =
  | { readonly ok: true; readonly head: AuditHead }
  | { readonly ok: false; readonly because: string }

export function signHead(signer: Signer, { writer, seq, hash, worth }: AuditHead): string {
  return JSON.stringify(signer.sign('audit-head', JSON.stringify({ writer, seq, hash, worth })))
}

/** `verifiers`: whose signature counts; without any the text is read as it stands, for a person who has no keys at hand. */
export function readHead(text: string, verifiers: readonly Verifier[] | null): ReadHead {
  try {
    const signed = readSigned(text)
    const opened = verifiers?.map((verifier) => verifier.open('audit-head', signed)) ?? []
    if (verifiers !== null && !opened.some(({ ok }) => ok)) {
      const because = opened.find((one) => !one.ok)?.because ?? 'nobody may sign it'
      return { ok: false, because }
    }
    return { ok: true, head: shape.parse(JSON.parse(signed.text)) }
  } catch {
    return { ok: false, because: 'it cannot be read' }
  }
}

/** Why a chain is not the one that this head was noted of; null when it is, or has grown since. */
export function missing(text: string, { seq, hash }: ChainHead): string | null {
  if (seq === 0) return hash === genesis ? null : 'the noted head is not one of an empty chain'
  const line = text.split('\n', seq)[seq - 1] ?? ''
  const lines = text === '' ? 0 : text.split('\n').length - 1
  if (lines < seq) return `it has ${lines} lines and had ${seq}: lines were taken off its end`
  return line.endsWith(`,"hash":"${hash}"}`)
    ? null
    : `line ${seq} is not the one that was noted: the chain was written anew`
}
