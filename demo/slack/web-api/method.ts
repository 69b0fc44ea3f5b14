import { isObject, parseJson, textAt } from '../json.ts'
import type { Json, JsonObject } from '../json.ts'
import type { IdSource } from '../ids.ts'
import type { Channel, Message } from '../model.ts'
import { SlackError } from '../slack-error.ts'
import type { Triggers } from '../triggers.ts'
import type { Views } from '../views.ts'
import type { Workspace } from '../workspace.ts'

export interface Upload {
  readonly name: string
  /** As announced; Slack takes nothing else. */
  readonly length: number
  readonly bytes: Buffer | null
}

/** What a method may use. `origin` is the stand-in's own base, "http://127.0.0.1:4001". */
export interface WebApiContext {
  readonly workspace: Workspace
  readonly ids: IdSource
  readonly now: () => number
  readonly origin: () => string
  readonly triggers: Triggers
  readonly views: Views
  /** Files on their way: with an upload URL, and without bytes until those came. */
  readonly uploads: Map<string, Upload>
  /** Opens the way for one WebSocket and gives its URL. */
  readonly newSocketUrl: () => string
  /** The app has chat:write.public: it may post to public channels it has not joined. */
  readonly postsPublicly: boolean
}

/** Gives the answer without `ok`; throws SlackError. */
export type Method = (args: JsonObject, context: WebApiContext) => JsonObject

/** An argument that is JSON inside: Slack takes it as a JSON string in form bodies, as it is in JSON bodies. */
export function structured(args: JsonObject, key: string): Json | undefined {
  const value = args[key]
  return typeof value === 'string' ? parseJson(value) : value
}

export function objectArgument(args: JsonObject, key: string): JsonObject | undefined {
  const value = structured(args, key)
  return isObject(value) ? value : undefined
}

/** A channel that the bot can see: a private one or a direct message without it does not exist for the bot. */
export function visibleChannel(args: JsonObject, { workspace }: WebApiContext): Channel {
  const asked = textAt(args, 'channel')
  const channel = workspace.user(asked) ? workspace.directWithBot(asked) : workspace.channel(asked)
  if (!channel) throw new SlackError('channel_not_found')
  if (channel.kind !== 'public' && !channel.members.includes(workspace.bot.id))
    throw new SlackError('channel_not_found')
  return channel
}

/** A channel that the bot may write to. */
export function writableChannel(args: JsonObject, context: WebApiContext): Channel {
  const channel = visibleChannel(args, context)
  if (channel.members.includes(context.workspace.bot.id) || context.postsPublicly) return channel
  throw new SlackError('not_in_channel')
}

/** A message of the channel that the bot may name by `ts`; ephemeral ones cannot be named. */
export function namedMessage(args: JsonObject, channel: Channel, context: WebApiContext, key = 'ts'): Message {
  const message = context.workspace.message(channel.id, textAt(args, key))
  if (!message || message.ephemeralTo) throw new SlackError('message_not_found')
  return message
}
