import type { Json, JsonObject } from './json.ts'
import type { Channel, Message, User } from './model.ts'
import type { Workspace } from './workspace.ts'

/** A message as the Web API and the interaction payloads show it. Metadata only when asked for, as include_all_metadata does. */
export function messageJson(workspace: Workspace, message: Message, withMetadata = false): JsonObject {
  const replies = workspace.thread(message.channel, message.ts).filter((one) => one.ts !== message.ts)
  const last = replies.at(-1)

  return {
    type: 'message',
    ...(message.broadcast ? { subtype: 'thread_broadcast' } : {}),
    ...senderFields(workspace, message),
    ts: message.ts,
    text: message.text,
    team: workspace.user(message.user)?.team ?? workspace.team.id,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(last ? threadFields(message, replies, last) : {}),
    ...(message.edited ? { edited: { ...message.edited } } : {}),
    ...(message.reactions.length > 0 ? { reactions: reactionJson(message) } : {}),
    ...(message.files.length > 0 ? { files: message.files } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  }
}

/** A person; an app with its bot user; or an incoming webhook, whose messages have no user (Slack: event bot_message). */
function senderFields(workspace: Workspace, { user }: Message): JsonObject {
  const other = workspace.integration(user)
  if (other?.posts === 'webhook')
    return { subtype: 'bot_message', username: other.user.realName, bot_id: other.botId, app_id: other.appId }
  const own = user === workspace.bot.id
  if (!own && other === undefined) return { user }
  const { botId, appId } = other ?? workspace
  const name = (other?.user ?? workspace.bot).name
  const team = other?.user.team ?? workspace.team.id
  return { user, bot_id: botId, app_id: appId, bot_profile: { id: botId, app_id: appId, name, team_id: team } }
}

function threadFields(root: Message, replies: readonly Message[], last: Message): JsonObject {
  const users = [...new Set(replies.map((reply) => reply.user))]
  return {
    thread_ts: root.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users,
    latest_reply: last.ts,
  }
}

function reactionJson(message: Message): Json {
  return message.reactions.map((one) => ({ name: one.name, users: one.users, count: one.users.length }))
}

export function userJson(workspace: Workspace, user: User): JsonObject {
  return {
    id: user.id,
    team_id: user.team ?? workspace.team.id,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted ?? false,
    tz: user.timeZone,
    tz_label: user.timeZone,
    tz_offset: user.timeZoneOffset,
    is_bot: user.kind === 'bot',
    is_restricted: user.kind === 'guest' || user.kind === 'ultra-guest',
    is_ultra_restricted: user.kind === 'ultra-guest',
    is_stranger: user.team !== undefined,
    profile: { real_name: user.realName, display_name: user.name, title: user.title, team: workspace.team.id },
  }
}

export function channelJson(workspace: Workspace, channel: Channel): JsonObject {
  const other = channel.members.find((member) => member !== workspace.bot.id)
  const common = { id: channel.id, is_archived: false, is_ext_shared: channel.shared ?? false }
  if (channel.kind === 'direct') return { ...common, is_im: true, user: other ?? '' }
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_private: channel.kind === 'private',
    is_shared: channel.shared ?? false,
    is_member: channel.members.includes(workspace.bot.id),
    num_members: channel.members.length,
    topic: { value: channel.topic },
  }
}
