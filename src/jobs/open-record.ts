import { hostname } from 'node:os'
import { anchorInRedis } from '../audit/anchors.ts'
import { type Audit, openAudit } from '../audit/audit.ts'
import { copyToRedis } from '../audit/redis-copy.ts'
import { noteOtherHeads } from '../audit/witness.ts'
import { claimWriter } from '../audit/writer-name.ts'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import { type Keys, readKeys } from '../signing/key-files.ts'
import { createNoteRefusal, type NoteRefusal } from './refusals.ts'
import { startSweep } from './sweep.ts'

/** What a side signs with, and where it writes down what it does and refuses. */
export interface SideRecord {
  readonly keys: Keys
  readonly audit: Audit
  readonly note: NoteRefusal
}

export interface RecordParts {
  readonly log: Logger
  readonly now: () => Date
  /** Gets what is to be stopped at the end, last one first. */
  readonly started: { readonly name: string; readonly stop: () => Promise<void> | void }[]
}

/**
 * Opens keys and audit of one side, and has the other side's heads noted once a minute. Rejects with ConfigError (keys) and
 * with what openAudit rejects with: nothing may act without its record.
 */
export async function openRecord(
  side: 'bot' | 'worker',
  client: RedisClient,
  { auditDir, keysDir }: { readonly auditDir: string; readonly keysDir: string },
  { log, now, started }: RecordParts,
): Promise<SideRecord> {
  const writer = await claimWriter(auditDir, `${side}-${hostname()}`)
  started.push({ name: 'audit writer', stop: writer.release })
  const keys = await readKeys(keysDir, side)
  const audit = await openAudit(auditDir, {
    writer: writer.name,
    signer: keys.signer,
    self: keys[side],
    anchors: [anchorInRedis(client, writer.name)],
    log,
    copy: copyToRedis(client),
    now,
  })
  const witness = startSweep('witness', () => noteOtherHeads(client, audit, keys, { log, now }), 60_000, log)
  started.push({ name: 'audit', stop: audit.close }, { name: 'witness', stop: witness.close })
  return { keys, audit, note: createNoteRefusal(audit, log, now) }
}
