import type { Reply } from '../../commands/command.ts'
import { fleetAnswer } from '../fleet/answer.ts'
import type { FleetTaken } from '../jobs/desk.ts'
import type { Asker, AskParts } from './ask.ts'
import { aloneStarted } from './messages/alone.ts'
import { fleetRoot } from './messages/fleet-root.ts'
import { plainMessage } from './messages/replies.ts'

export type FleetWish = Omit<Extract<Reply, { kind: 'diagnose-all' }>, 'kind'>

/** Several hosts at once: one thread, one message that fills in. */
export async function startFleet(parts: AskParts, asker: Asker, wish: FleetWish): Promise<void> {
  const { title, hosts } = wish.fleet
  if (hosts.length > parts.mostHosts) return asker.tellAlone(plainMessage(tooMany(wish, parts.mostHosts)))
  const threadId = parts.newId()
  // Queued before anything is posted: whatever dies in between, a bot that comes after posts what is missing.
  const taken = await queue(parts, asker, threadId, wish)
  if (wish.note !== undefined) await asker.tellAlone(plainMessage(wish.note))
  const waiting = fleetAnswer(
    title,
    hosts.map((host) => ({ host, member: null })),
  )
  const first = fleetRoot(waiting, { stalled: false, at: parts.now().toISOString(), atOnce: parts.atOnce })
  const thread = await parts.roots.ensure(threadId, first)
  if (thread.via === 'response') await asker.tellAlone(aloneStarted(title))
  parts.log.info({ title, hosts: hosts.length, threadId, ...taken }, 'diagnosis of several hosts requested')
}

async function queue(parts: AskParts, asker: Asker, threadId: string, wish: FleetWish): Promise<FleetTaken> {
  const requester = { kind: 'user', userId: asker.userId } as const
  const { channel, threadTs } = asker
  const via = threadTs === null ? 'root' : 'reply'
  await parts.threads.open(
    { id: threadId, channel, rootTs: null, threadTs, requester, via },
    asker.responseUrl ?? undefined,
  )
  const { fleet, sinceSeconds } = wish
  return parts.desk.diagnoseAll({
    threadId,
    requester,
    ...fleet,
    ...(sinceSeconds === undefined ? {} : { sinceSeconds }),
  })
}

function tooMany({ fleet: { title, hosts } }: FleetWish, most: number): string {
  return `${title} are ${hosts.length} hosts, and I look at ${most} at once at most (fleetHosts in gatemedic.yml). Name a smaller group or some of the hosts.`
}
