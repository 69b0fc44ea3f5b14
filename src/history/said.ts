import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import { z } from 'zod'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Past } from './past.ts'
import type { RedisClient } from '../redis.ts'
import { readSigned, type Signer, type Verifier } from '../signing/signed.ts'

/** A diagnosis as it was told, redacted: what people judge, and what a record of the incident is written from. */
export interface Said {
  /** Id of the diagnosis. */
  readonly id: string
  readonly host: string
  /** When it was asked for and when it was told, ISO. */
  readonly askedAt: string
  readonly saidAt: string
  readonly askedBy: AskedBy
  /** Id of the proposal that came with it. */
  readonly proposal: string | null
  readonly diagnosis: Diagnosis
  /** What was remembered of this trouble then. */
  readonly past?: Past
}

export type AskedBy =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'alert'; readonly source: string; readonly title: string }

/** As long as its thread is known; signed by the worker, because what people judge must be what was said. */
export interface SaidStore {
  readonly find: (id: string) => Promise<Said | null>
}

export interface SaidKeeper {
  readonly keep: (said: Said) => Promise<void>
}

const keptSeconds = 14 * 24 * 3600
/** Of the JSON text; a longer one is kept with the beginnings of its evidence. */
const mostCharacters = 400_000
const mostBytes = 8_000_000

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)

export function createSaidKeeper(client: RedisClient, signer: Signer): SaidKeeper {
  return {
    keep: async (said) => {
      const whole = JSON.stringify(said)
      const text = whole.length <= mostCharacters ? whole : JSON.stringify(withLessEvidence(said))
      const packed = await deflate(JSON.stringify(signer.sign('said', text)))
      await client.set(keyOf(said.id), packed, 'EX', keptSeconds)
    },
  }
}

export function createSaidStore(client: RedisClient, worker: Verifier): SaidStore {
  return {
    find: async (id) => {
      const packed = await client.getBuffer(keyOf(id))
      return packed === null ? null : open(packed, id, worker)
    },
  }
}

function keyOf(id: string): string {
  return `gatemedic:said:${id}`
}

/** Null: no worker of ours has said this. */
async function open(packed: Buffer, id: string, worker: Verifier): Promise<Said | null> {
  try {
    const text = (await inflate(packed, { maxOutputLength: mostBytes })).toString('utf8')
    const opened = worker.open('said', readSigned(text))
    if (!opened.ok) return null
    const said: unknown = JSON.parse(opened.text)
    return isSaid(said) && said.id === id ? said : null
  } catch {
    return null // what is not packed by us is nobody's word
  }
}

const shape = z.looseObject({
  id: z.string(),
  host: z.string(),
  askedAt: z.string(),
  saidAt: z.string(),
  askedBy: z.looseObject({ kind: z.enum(['user', 'alert']) }),
  diagnosis: z.looseObject({ schema: z.literal(1), findings: z.array(z.looseObject({})) }),
})

/** The signature holds, so that it was written by our own worker from the same types. */
function isSaid(value: unknown): value is Said {
  return shape.safeParse(value).success
}

function withLessEvidence(said: Said): Said {
  const findings = said.diagnosis.findings.slice(0, 10).map((finding) => ({
    ...finding,
    evidence: finding.evidence.slice(0, 6).map((each) => ({ ...each, text: each.text.slice(0, 500) })),
    fix: { ...finding.fix, diff: finding.fix.diff?.slice(0, 5000) ?? null },
  }))
  return { ...said, diagnosis: { ...said.diagnosis, findings } }
}
