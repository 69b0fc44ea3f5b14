import { checkMessageBlocks } from '../check-blocks.ts'
import { flagAt, isList, textAt } from '../json.ts'
import type { Json, JsonObject } from '../json.ts'
import { messageJson } from '../message-json.ts'
import type { Channel, Draft } from '../model.ts'
import { SlackError } from '../slack-error.ts'
import { namedMessage, objectArgument, structured, visibleChannel, writableChannel } from './method.ts'
import type { Method, WebApiContext } from './method.ts'

/** Slack cuts chat.postMessage's text at 40,000 characters; here it is an error, so that nobody relies on the cut. */
const maxPostText = 40_000
/** Slack: "chat.update", error msg_too_long. */
const maxUpdateText = 4000

/** Blocks of a call, checked; undefined when the argument was not given at all. */
export function checkedBlocks(args: JsonObject): readonly Json[] | undefined {
  if (args['blocks'] === undefined || args['blocks'] === '') return undefined
  const blocks = structured(args, 'blocks')
  if (!isList(blocks)) throw new SlackError('invalid_blocks_format')
  const errors = checkMessageBlocks(blocks)
  if (errors.some((one) => one.code === 'msg_blocks_too_long')) throw new SlackError('msg_blocks_too_long')
  if (errors.length === 0) return blocks
  throw new SlackError('invalid_blocks', {
    errors: errors.map((one) => ({ ...one })),
    response_metadata: { messages: errors.map((one) => `[ERROR] ${one.message} [json-pointer:${one.pointer}]`) },
  })
}

function contentOf(args: JsonObject, maxText: number): { text: string; blocks: readonly Json[] | undefined } {
  const text = textAt(args, 'text') || textAt(args, 'markdown_text')
  const blocks = checkedBlocks(args)
  if (!text && (!blocks || blocks.length === 0)) throw new SlackError('no_text')
  if (text.length > maxText) throw new SlackError('msg_too_long')
  return { text, blocks }
}

function threadOf(args: JsonObject, channel: Channel, { workspace }: WebApiContext): string | undefined {
  const threadTs = textAt(args, 'thread_ts')
  if (!threadTs) return undefined
  const root = workspace.message(channel.id, threadTs)
  // Slack's page warns against naming a reply instead of the root and does not say what happens then: refused here.
  if (!root || root.ephemeralTo || (root.threadTs && root.threadTs !== root.ts))
    throw new SlackError('thread_not_found')
  return threadTs
}

function draftOf(args: JsonObject, channel: Channel, context: WebApiContext): Draft {
  const { text, blocks } = contentOf(args, maxPostText)
  const threadTs = threadOf(args, channel, context)
  const metadata = objectArgument(args, 'metadata')
  return {
    channel: channel.id,
    user: context.workspace.bot.id,
    text,
    ...(blocks ? { blocks } : {}),
    ...(threadTs ? { threadTs } : {}),
    ...(flagAt(args, 'reply_broadcast') ? { broadcast: true } : {}),
    ...(metadata ? { metadata } : {}),
  }
}

const postMessage: Method = (args, context) => {
  const channel = writableChannel(args, context)
  const draft = draftOf(args, channel, context)

  const message = context.workspace.post(draft)
  if (draft.threadTs) context.workspace.setStatus(channel.id, draft.threadTs, '')
  return { channel: channel.id, ts: message.ts, message: messageJson(context.workspace, message, true) }
}

const postEphemeral: Method = (args, context) => {
  const channel = writableChannel(args, context)
  const user = textAt(args, 'user')
  if (!channel.members.includes(user)) throw new SlackError('user_not_in_channel')

  const message = context.workspace.post({ ...draftOf(args, channel, context), ephemeralTo: user })
  return { message_ts: message.ts }
}

const update: Method = (args, context) => {
  const channel = visibleChannel(args, context)
  const message = namedMessage(args, channel, context)
  if (message.user !== context.workspace.bot.id) throw new SlackError('cant_update_message')
  const { text, blocks } = contentOf(args, maxUpdateText)
  const metadata = objectArgument(args, 'metadata')

  const changed = context.workspace.change(message, {
    text: text || message.text,
    // Text without blocks takes the blocks away; blocks leave no "edited" mark (Slack: chat.update).
    blocks: blocks ?? [],
    ...(blocks ? {} : { edited: { user: context.workspace.bot.id, ts: context.ids.ts() } }),
    ...(metadata ? { metadata } : {}),
  })
  return {
    channel: channel.id,
    ts: changed.ts,
    text: changed.text,
    message: messageJson(context.workspace, changed, true),
  }
}

const remove: Method = (args, context) => {
  const channel = visibleChannel(args, context)
  const message = namedMessage(args, channel, context)
  if (message.user !== context.workspace.bot.id) throw new SlackError('cant_delete_message')

  context.workspace.remove(message)
  return { channel: channel.id, ts: message.ts }
}

const getPermalink: Method = (args, context) => {
  const channel = visibleChannel(args, context)
  const message = namedMessage(args, channel, context, 'message_ts')
  const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : ''
  const permalink = `https://${context.workspace.team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`
  return { channel: channel.id, permalink: `${permalink}${thread}` }
}

/** The answer of Slack's own validator, by the same limits as posting. */
const validate: Method = (args) => {
  checkedBlocks(args)
  return {}
}

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
  'blocks.validate': validate,
}
