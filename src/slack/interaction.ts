import type { KnownBlock } from '@slack/types'

/** What this bot reads of a block_actions delivery; Bolt's own type is a union over surfaces that never reach us. */
export interface Interaction {
  readonly userId: string
  readonly triggerId: string
  readonly actionId: string
  readonly actionTs: string
  readonly value: string
  readonly channel: string | null
  readonly responseUrl: string | null
  /** The message with the button; null for a message that only one person sees (Slack keeps none) or another surface. */
  readonly message: {
    readonly ts: string
    readonly threadTs: string | null
    readonly text: string
    readonly blocks: readonly KnownBlock[]
  } | null
  /** Thread of the message, also of one that only one person sees. */
  readonly threadTs: string | null
}

/** Reads the body of an interaction; null when it is not the press of a button. Shape: docs.slack.dev, "block_actions payload". */
export function readInteraction(body: unknown): Interaction | null {
  const actions = field(body, 'actions')
  const action: unknown = Array.isArray(actions) ? actions[0] : undefined
  const userId = text(field(field(body, 'user'), 'id'))
  if (action === undefined || userId === null) return null
  const message = field(body, 'message')
  const container = field(body, 'container')
  const threadTs = text(field(message, 'thread_ts')) ?? text(field(container, 'thread_ts'))
  return {
    userId,
    triggerId: text(field(body, 'trigger_id')) ?? '',
    actionId: text(field(action, 'action_id')) ?? '',
    actionTs: text(field(action, 'action_ts')) ?? '',
    value: text(field(action, 'value')) ?? '',
    channel: text(field(field(body, 'channel'), 'id')) ?? text(field(container, 'channel_id')),
    responseUrl: text(field(body, 'response_url')),
    message: field(container, 'is_ephemeral') === true ? null : readMessage(message, threadTs),
    threadTs,
  }
}

function readMessage(message: unknown, threadTs: string | null): Interaction['message'] {
  const ts = text(field(message, 'ts'))
  if (ts === null) return null
  return {
    ts,
    threadTs,
    text: text(field(message, 'text')) ?? '',
    blocks: readBlocks(field(message, 'blocks')),
  }
}

function readBlocks(blocks: unknown): readonly KnownBlock[] {
  if (!Array.isArray(blocks)) return []
  // They are those that this bot sent, and Slack gives them back as they were.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return blocks as KnownBlock[]
}

function field(value: unknown, name: string): unknown {
  if (value === null || typeof value !== 'object') return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
