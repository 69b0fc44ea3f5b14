import type { AlertTally } from '../../alerts/storm/alert-tally.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import type { Message } from './message.ts'
import { checkAgainButton } from './offer.ts'
import { rich, sentence, small, strong } from './rich.ts'
import { timeToken, utcTime } from './when.ts'

/** Characters of names that the value of the button holds. */
const longestNames = 180

/** The short word under a thread when the sender has called all of its alerts over. */
export function resolvedMessage({ source, alerts, titles, hosts, resolvedAt }: AlertTally): Message {
  const at = resolvedAt ?? ''
  const what = alerts === 1 ? inertLine(titles[0]?.title ?? 'the alert', 80) : `all ${alerts} alerts`
  const where = hosts.length === 1 ? `${inertLine(hosts[0] ?? '', 60)}: ` : `${hosts.length} hosts: `
  const from = inertLine(source, 60)
  const line = `${where}${what} resolved`
  const again = hosts.join(' ')
  const canPress = hosts.length > 0 && again.length <= longestNames
  const outside = `*${hosts.length === 1 ? mrkdwn(hosts[0] ?? '', 60) : `${hosts.length} hosts`}:* resolved by the sender of the alert at ${timeToken(at)}`
  return {
    outside,
    text: `${mrkdwn(line, 200)} at ${utcTime(at)} by ${mrkdwn(from, 60)}`,
    blocks: [
      rich(sentence(strong(line, 200))),
      small(
        `${mrkdwn(from, 60)} said so at ${timeToken(at)}. I did not look again${canPress ? '.' : ': ask for a diagnosis to be sure.'}`,
      ),
      ...(canPress ? [checkAgainButton(again)] : []),
    ],
  }
}
