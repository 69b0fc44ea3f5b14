import type { Message } from '../model.ts'
import type { Workspace } from '../workspace.ts'
import { emoji } from './emoji.ts'
import { unescape } from './mrkdwn.ts'
import { groupHandle, handleOf, mentions, nameOf } from './names.ts'

/** What a phone would show of a message while it is locked. */
export interface Notification {
  readonly ts: string
  readonly channel: string
  readonly threadTs: string | null
  readonly title: string
  readonly text: string
}

const shownAtMost = 4
/** About what fits on a lock screen. */
const longest = 178

/** New messages that call this person, newest first. An edit calls nobody, so edits do not appear here. */
export function notificationsFor(workspace: Workspace, userId: string): readonly Notification[] {
  return workspace
    .channels()
    .filter((channel) => channel.members.includes(userId))
    .flatMap((channel) => {
      const direct = channel.kind === 'direct'
      return workspace
        .messages(channel.id)
        .filter((message) => calls(workspace, message, userId, direct))
        .map((message) => ({
          ts: message.ts,
          channel: channel.id,
          threadTs: message.threadTs ?? null,
          title: direct ? nameOf(workspace, message.user) : `${nameOf(workspace, message.user)} in #${channel.name}`,
          text: plainText(workspace, message.text).slice(0, longest),
        }))
    })
    .toSorted((a, b) => (a.ts < b.ts ? 1 : -1))
    .slice(0, shownAtMost)
}

function calls(workspace: Workspace, message: Message, userId: string, direct: boolean): boolean {
  if (message.user === userId || message.ephemeralTo) return false
  return direct || mentions(workspace, message.text, userId)
}

/** Message text as a notification has it: names for ids, no marks. */
export function plainText(workspace: Workspace, text: string): string {
  const named = text
    .replaceAll(/<@(?<id>[A-Z0-9]+)(?:\|[^>]*)?>/gu, (_all, id: string) => `@${handleOf(workspace, id)}`)
    .replaceAll(/<#(?<id>[A-Z0-9]+)(?:\|[^>]*)?>/gu, (_all, id: string) => `#${workspace.channel(id)?.name ?? id}`)
    .replaceAll(/<!subteam\^(?<id>[A-Z0-9]+)(?:\|[^>]*)?>/gu, (_all, id: string) => `@${groupHandle(workspace, id)}`)
    .replaceAll(/<!date\^[^|>]*\|(?<fallback>[^>]*)>/gu, '$<fallback>')
    .replaceAll(/<!(?<name>[a-z]+)[^>]*>/gu, '@$<name>')
    .replaceAll(/<[^|>]*\|(?<label>[^>]*)>/gu, '$<label>')
    .replaceAll(/<(?<url>(?:https?|mailto):[^>]*)>/gu, '$<url>')
    .replaceAll(/:(?<name>[a-z0-9_+-]+):/gu, (all, name: string) =>
      Object.hasOwn(emoji, name) ? (emoji[name] ?? all) : all,
    )
    .replaceAll(/(?<!\w)[*_~`](?=\S)|(?<=\S)[*_~`](?!\w)/gu, '')
  return unescape(named)
}
