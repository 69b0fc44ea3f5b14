import type { KnownBlock } from '@slack/types'
import type { AnswerChange } from '../../diagnosis/site-answer.ts'
import { mrkdwn } from '../escape.ts'
import { small } from './rich.ts'

/** What is known beside the outcome when an action has ended. */
export interface AfterAction {
  readonly answers: readonly AnswerChange[]
  /** Null: it is not watched. */
  readonly watchSeconds: number | null
}

export const nothingAfter: AfterAction = { answers: [], watchSeconds: null }

/** Sites shown; the others are counted. */
const shown = 4

export const watchBlock = 'gm-watch'

/** Under the outcome: how requests were answered before and after, and that the host is looked at again. */
export function afterBlocks({ answers, watchSeconds }: AfterAction): readonly KnownBlock[] {
  return [
    ...(answers.length === 0 ? [] : [small(`Requests through nginx: ${answersLine(answers)}`)]),
    ...(watchSeconds === null
      ? []
      : [{ ...small(`Watched for a relapse: looked at again in ${spell(watchSeconds)}.`), block_id: watchBlock }]),
  ]
}

/** In the place of "looked at again in ...", when it was. */
export function watchedBlock(text: string): KnownBlock {
  return { ...small(mrkdwn(text, 400)), block_id: watchBlock }
}

/** "60 s", "5 min" */
export function spell(seconds: number): string {
  return seconds <= 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}

function answersLine(answers: readonly AnswerChange[]): string {
  const told = answers
    .slice(0, shown)
    .map(({ site, before, after }) => `${mrkdwn(site, 100)} ${word(before)} \u2192 ${word(after)}`)
  const more = answers.length - told.length
  return [...told, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

function word(status: AnswerChange['before']): string {
  if (status === 'not-asked') return 'not asked'
  return status === null ? 'no answer' : String(status)
}
