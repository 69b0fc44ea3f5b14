import type { Signer, Verifier } from '../signing/signed.ts'
import type { FeedbackPlace } from './feedback.ts'

/**
 * "DIAGNOSIS THREAD KEY SIGNATURE". The conversation is signed and does not travel: Slack says where a button was pressed, so that a
 * value that somebody copied holds nowhere else.
 */
export function sealFeedback(signer: Signer, place: FeedbackPlace): string {
  const { key, signature } = signer.sign('feedback', textOf(place))
  return [place.diagnosisId, place.threadId, key, signature].join(' ')
}

export function openFeedback(
  bot: Verifier,
  value: string,
  at: Pick<FeedbackPlace, 'channel' | 'threadTs'>,
): Pick<FeedbackPlace, 'diagnosisId' | 'threadId'> | null {
  const [diagnosisId, threadId, key, signature, ...rest] = value.slice(0, 1000).split(' ')
  if (!diagnosisId || !threadId || !key || !signature || rest.length > 0) return null
  const opened = bot.open('feedback', { key, signature, text: textOf({ diagnosisId, threadId, ...at }) })
  return opened.ok ? { diagnosisId, threadId } : null
}

/** Named and in this order, whoever calls. */
function textOf({ diagnosisId, threadId, channel, threadTs }: FeedbackPlace): string {
  return JSON.stringify([diagnosisId, threadId, channel, threadTs])
}
