/* oxlint-disable unicorn/require-post-message-target-origin -- chat.postMessage is Slack's, not that of a window. */
import type { KnownBlock, ModalView } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import type { Message } from './messages/message.ts'
import { outsideMessage } from './messages/outside.ts'
import type { SlackParts } from './parts.ts'
import { scopesMissing } from './scopes-missing.ts'
import type { IsShared } from './shared-channels.ts'
import { whyNoMember } from './standing.ts'
import { groupsWith, membersOf } from './user-groups.ts'
import { withoutBrokenBlocks } from './without-broken-blocks.ts'

/** Marks a message as ours, so that a repeat finds it instead of posting it again. */
export interface Mark {
  readonly threadId: string
  readonly key: string
}

export interface Place {
  readonly channel: string
  /** Absent: a message of its own in the channel. */
  readonly threadTs?: string
}

/** The channel is its id, also where a configuration named the channel by its name. */
export interface Posted {
  readonly channel: string
  readonly ts: string
}

export interface TextFile {
  readonly name: string
  readonly title: string
  readonly text: string
}

const eventType = 'gatemedic'

/** The Web API methods this bot uses, all of them; manifest.yml holds the scopes for exactly these. */
export function createWeb(
  client: WebClient,
  { log, ...parts }: Pick<SlackParts, 'log' | 'sharedChannels'>,
  isShared: IsShared,
) {
  let own: Promise<string> | undefined
  /** The workspace of the app; asked once, and again after a failure. */
  function team(): Promise<string> {
    own ??= ownTeam(client).catch((error: unknown) => {
      own = undefined
      throw error
    })
    return own
  }
  async function standing(userId: string, doing: 'approve' | 'mute'): Promise<string | null> {
    const [{ user }, mine] = await Promise.all([client.users.info({ user: userId }), team()])
    return user?.id === userId ? whyNoMember({ ...user, id: userId }, mine, doing) : 'Slack does not know you'
  }
  return {
    isShared,

    /** Id of the workspace that the app is installed in. */
    team,

    /** Which scopes the app lacks to tell whether a channel is shared. */
    scopesMissing: () => scopesMissing(client, parts),

    /** Posts a new message and answers where it stands; where another organisation reads, only what is meant for it. */
    post: async (place: Place, message: Message, mark: Mark): Promise<Posted> => {
      const given = (await isShared(place.channel)) ? outsideMessage(message.outside) : message
      return withoutBrokenBlocks(given, log, async (safe) => {
        const answer = await client.chat.postMessage({
          channel: place.channel,
          ...(place.threadTs === undefined ? {} : { thread_ts: place.threadTs }),
          ...content(safe),
          unfurl_links: false,
          unfurl_media: false,
          metadata: { event_type: eventType, event_payload: { thread_id: mark.threadId, key: mark.key } },
        })
        return { channel: answer.channel ?? place.channel, ts: answer.ts ?? '' }
      })
    },

    update: async (channel: string, ts: string, message: Message): Promise<void> => {
      const shared = await isShared(channel)
      // What stands there says as much as may be said.
      if (shared && message.outside === undefined) return
      await withoutBrokenBlocks(shared ? outsideMessage(message.outside) : message, log, async (safe) => {
        await client.chat.update({ channel, ts, ...content(safe) })
      })
    },

    /** Tells one person, where everybody else sees nothing. */
    tellAlone: (place: Place, userId: string, message: Message): Promise<void> =>
      withoutBrokenBlocks(message, log, async (safe) => {
        const thread = place.threadTs === undefined ? {} : { thread_ts: place.threadTs }
        await client.chat.postEphemeral({ channel: place.channel, user: userId, ...thread, ...content(safe) })
      }),

    /** The ts of a message that carries the mark, looked for in its thread or among the newest of the channel. */
    marked: async (place: Place, mark: Mark): Promise<string | null> => {
      const page = { channel: place.channel, limit: 100, include_all_metadata: true }
      const answer =
        place.threadTs === undefined
          ? await client.conversations.history(page)
          : await client.conversations.replies({ ...page, ts: place.threadTs })
      const found = (answer.messages ?? []).find((message) => carries(message, mark))
      return found?.ts ?? null
    },

    /** A message of a thread as Slack keeps it now; null when it is gone. */
    message: async (channel: string, threadTs: string, ts: string): Promise<Message | null> => {
      const answer = await client.conversations.replies({
        channel,
        ts: threadTs,
        oldest: ts,
        latest: ts,
        inclusive: true,
      })
      const found = (answer.messages ?? []).find((message) => message.ts === ts)
      if (found === undefined) return null
      // Slack answers the blocks that were sent, of which its generated types know less than its block types.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return { text: found.text ?? '', blocks: (found.blocks ?? []) as readonly KnownBlock[] }
    },

    /** The bot's own id, by which its messages are known. */
    botId: async (): Promise<string | undefined> => (await client.auth.test()).bot_id,

    /** What was posted in a channel since then, the oldest first; at most the newest hundred, without replies. */
    newest: async (channel: string, oldest: string): Promise<readonly unknown[]> => {
      const answer = await client.conversations.history({ channel, oldest, limit: 100 })
      return (answer.messages ?? []).toReversed()
    },

    /** The message that a thread hangs on, as Slack keeps it, of whoever it is; null when it is gone. */
    threadRoot: async (channel: string, threadTs: string): Promise<unknown> => {
      const answer = await client.conversations.replies({ channel, ts: threadTs, limit: 1 })
      return (answer.messages ?? []).find((message) => message.ts === threadTs) ?? null
    },

    /** Where people find a message. */
    permalink: async (channel: string, ts: string): Promise<string> => {
      const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts })
      if (!permalink) throw new Error('Slack gave no permalink')
      return permalink
    },

    /** Why this person may approve nothing at this moment, or null; rejects when Slack does not say. */
    whyNotApprove: (userId: string): Promise<string | null> => standing(userId, 'approve'),

    /** As for approving: a guest may look, and mutes nothing. */
    whyNotMute: (userId: string): Promise<string | null> => standing(userId, 'mute'),

    userName: async (userId: string): Promise<string | null> => {
      const { user } = await client.users.info({ user: userId })
      return user?.real_name || user?.profile?.display_name || user?.name || null
    },

    /** Of this person, as he has set it in Slack; null where Slack does not say. */
    zoneOf: async (userId: string): Promise<{ readonly name: string; readonly offsetSeconds: number } | null> => {
      const { user } = await client.users.info({ user: userId })
      return user?.tz && user.tz_offset !== undefined ? { name: user.tz, offsetSeconds: user.tz_offset } : null
    },

    /** Shares a text as a file in a thread, by files.getUploadURLExternal, the upload and files.completeUploadExternal. */
    upload: async (place: Required<Place>, { name, title, text }: TextFile): Promise<void> => {
      if (await isShared(place.channel)) throw new Error('no file goes to a channel that is shared with others')
      await client.filesUploadV2({
        channel_id: place.channel,
        thread_ts: place.threadTs,
        filename: name,
        title,
        content: text,
      })
    },

    /** Members of a user group at this moment; null: there is no such group. */
    membersOf: (group: string): Promise<readonly string[] | null> => membersOf(client, group),

    groupsOf: (userId: string, groups: readonly string[]): Promise<readonly string[]> =>
      groupsWith(userId, groups, (group) => membersOf(client, group)),

    /** Which of these are no user groups of the workspace. */
    strangeGroups: async (groups: readonly string[]): Promise<readonly string[]> => {
      const asked = groups.map(async (usergroup) => ((await membersOf(client, usergroup)) === null ? [usergroup] : []))
      return (await Promise.all(asked)).flat()
    },

    /** A window to type into; the trigger of the command or press lives three seconds (docs.slack.dev, "Modals"). */
    openView: async (triggerId: string, view: ModalView): Promise<void> => {
      await client.views.open({ trigger_id: triggerId, view })
    },

    /** A small window, for interactions that come from no conversation. */
    openWindow: async (triggerId: string, text: string): Promise<void> => {
      const blocks = [{ type: 'section' as const, text: plain(text) }]
      await client.views.open({
        trigger_id: triggerId,
        view: { type: 'modal', title: plain('Gatemedic'), close: plain('Close'), blocks },
      })
    },
  }
}

export type Web = ReturnType<typeof createWeb>

async function ownTeam(client: WebClient): Promise<string> {
  const { team_id: team } = await client.auth.test()
  if (!team) throw new Error('Slack did not say which workspace the app is of')
  return team
}

function plain(text: string) {
  return { type: 'plain_text' as const, text, emoji: false }
}

function content(message: Message): { text: string; blocks: KnownBlock[] } {
  return { text: message.text, blocks: [...message.blocks] }
}

function carries(
  message: { readonly metadata?: { readonly event_type?: string; readonly event_payload?: object } },
  mark: Mark,
): boolean {
  const payload = message.metadata?.event_payload
  if (message.metadata?.event_type !== eventType || payload === undefined) return false
  return 'thread_id' in payload && payload.thread_id === mark.threadId && 'key' in payload && payload.key === mark.key
}
