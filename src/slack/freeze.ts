import type { Reply } from '../../commands/command.ts'
import type { Freezer } from '../jobs/freeze-desk.ts'
import type { Asker, AskParts } from './ask.ts'
import { frozenMessage, freezesMessage, liftedMessage } from './messages/freezes.ts'
import { plainMessage } from './messages/replies.ts'

type FreezeReply = Extract<Reply, { kind: 'freeze' | 'unfreeze' | 'freezes' }>

export function isAboutFreezes(reply: Reply): reply is FreezeReply {
  return reply.kind === 'freeze' || reply.kind === 'unfreeze' || reply.kind === 'freezes'
}

/** Does what was typed about freezes; what changed is told to everybody who reads there, the rest to the person alone. */
export async function answerFreeze(parts: AskParts, asker: Asker, reply: FreezeReply): Promise<void> {
  const { freezes } = parts
  const tellAll = asker.tellAll ?? asker.tellHere ?? asker.tellAlone
  if (reply.kind === 'freezes') return asker.tellAlone(freezesMessage(await freezes.list()))
  const who = await freezerOf(parts, asker)
  if (reply.kind === 'freeze') {
    const { on, seconds, because } = reply
    const result = await freezes.freeze({ on, seconds, because }, who)
    if (result.kind === 'refused') return asker.tellAlone(plainMessage(`Nothing was frozen: ${result.because}.`))
    return tellAll(frozenMessage(result.freeze))
  }
  const result = await freezes.unfreeze(reply.on, who)
  if (result.kind === 'refused') return asker.tellAlone(plainMessage(`It stays frozen: ${result.because}.`))
  const message = liftedMessage(result, who.name)
  return result.kind === 'lifted' ? tellAll(message) : asker.tellAlone(message)
}

async function freezerOf({ web, nameOf }: AskParts, { userId }: Asker): Promise<Freezer> {
  return { userId, name: await nameOf(userId), memberOf: (groups) => web.groupsOf(userId, groups) }
}
