import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import type { Verifier } from '../signing/signed.ts'
import { headsKey } from './anchors.ts'
import type { Audit } from './audit.ts'
import { readHead } from './head.ts'

/** More chains than that are not noted: the key in Redis is not only ours to write. */
const most = 1000

/**
 * Notes in this chain where every other chain stands, as its writer signed it. Bot and worker write on different machines: lines can be taken
 * off the end of one file unseen only by who also changes the other.
 */
export async function noteOtherHeads(
  client: RedisClient,
  audit: Pick<Audit, 'append' | 'witnessed' | 'writer'>,
  { bot, worker }: { readonly bot: Verifier; readonly worker: Verifier },
  { log, now }: { readonly log: Logger; readonly now: () => Date },
): Promise<void> {
  const heads = Object.entries(await client.hgetall(headsKey)).slice(0, most)
  for (const [name, text] of heads) {
    const read = readHead(text, [bot, worker])
    if (!read.ok || read.head.writer !== name) {
      log.error({ writer: name, because: read.ok ? 'another name' : read.because }, 'a forged head of an audit chain')
      continue
    }
    const { writer, seq, hash, worth } = read.head
    const known = audit.witnessed(writer)
    if (writer === audit.writer || worth <= known) {
      if (seq < known) log.error({ writer, seq, known }, 'an audit chain is shorter than it was')
      continue
    }
    await audit.append({ step: 'witnessed', writer, seqThere: seq, hashThere: hash, at: now().toISOString() })
  }
}
