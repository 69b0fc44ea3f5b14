import type { AlertTally } from '../../alerts/storm/alert-tally.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import type { Message } from './message.ts'
import { checkAgainButton } from './offer.ts'
import { rich, sentence, small, strong } from './rich.ts'
import { timeToken, utcTime } from './when.ts'

/** Characters of names that the value of the button holds. */
const longestNames = 180

/** The short word under a thread when nothing of it is heard any more: its sender has called it over, or somebody has silenced it there. */
export function resolvedMessage(tally: AlertTally): Message {
  const { alerts, titles, hosts } = tally
  const what = alerts === 1 ? inertLine(titles[0]?.title ?? 'the alert', 80) : `all ${alerts} alerts`
  const where = hosts.length === 1 ? `${inertLine(hosts[0] ?? '', 60)}: ` : `${hosts.length} hosts: `
  const end = endOf(tally)
  const line = `${where}${what} ${end.word}`
  const again = hosts.join(' ')
  const canPress = hosts.length > 0 && again.length <= longestNames
  return {
    outside: `*${hosts.length === 1 ? mrkdwn(hosts[0] ?? '', 60) : `${hosts.length} hosts`}:* ${end.outside}`,
    text: `${mrkdwn(line, 200)}${end.behind}`,
    blocks: [
      rich(sentence(strong(line, 200))),
      small(`${end.said}. I did not look again${canPress ? '.' : ': ask for a diagnosis to be sure.'}`),
      ...(canPress ? [checkAgainButton(again)] : []),
    ],
  }
}

interface End {
  /** "resolved" */
  readonly word: string
  /** Of the notification, after the line. */
  readonly behind: string
  /** Who says so, and when. */
  readonly said: string
  /** For a channel that another organisation reads. */
  readonly outside: string
}

function endOf({ source, alerts, suppressed, resolvedAt }: AlertTally): End {
  const from = mrkdwn(source, 60)
  if (suppressed === 0 && resolvedAt !== null)
    return {
      word: 'resolved',
      behind: ` at ${utcTime(resolvedAt)} by ${from}`,
      said: `${from} said so at ${timeToken(resolvedAt)}`,
      outside: `resolved by the sender of the alert at ${timeToken(resolvedAt)}`,
    }
  if (suppressed === 0)
    return {
      word: `no longer fire${alerts === 1 ? 's' : ''}`,
      behind: '',
      said: `${from} has sent a newer alert without ending this one`,
      outside: 'the alert no longer fires',
    }
  const word = resolvedAt === null ? 'silenced at the sender' : 'resolved or silenced at the sender'
  return { word, behind: '', said: `${from} says so, and it may be failing still`, outside: `${word} of the alert` }
}
