import { z } from 'zod'
import type { Keys } from '../../signing/key-files.ts'
import { readSigned } from '../../signing/signed.ts'
import type { CaseRecord, HeldCase } from './alert-case.ts'

const recordShape = z.strictObject({
  host: z.string().min(1).max(255),
  diagnosisId: z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/),
  source: z.string().max(200),
  title: z.string().max(400),
  site: z.strictObject({ serverName: z.string().max(300), path: z.string().max(1100) }).optional(),
})

/** From the answer of claimScript. */
export function heldFrom(id: string, reply: readonly string[], keys: Pick<Keys, 'bot'>): HeldCase {
  const [kind, channel = '', origin = '', title = '', source = '', first = '', ...rest] = reply
  const hosts: { host: string; record: CaseRecord | null }[] = []
  for (let at = 0; at + 1 < rest.length; at += 2) {
    const [host = '', text = ''] = rest.slice(at, at + 2)
    hosts.push({ host, record: openRecord(host, text, keys) })
  }
  const more = { title, source, first, hosts }
  return { id, kind: kind === 'fleet' ? 'fleet' : 'host', channel, origin: origin || null, ...more }
}

/** Null: no bot of ours has said so about this host. */
function openRecord(host: string, text: string, { bot }: Pick<Keys, 'bot'>): CaseRecord | null {
  try {
    const opened = bot.open('alert', readSigned(text))
    if (!opened.ok) return null
    const { site, ...rest } = recordShape.parse(JSON.parse(opened.text))
    return rest.host === host ? { ...rest, ...(site ? { site } : {}) } : null
  } catch {
    return null
  }
}
