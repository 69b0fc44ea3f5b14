import { eventCallback } from './payloads.ts'
import type { Delivered } from './delivery.ts'
import type { Deliveries } from './event-retries.ts'
import type { IdSource } from './ids.ts'
import type { JsonObject } from './json.ts'
import { messageJson } from './message-json.ts'
import type { Channel, Message } from './model.ts'
import type { Workspace } from './workspace.ts'

interface MessageEventOptions {
  readonly workspace: Workspace
  readonly deliveries: Deliveries
  readonly ids: IdSource
  readonly now: () => number
}

/**
 * What an app that is subscribed to message.channels and message.groups hears: every message of the channels that it is a member
 * of, its own too, and every edit, as message_changed (Slack: event "message"). Ends with the function that is given back.
 */
export function sendMessageEvents({ workspace, deliveries, ids, now }: MessageEventOptions): () => void {
  return workspace.onChange((change) => {
    if (change.kind !== 'posted' && change.kind !== 'changed') return
    const { message } = change
    const channel = workspace.channel(message.channel)
    const isHeard = channel?.members.includes(workspace.bot.id) === true && channel.kind !== 'direct'
    if (channel === undefined || !isHeard || message.ephemeralTo !== undefined) return
    const event =
      change.kind === 'posted' ? posted(workspace, channel, message) : changed(workspace, channel, message, ids.ts())
    void send(event)
  })

  function send(event: JsonObject): Promise<Delivered> {
    const body = eventCallback(workspace, event, ids.next('Ev'), Math.floor(now() / 1000))
    return deliveries.send({ kind: 'events_api', body })
  }
}

function posted(workspace: Workspace, channel: Channel, message: Message): JsonObject {
  const where = { channel: channel.id, channel_type: channelType(channel), event_ts: message.ts }
  return { ...messageJson(workspace, message), ...where }
}

/** The event is hidden: it stands for no message of its own, and names the one that was changed inside. */
function changed(workspace: Workspace, channel: Channel, message: Message, at: string): JsonObject {
  return {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    channel: channel.id,
    channel_type: channelType(channel),
    ts: at,
    event_ts: at,
    message: messageJson(workspace, message),
  }
}

function channelType({ kind }: Channel): string {
  return kind === 'private' ? 'group' : 'channel'
}
