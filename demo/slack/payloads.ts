import { textAt } from './json.ts'
import type { JsonObject } from './json.ts'
import { messageJson } from './message-json.ts'
import type { Channel, Message, User } from './model.ts'
import type { Workspace } from './workspace.ts'

/** Deprecated by Slack in favour of the signature, and still sent. */
const verificationToken = 'stand-in-verification'

function channelName(channel: Channel): string {
  if (channel.kind === 'direct') return 'directmessage'
  return channel.kind === 'private' ? 'privategroup' : channel.name
}

interface Ways {
  readonly responseUrl: string
  readonly triggerId: string
}

/** A slash command (Slack: "Implementing slash commands"). `text` as encodeTyped gives it. */
export function slashCommand(
  workspace: Workspace,
  user: User,
  channel: Channel,
  command: string,
  text: string,
  ways: Ways,
): JsonObject {
  return {
    token: verificationToken,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: workspace.appId,
    is_enterprise_install: 'false',
    response_url: ways.responseUrl,
    trigger_id: ways.triggerId,
  }
}

function interaction(workspace: Workspace, user: User, type: string, triggerId: string): JsonObject {
  return {
    type,
    token: verificationToken,
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team ?? workspace.team.id },
    team: { id: workspace.team.id, domain: workspace.team.domain },
    api_app_id: workspace.appId,
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: triggerId,
  }
}

/** A press in a message. An ephemeral message is named by its container only. */
export function blockActions(
  workspace: Workspace,
  user: User,
  channel: Channel,
  message: Message,
  action: JsonObject,
  ways: Ways,
): JsonObject {
  return {
    ...interaction(workspace, user, 'block_actions', ways.triggerId),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.ephemeralTo !== undefined,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel: { id: channel.id, name: channelName(channel) },
    ...(message.ephemeralTo ? {} : { message: messageJson(workspace, message) }),
    state: { values: {} },
    response_url: ways.responseUrl,
    actions: [action],
  }
}

/** What pressing this button sends, `at` being Slack's time stamp of the press. */
export function buttonAction(button: JsonObject, blockId: string, at: string): JsonObject {
  const { confirm: _confirm, accessibility_label: _label, ...sent } = button
  return { ...sent, action_id: textAt(button, 'action_id') || 'unnamed', block_id: blockId, action_ts: at }
}

export function shortcut(
  workspace: Workspace,
  user: User,
  callbackId: string,
  triggerId: string,
  at: string,
): JsonObject {
  return { ...interaction(workspace, user, 'shortcut', triggerId), callback_id: callbackId, action_ts: at }
}

/** A shortcut in the menu of a message (Slack: "Shortcuts payloads", message_action): it carries the whole message. */
export function messageAction(
  workspace: Workspace,
  user: User,
  channel: Channel,
  message: Message,
  callbackId: string,
  ways: Ways & { readonly at: string },
): JsonObject {
  return {
    ...interaction(workspace, user, 'message_action', ways.triggerId),
    callback_id: callbackId,
    action_ts: ways.at,
    message_ts: message.ts,
    channel: { id: channel.id, name: channelName(channel) },
    message: messageJson(workspace, message),
    response_url: ways.responseUrl,
  }
}

export function viewSubmission(
  workspace: Workspace,
  user: User,
  view: JsonObject,
  values: JsonObject,
  triggerId: string,
): JsonObject {
  const submitted = { ...view, state: { values } }
  return { ...interaction(workspace, user, 'view_submission', triggerId), view: submitted, response_urls: [] }
}

/** An event in its envelope (Slack: "Events API", event_callback). */
export function eventCallback(workspace: Workspace, event: JsonObject, eventId: string, seconds: number): JsonObject {
  return {
    token: verificationToken,
    team_id: workspace.team.id,
    api_app_id: workspace.appId,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: seconds,
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.team.id,
        user_id: workspace.bot.id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  }
}

/** The event of a message that mentions the bot, or of one in a direct conversation with it. */
export function messageEvent(workspace: Workspace, channel: Channel, message: Message): JsonObject {
  const kind = channel.kind === 'direct' ? { type: 'message', channel_type: 'im' } : { type: 'app_mention' }
  return {
    ...kind,
    user: message.user,
    text: message.text,
    ts: message.ts,
    channel: channel.id,
    team: workspace.team.id,
    event_ts: message.ts,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
  }
}
