import { WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api'
import type { SlackSettings } from './parts.ts'

/** Slack could not be used at start; the message says what to do and holds no secret. */
export class SlackStartError extends Error {
  override readonly name = 'SlackStartError'
}

/** The error code of a Web API answer ("not_in_channel"), or null when it was not the API that refused. */
export function platformCode(error: unknown): string | null {
  return error instanceof WebAPIPlatformError ? error.data.error : null
}

// Codes of chat.postMessage: the bot is not a member, cannot see the conversation, or nobody may post there.
const noPlaceToPost = [
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'no_permission',
]

export function mayNotPost(error: unknown): boolean {
  return noPlaceToPost.includes(platformCode(error) ?? '')
}

// Codes of chat.postMessage with thread_ts: the message is gone, somebody locked the thread, or the channel has none.
const noThread = [
  'thread_not_found',
  'restricted_action_thread_locked',
  'restricted_action_non_threadable_channel',
  'cannot_reply_to_message',
]

/** No reply will ever get into this thread, from this bot. */
export function takesNoReply(error: unknown): boolean {
  return mayNotPost(error) || noThread.includes(platformCode(error) ?? '')
}

// Codes of chat.update that no repeat mends; the message was deleted, or is out of the bot's reach by now.
const notEditable = ['message_not_found', 'cant_update_message', 'edit_window_closed', 'is_inactive']

export function canNotBeEdited(error: unknown): boolean {
  return mayNotPost(error) || notEditable.includes(platformCode(error) ?? '')
}

// Codes of files.getUploadURLExternal and files.completeUploadExternal that a repeat does not mend: the scope is not granted, or the
// workspace lets apps upload nothing (docs.slack.dev, both pages).
const noFiles = [
  'missing_scope',
  'not_allowed_token_type',
  'file_uploads_disabled',
  'file_uploads_except_images_disabled',
  'access_denied',
]

export function refusesFiles(error: unknown): boolean {
  return noFiles.includes(platformCode(error) ?? '')
}

const brokenBlocks = ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']

export function refusesBlocks(error: unknown): boolean {
  return brokenBlocks.includes(platformCode(error) ?? '')
}

/** Where Slack says what is wrong with a block: "must be less than 151 characters [json-pointer:/blocks/0/text/text]". */
export function blockComplaints(error: unknown): readonly string[] {
  return error instanceof WebAPIPlatformError ? (error.data.response_metadata?.messages ?? []) : []
}

// Codes of auth.test and apps.connections.open that no second try mends.
const badToken = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
]

/** One clear message for whatever kept Slack from starting. */
export function startError(error: unknown, settings: SlackSettings, token: 'bot' | 'app'): SlackStartError {
  const code = platformCode(error)
  if (code !== null && badToken.includes(code)) return new SlackStartError(tokenAdvice(token, code), { cause: error })
  if (code !== null) return new SlackStartError(`Slack refuses to start the app: ${code}.`, { cause: error })
  if (error instanceof WebAPIRequestError) {
    const address = settings.apiUrl ?? 'https://slack.com/api/'
    return new SlackStartError(
      `Slack cannot be reached at ${address} (${reasonOf(error.original)}). Check the network or a proxy.`,
      { cause: error },
    )
  }
  const { transport } = settings
  if (transport.kind === 'http' && hasCode(error, 'EADDRINUSE')) {
    return new SlackStartError(
      `Port ${transport.port} is taken: give the Slack listener another port, or stop what uses it.`,
      { cause: error },
    )
  }
  return new SlackStartError(`Slack did not start: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  })
}

function tokenAdvice(token: 'bot' | 'app', code: string): string {
  if (token === 'app') {
    return `Slack refuses the app token (${code}): set SLACK_APP_TOKEN to an App-Level Token (xapp-...) with connections:write, from "Basic Information" of the app.`
  }
  return `Slack refuses the bot token (${code}): set SLACK_BOT_TOKEN to the Bot User OAuth Token (xoxb-...), from "OAuth & Permissions" of the app.`
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function reasonOf(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}
