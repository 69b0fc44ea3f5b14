import { flagAt, textAt } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { channelJson, messageJson } from '../message-json.ts'
import type { Channel, Message } from '../model.ts'
import { SlackError } from '../slack-error.ts'
import { namedMessage, visibleChannel } from './method.ts'
import type { Method, WebApiContext } from './method.ts'
import { page } from './page.ts'

/** Reading needs membership: Slack says not_in_channel for a public channel the bot has not joined. */
function readableChannel(args: JsonObject, context: WebApiContext): Channel {
  const channel = visibleChannel(args, context)
  if (!channel.members.includes(context.workspace.bot.id)) throw new SlackError('not_in_channel')
  return channel
}

/** `oldest` and `latest` as Slack reads them: exclusive unless `inclusive`. Time stamps of equal length compare as text. */
function within(message: Message, args: JsonObject): boolean {
  const oldest = textAt(args, 'oldest')
  const latest = textAt(args, 'latest')
  const inclusive = flagAt(args, 'inclusive')
  if (oldest && (inclusive ? message.ts < oldest : message.ts <= oldest)) return false
  return !latest || (inclusive ? message.ts <= latest : message.ts < latest)
}

function listed(messages: readonly Message[], args: JsonObject, { workspace }: WebApiContext): JsonObject {
  const { items, more, cursor } = page(messages, args, 100)
  const withMetadata = flagAt(args, 'include_all_metadata')
  return {
    messages: items.map((message) => messageJson(workspace, message, withMetadata)),
    has_more: more,
    ...cursor,
  }
}

const history: Method = (args, context) => {
  const channel = readableChannel(args, context)
  const found = context.workspace
    .messages(channel.id)
    .filter((one) => !one.ephemeralTo && (!one.threadTs || one.broadcast || one.threadTs === one.ts))
    .filter((one) => within(one, args))
  return listed(found.toReversed(), args, context)
}

const replies: Method = (args, context) => {
  const channel = readableChannel(args, context)
  const named = context.workspace.message(channel.id, textAt(args, 'ts'))
  if (!named || named.ephemeralTo) throw new SlackError('thread_not_found')
  const root = named.threadTs ?? named.ts
  const found = context.workspace.thread(channel.id, root).filter((one) => one.ts === root || within(one, args))
  return listed(found, args, context)
}

const info: Method = (args, context) => ({
  channel: channelJson(context.workspace, visibleChannel(args, context)),
})

const list: Method = (args, context) => {
  const types = (textAt(args, 'types') || 'public_channel').split(',')
  const wanted = {
    public: types.includes('public_channel'),
    private: types.includes('private_channel'),
    direct: types.includes('im'),
  }
  const seen = context.workspace
    .channels()
    .filter((one) => wanted[one.kind] && (one.kind === 'public' || one.members.includes(context.workspace.bot.id)))
  const { items, cursor } = page(seen, args, 100)
  return { channels: items.map((one) => channelJson(context.workspace, one)), ...cursor }
}

const members: Method = (args, context) => {
  const { items, cursor } = page(visibleChannel(args, context).members, args, 100)
  return { members: items, ...cursor }
}

const join: Method = (args, context) => {
  const channel = visibleChannel(args, context)
  if (channel.kind !== 'public') throw new SlackError('method_not_supported_for_channel_type')
  context.workspace.join(channel.id, context.workspace.bot.id)
  return { channel: channelJson(context.workspace, visibleChannel(args, context)) }
}

const open: Method = (args, context) => {
  const direct = context.workspace.directWithBot(textAt(args, 'users'))
  if (!direct) throw new SlackError('user_not_found')
  return { channel: { id: direct.id } }
}

const addReaction: Method = (args, context) => {
  const channel = readableChannel(args, context)
  const message = namedMessage(args, channel, context, 'timestamp')
  const name = textAt(args, 'name')
  const present = message.reactions.find((one) => one.name === name)
  if (!name) throw new SlackError('invalid_name')
  if (present?.users.includes(context.workspace.bot.id)) throw new SlackError('already_reacted')

  const others = message.reactions.filter((one) => one.name !== name)
  const users = [...(present?.users ?? []), context.workspace.bot.id]
  context.workspace.change(message, { reactions: [...others, { name, users }] })
  return {}
}

const setStatus: Method = (args, context) => {
  const channel = readableChannel({ channel: textAt(args, 'channel_id') }, context)
  context.workspace.setStatus(channel.id, textAt(args, 'thread_ts'), textAt(args, 'status'))
  return {}
}

export const conversationMethods: Readonly<Record<string, Method>> = {
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.info': info,
  'conversations.list': list,
  'conversations.members': members,
  'conversations.join': join,
  'conversations.open': open,
  'reactions.add': addReaction,
  'assistant.threads.setStatus': setStatus,
}
