import type { Mute } from '../../alerts/storm/mutes.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import type { Message } from './message.ts'
import { code, rich, sentence, small, words } from './rich.ts'
import { dayToken, timeToken, utcTime } from './when.ts'

export function mutedMessage({ on, until, because, name }: Mute, now: Date): Message {
  const who = inertLine(name, 80)
  const why = because === '' ? '' : `: ${inertLine(because, 300)}`
  const isToday = Date.parse(until) - now.getTime() < 86_400_000
  const line = `${who} muted alerts of ${partWords(on)}`
  return {
    text: `${mrkdwn(line, 300)} until ${isToday ? utcTime(until) : `${until.slice(0, 10)} ${utcTime(until)}`}${mrkdwn(why, 320)}`,
    blocks: [
      rich(sentence(words(`${line}${why}`, 500))),
      small(
        `Until ${isToday ? timeToken(until) : dayToken(until)} they are counted and start nothing. It ends by itself, or with \`/nginx unmute ${mrkdwn(on, 100)}\`.`,
      ),
    ],
  }
}

export function endedMessage({
  on,
  ended,
  left,
  name,
}: {
  readonly on: string
  readonly ended: number
  readonly left: number
  readonly name: string
}): Message {
  const others = left === 0 ? 'Nothing is muted now.' : `${countOf(left)} in force: "/nginx status" lists them.`
  const line =
    ended === 0
      ? `There is no mute on exactly ${partWords(on)}. ${others}`
      : `${inertLine(name, 80)} ended ${countOf(ended)} on ${partWords(on)}: the next alert is diagnosed. ${others}`
  return { text: mrkdwn(line, 500), blocks: [rich(sentence(words(line, 600)))] }
}

/** A line of a list: what is muted, until when, by whom. */
export function muteItem({ on, until, because, name }: Mute) {
  const why = because === '' ? '' : `: ${because}`
  return [code(on, 100), words(`until ${until.slice(0, 10)} ${utcTime(until)}, by ${inertLine(name, 80)}${why}`, 400)]
}

function partWords(on: string): string {
  return on === 'all' ? 'all hosts' : on
}

function countOf(mutes: number): string {
  return mutes === 1 ? '1 mute' : `${mutes} mutes`
}
