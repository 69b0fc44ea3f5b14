import { open } from 'node:fs/promises'
import { z } from 'zod'
import type { PastAction } from '../approval/limits.ts'
import { actionIds } from '../diagnosis/action-id.ts'
import type { RedisClient } from '../redis.ts'
import { auditStream } from './redis-copy.ts'

const subject = { proposal: z.string(), host: z.string(), target: z.string(), action: z.enum(actionIds) }
const line = z.discriminatedUnion('step', [
  z.object({ ...subject, step: z.literal('started'), at: z.iso.datetime() }),
  z.object({ ...subject, step: z.literal('ran'), result: z.string() }),
  z.object({ ...subject, step: z.enum(['ended', 'settled']), outcome: z.string() }),
])

/** What the host itself answers when it has run nothing (act-answer.ts). */
const nothingRan = /^(?:changed|refused\b)/

/** The actions that lines of the audit tell of, each once, whatever other lines there are. Pure. */
export function pastActionsIn(lines: readonly string[]): readonly PastAction[] {
  const actions = new Map<string, PastAction>()
  const not = new Set<string>()
  for (const text of lines) {
    const read = line.safeParse(parsed(text))
    if (!read.success) continue
    const { proposal, host, target, action } = read.data
    const known = actions.get(proposal)
    if (read.data.step === 'started') {
      const { at } = read.data
      actions.set(proposal, { proposal, host, target, action, at, outcome: known?.outcome ?? null })
    } else if (read.data.step === 'ran') {
      if (nothingRan.test(read.data.result)) not.add(proposal)
    } else if (known) actions.set(proposal, { ...known, outcome: read.data.outcome })
  }
  return [...actions.values()].filter(({ proposal }) => !not.has(proposal))
}

/** Bytes of the file's end: an hour of actions is far less. */
const tailBytes = 1_048_576

/**
 * The actions of the last hours by this worker's own file and, for those of other workers, by the copy in Redis. The file is the record; the
 * copy can only add to it, so that whoever deletes or writes there can hinder an action and not allow one. Rejects when one cannot be read.
 */
export async function readPastActions(file: string, client: RedisClient, since: Date): Promise<readonly PastAction[]> {
  const [own, copied] = await Promise.all([tailOf(file), copiedSince(client, since)])
  const byFile = pastActionsIn(own)
  const known = new Set(byFile.map(({ proposal }) => proposal))
  return [...byFile, ...pastActionsIn(copied).filter(({ proposal }) => !known.has(proposal))]
}

async function tailOf(file: string): Promise<readonly string[]> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const from = Math.max(0, size - tailBytes)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from)
    // The first line of a tail may be half of one; it is no JSON then, and left out.
    return buffer.toString('utf8', 0, bytesRead).split('\n')
  } finally {
    await handle.close()
  }
}

async function copiedSince(client: RedisClient, since: Date): Promise<readonly string[]> {
  const entries = await client.xrevrange(auditStream, '+', `${since.getTime()}`, 'COUNT', 5000)
  return entries.toReversed().flatMap(([, fields]) => fields.filter((_, index) => index % 2 === 1))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
