import type { Signer, Verifier } from '../signing/signed.ts'
import type { FeedbackPlace } from './feedback.ts'

/**
 * "DIAGNOSIS,DIAGNOSIS THREAD KEY SIGNATURE". The conversation is signed and does not travel: Slack says where a button was pressed, so that a
 * value that somebody copied holds nowhere else.
 */
export function sealFeedback(signer: Signer, place: FeedbackPlace): string {
  const { key, signature } = signer.sign('feedback', textOf(place))
  return [place.diagnoses.join(','), place.threadId, key, signature].join(' ')
}

export function openFeedback(
  bot: Verifier,
  value: string,
  at: Pick<FeedbackPlace, 'channel' | 'threadTs'>,
): Pick<FeedbackPlace, 'diagnoses' | 'threadId'> | null {
  const [ids, threadId, key, signature, ...rest] = value.slice(0, 2000).split(' ')
  if (!ids || !threadId || !key || !signature || rest.length > 0) return null
  const diagnoses = ids.split(',')
  const opened = bot.open('feedback', { key, signature, text: textOf({ diagnoses, threadId, ...at }) })
  return opened.ok ? { diagnoses, threadId } : null
}

/** Named and in this order, whoever calls. */
function textOf({ diagnoses, threadId, channel, threadTs }: FeedbackPlace): string {
  return JSON.stringify([diagnoses, threadId, channel, threadTs])
}
