import type { Message } from './messages/message.ts'

/** Slack no longer takes answers at this response URL (five uses, 30 minutes) or could not be reached. The URL itself is a secret and is not in the message. */
export class ResponseUrlError extends Error {
  override readonly name = 'ResponseUrlError'
}

/** How long Slack may take, in ms. */
const budgetMs = 8000

/**
 * Answers through a response URL, to the person alone.
 *
 * @param mode "new" adds a message, "replace" puts it in the place of the message whose button was pressed
 */
export async function respondAlone(url: string, message: Message, mode: 'new' | 'replace' = 'new'): Promise<void> {
  const body = {
    response_type: 'ephemeral',
    replace_original: mode === 'replace',
    text: message.text,
    blocks: message.blocks,
    unfurl_links: false,
    unfurl_media: false,
  }
  const answer = await send(url, JSON.stringify(body))
  if (!answer.ok) throw new ResponseUrlError(`Slack refused an answer at the response URL with status ${answer.status}`)
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
    throw new ResponseUrlError('Slack could not be reached at the response URL', { cause: error })
  }
}
