import { causes } from '../diagnosis/cause.ts'
import type { HitRate, Judged, Share } from '../history/hit-rate.ts'
import type { Truth } from '../history/tally.ts'
import { inertLine } from './inert.ts'
import type { Terminal } from './paint.ts'
import { block } from './wrap.ts'

export interface StatsHead {
  readonly days: number
  readonly hosts: number
  /** Entries that neither bot nor worker wrote. */
  readonly left: number
}

const mostListed = 20

/** The hit rate for a person: how often people say that an answer was right, and first of all where it was surely wrong. */
export function statsText(rate: HitRate, head: StatsHead, { paint, width }: Terminal): string {
  const line = (text: string, indent = ''): string => block(inertLine(text), width, indent, `${indent}  `)
  const list = (title: string, judged: readonly Judged[]): readonly string[] =>
    judged.length === 0
      ? []
      : [
          '',
          paint('bold', title),
          ...judged.slice(0, mostListed).map((one) => line(judgedLine(one), '  ')),
          ...more(judged),
        ]
  const { diagnoses, answers } = rate
  return [
    paint(
      'bold',
      line(
        `${count(head.days, 'day')}, ${count(head.hosts, 'host')}: ${counted(diagnoses)}, ${answers} of them with an answer.`,
      ),
    ),
    line(summary(rate)),
    ...(head.left === 0
      ? []
      : [
          line(
            `${count(head.left, 'entry', 'entries')} that neither bot nor worker has signed ${head.left === 1 ? 'was' : 'were'} left out.`,
          ),
        ]),
    ...list('Wrong, and sure of it', rate.wrongConfident),
    ...list('Wrong', rate.otherWrong),
    ...list('Disputed', rate.disputed),
    ...list('It could not tell, and people say what it was', rate.named),
    ...(rate.byCause.length === 0 ? [] : ['', paint('bold', 'By answer')]),
    ...rate.byCause.map(({ cause, rate: share }) => `  ${cause.padEnd(28)} ${shareWords(share)}`),
    '',
  ].join('\n')
}

function summary({ rate, answers }: HitRate): string {
  if (rate.of === 0) return 'Nobody has judged an answer yet: the buttons are below each diagnosis in Slack.'
  return `People judged ${rate.of} of ${answers} answers: ${shareWords(rate)}.`
}

/** "13 of 14 right, 93 % (95 % interval: 69 to 99 %)". */
function shareWords({ right, of, interval }: Share): string {
  const share = `${right} of ${of} right, ${percent(right / Math.max(1, of))}`
  return interval === null
    ? share
    : `${share} (95 % interval: ${Math.round(interval.from * 100)} to ${percent(interval.to)})`
}

function judgedLine({ at, host, answer, verdict, confidence, truth, headline, id }: Judged): string {
  const said = answer === null ? verdict : `${answer}${confidence === null ? '' : `, ${confidence}`}`
  const was = truth === null ? '' : `; it was ${truthWords(truth)}`
  return `${at.slice(0, 16).replace('T', ' ')} UTC ${host} (${id.slice(0, 8)}): ${said}${was}. “${headline}”`
}

export function truthWords(truth: Truth): string {
  if (truth === 'nothing-wrong') return 'nothing wrong'
  return truth === 'not-listed' ? 'nothing of the list' : `${truth} (${causes[truth].title})`
}

function more(judged: readonly Judged[]): readonly string[] {
  return judged.length > mostListed ? [`  and ${judged.length - mostListed} more (--json has all)`] : []
}

function counted(diagnoses: number): string {
  return diagnoses === 1 ? '1 diagnosis' : `${diagnoses} diagnoses`
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
