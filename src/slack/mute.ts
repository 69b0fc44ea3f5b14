import type { Reply } from '../../commands/command.ts'
import type { Asker, AskParts } from './ask.ts'
import { endedMessage, mutedMessage } from './messages/mutes.ts'
import { plainMessage } from './messages/replies.ts'
import { statusMessage } from './messages/status.ts'

type MuteReply = Extract<Reply, { kind: 'mute' | 'unmute' | 'status' }>

export function isAboutMutes(reply: Reply): reply is MuteReply {
  return reply.kind === 'mute' || reply.kind === 'unmute' || reply.kind === 'status'
}

/** Does what was typed about mutes; what changed is told to everybody who reads there, the rest to the person alone. */
export async function answerMute(parts: AskParts, asker: Asker, reply: MuteReply): Promise<void> {
  const { muteDesk, status, nameOf, now, web } = parts
  if (!muteDesk || !status)
    return asker.tellAlone(plainMessage('This bot takes no alerts, so there is nothing to mute.'))
  if (reply.kind === 'status') return tellStatus(parts, asker, status)
  const tellAll = asker.tellAll ?? asker.tellHere ?? asker.tellAlone
  const { userId } = asker
  const who = {
    userId,
    name: await nameOf(userId),
    memberOf: (groups: readonly string[]) => web.groupsOf(userId, groups),
    whyNoMember: () => web.whyNotMute(userId),
  }
  if (reply.kind === 'unmute') {
    const { ended, left } = await muteDesk.unmute(reply.on, who)
    const message = endedMessage({ on: reply.on, ended, left: left.length, name: who.name })
    return ended > 0 ? tellAll(message) : asker.tellAlone(message)
  }
  const result = await muteDesk.mute({ on: reply.on, seconds: reply.seconds, because: reply.because }, who)
  if (result.kind === 'refused') return asker.tellAlone(plainMessage(`Nothing was muted: ${result.because}.`))
  return tellAll(mutedMessage(result.mute, now()))
}

/** What Slack does not say must not keep back the rest. */
async function tellStatus(
  { web, log }: Pick<AskParts, 'web' | 'log'>,
  asker: Asker,
  status: NonNullable<AskParts['status']>,
): Promise<void> {
  const missing = await web.scopesMissing().catch((error: unknown) => {
    log.warn({ err: error }, 'slack did not say which scopes the app has')
    return []
  })
  await asker.tellAlone(statusMessage(await status(), missing))
}
