import type { KnownBlock, RichTextBlockElement, RichTextElement } from '@slack/types'
import type { Explained } from '../../../commands/explain.ts'
import { causes } from '../../diagnosis/cause.ts'
import { mrkdwn } from '../escape.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { box, bullets, code, rich, sentence, small, strong, words } from './rich.ts'

type Line = Explained['lines'][number]

/** Candidates shown for one line: the rest fits worse and would be read as a list of everything. */
const mostCandidates = 4
const nothing = "Nothing in this is a line of nginx's error log."

export function explainedMessage(explained: Explained): Message {
  return fit({ text: mrkdwn(inShort(explained), 300), blocks: explainedBlocks(explained) })
}

/** What each pasted line says by itself: its fields, what it fits, what to look at next. */
export function explainedBlocks(explained: Explained): readonly KnownBlock[] {
  if (explained.lines.length === 0) return [rich(sentence(words(nothing))), ...restBlocks(explained)]
  const told = explained.lines.map((line, index) => lineBlock(line, sameAsBefore(explained.lines, index)))
  return [...told, ...restBlocks(explained)]
}

function inShort({ lines }: Explained): string {
  const first = lines.find((line) => line.causes.length > 0) ?? lines[0]
  const cause = first?.causes[0]
  if (first === undefined) return nothing
  if (cause === undefined) return 'No cause is known that this alone would point to.'
  const many = lines.length === 1 ? '' : ` (${lines.length} lines)`
  return `Fits best${many}: ${causes[cause].title}. Only the host can tell.`
}

/** A log repeats itself: candidates that stand above already are not listed again. */
function sameAsBefore(lines: readonly Line[], index: number): boolean {
  const ids = lines[index]?.causes.join() ?? ''
  return ids !== '' && lines.slice(0, index).some((line) => line.causes.join() === ids)
}

function lineBlock(line: Line, repeated: boolean): KnownBlock {
  const fits = repeated ? [sentence(words('It fits the same as above.'))] : [...candidatesOf(line), ...nextOf(line)]
  return rich(box(line.line, 500), ...fieldsOf(line), ...fits)
}

function fieldsOf({ phase, upstream, server, host }: Line): readonly RichTextBlockElement[] {
  const fields = [
    ['while', phase],
    ['upstream', upstream],
    ['server', server],
    ['host', host],
  ] as const
  const shown = fields.flatMap(([name, value]): RichTextElement[] =>
    value === null || value === '' ? [] : [words(name), code(value, 120)],
  )
  return shown.length === 0 ? [] : [sentence(...shown)]
}

function candidatesOf({ causes: ids }: Line): readonly RichTextBlockElement[] {
  if (ids.length === 0) return [sentence(words('No cause is known that this line alone would point to.'))]
  const items = ids.slice(0, mostCandidates).map((id) => [strong(causes[id].title), code(id)])
  return [sentence(words('It would fit, best first; only the host can tell which:')), bullets(items, 'ordered')]
}

function nextOf({ ask }: Line): readonly RichTextBlockElement[] {
  return ask === null ? [] : [sentence(strong('Look next:'), code(ask.command), words(`tells ${ask.tells}.`))]
}

function restBlocks({ linesLeft, cut }: Explained): readonly KnownBlock[] {
  const left = linesLeft === 1 ? '1 more line was' : `${linesLeft} more lines were`
  const parts = [
    ...(linesLeft > 0 ? [`${left} read and not answered: I answer ten at a time.`] : []),
    ...(cut ? ['Only the first 3,000 characters were read.'] : []),
  ]
  return parts.length === 0 ? [] : [small(parts.join(' '))]
}
