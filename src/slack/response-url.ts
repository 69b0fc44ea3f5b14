import type { Message } from './messages/message.ts'

/** An answer was not taken. The URL itself is a secret and is not in the message. */
export class ResponseUrlError extends Error {
  override readonly name = 'ResponseUrlError'
  /** False when Slack takes no more answers at this URL: five uses, 30 minutes. */
  readonly again: boolean

  constructor(message: string, again: boolean, cause?: unknown) {
    super(message, { cause })
    this.again = again
  }
}

/** How long Slack may take, in ms. */
const budgetMs = 8000

/**
 * Answers through a response URL, to the person alone.
 * What was there before stays.
 */
export async function respondAlone(url: string, message: Message): Promise<void> {
  await respond(url, message, 'ephemeral')
}

/** The same for everybody in the channel. */
export async function respondToAll(url: string, message: Message): Promise<void> {
  await respond(url, message, 'in_channel')
}

async function respond(url: string, message: Message, to: 'ephemeral' | 'in_channel'): Promise<void> {
  const body = {
    response_type: to,
    replace_original: false,
    text: message.text,
    blocks: message.blocks,
    unfurl_links: false,
    unfurl_media: false,
  }
  const answer = await send(url, JSON.stringify(body))
  if (answer.ok) return
  const again = answer.status === 429 || answer.status >= 500
  throw new ResponseUrlError(`Slack refused an answer at the response URL with status ${answer.status}`, again)
}

async function send(url: string, body: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(budgetMs),
    })
  } catch (error) {
    throw new ResponseUrlError('Slack could not be reached at the response URL', true, error)
  }
}
