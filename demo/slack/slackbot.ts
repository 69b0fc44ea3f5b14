import type { Channel, User } from './model.ts'
import type { Workspace } from './workspace.ts'

/** The voice of Slack itself, seen by one person only. */
export const slackbot = {
  id: 'USLACKBOT',
  name: 'Slackbot',
  invite: (name: string) =>
    `You mentioned @${name}, but they’re not in this channel. Invite them with \`/invite @${name}\`.`,
}

export function tellPerson(workspace: Workspace, channel: Channel, user: User, text: string, threadTs?: string): void {
  workspace.post({
    channel: channel.id,
    user: slackbot.id,
    text,
    ephemeralTo: user.id,
    ...(threadTs ? { threadTs } : {}),
  })
}
