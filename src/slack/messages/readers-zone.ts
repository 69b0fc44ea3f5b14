import type { KnownBlock, RichTextElement } from '@slack/types'
import { hostClock } from '../../diagnosis/clock.ts'
import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import type { Message } from './message.ts'
import { timeToken, utcTime } from './when.ts'

interface Moment {
  /** As the host's clock tells it in summaries: "03:04 +01:00". */
  readonly told: string
  readonly iso: string
}

/**
 * Times that a summary tells by the host's clock, shown in the zone of whoever reads: as a date token in mrkdwn and in the message's
 * text, as a date element in rich text. Evidence stays as the host wrote it.
 */
export function inReadersZone(message: Message, { findings, timezone, collectedAt }: Diagnosis): Message {
  const moments = findings.flatMap(({ since }): Moment[] =>
    since === null ? [] : [{ told: hostClock(since, timezone, collectedAt), iso: since }],
  )
  if (moments.length === 0) return message
  return {
    ...message,
    text: withTokens(message.text, moments),
    blocks: message.blocks.map((block) => withDates(block, moments)),
  }
}

function withTokens(text: string, moments: readonly Moment[]): string {
  return moments.reduce((seen, { told, iso }) => seen.split(told).join(timeToken(iso)), text)
}

function withDates(block: KnownBlock, moments: readonly Moment[]): KnownBlock {
  if (block.type !== 'rich_text') return block
  return {
    ...block,
    elements: block.elements.map((element) => {
      if (element.type === 'rich_text_section')
        return { ...element, elements: element.elements.flatMap((each) => dated(each, moments)) }
      if (element.type !== 'rich_text_list') return element
      const items = element.elements.map((item) =>
        item.type === 'rich_text_section'
          ? { ...item, elements: item.elements.flatMap((each) => dated(each, moments)) }
          : item,
      )
      return { ...element, elements: items }
    }),
  }
}

function dated(element: RichTextElement, moments: readonly Moment[]): RichTextElement[] {
  if (element.type !== 'text' || element.style?.code) return [element]
  const moment = moments.find(({ told }) => element.text.includes(told))
  if (!moment) return [element]
  const [before = '', ...after] = element.text.split(moment.told)
  const date: RichTextElement = {
    type: 'date',
    timestamp: Math.floor(Date.parse(moment.iso) / 1000),
    format: '{time}',
    fallback: utcTime(moment.iso),
    ...(element.style && { style: element.style }),
  }
  const text = (part: string): RichTextElement[] => (part === '' ? [] : [{ ...element, text: part }])
  return [...text(before), date, ...text(after.join(moment.told))]
}
