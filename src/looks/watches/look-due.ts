import type { Desk } from '../../jobs/desk.ts'
import type { Logger } from '../../log.ts'
import type { Watch, WatchStore } from './watch.ts'

export interface LookDueParts {
  readonly watches: Pick<WatchStore, 'claimDue' | 'find' | 'asked' | 'end' | 'told'>
  readonly desk: Pick<Desk, 'look'>
  /** Whether the inventory has this host. */
  readonly knows: (host: string) => boolean
  /** Says in its thread that a watch has ended. */
  readonly tellEnd: (watch: Watch) => Promise<void>
  readonly now: () => Date
  readonly log: Logger
}

/** Asks for the looks that are due and ends what is over. A bot that dies here leaves the rest to another: the same look has the same id, whoever asks. */
export async function lookDue(parts: LookDueParts): Promise<void> {
  for (const id of await parts.watches.claimDue(parts.now()))
    await lookOrEnd(id, parts).catch((error: unknown) =>
      parts.log.warn({ watch: id, err: error }, 'a watch could not be looked at, tried again'),
    )
}

async function lookOrEnd(id: string, parts: LookDueParts): Promise<void> {
  const { watches, now } = parts
  const watch = await watches.find(id)
  if (watch === null) return watches.told(id)
  const isOver = watch.ended === null && Date.parse(watch.until) <= now().getTime()
  if (isOver) await watches.end(id, { kind: 'over' }, now())
  const current = isOver ? await watches.find(id) : watch
  if (current === null || current.ended === null) return look(watch, parts)
  if (current.ended.why.kind !== 'unheard') await parts.tellEnd(current)
  await watches.told(id)
}

async function look(watch: Watch, { watches, desk, knows, now, log }: LookDueParts): Promise<void> {
  const { id, hosts, site, owner } = watch
  const known = hosts.filter(knows)
  if (known.length < hosts.length) log.warn({ watch: id, hosts }, 'hosts of a watch are not in the inventory any more')
  await desk.look({
    threadId: id,
    requester: { kind: 'user', userId: owner },
    looks: known.map((host) => ({ id: `${id}.${watch.looks + 1}.${hosts.indexOf(host)}`, host })),
    ...(site === null ? {} : { site }),
  })
  await watches.asked(watch, now())
}
