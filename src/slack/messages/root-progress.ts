import type { Progress } from '../../jobs/post.ts'
import { mrkdwn } from '../escape.ts'
import type { Message } from './message.ts'
import { header, small } from './rich.ts'

const steps: readonly (readonly [Progress['step'], string])[] = [
  ['queued', 'Waiting for a worker'],
  ['connecting', 'Connecting'],
  ['asking', 'Asking the host'],
  ['asking-closer', 'Looking closer'],
  ['judging', 'Judging'],
]

/** The root message while a diagnosis runs: which host, and where in the short list of steps it is. */
export function rootProgress({ host, step, detail }: Progress, note?: string): Message {
  const current = steps.findIndex(([id]) => id === step)
  const line = steps.slice(1).map(([, title], index) => stepWords(title, index + 1, current, detail))
  const waiting = step === 'queued' ? [small(waitingWords(detail))] : []
  return {
    outside: `Diagnosing ${mrkdwn(host, 60)}`,
    text: `Diagnosing ${mrkdwn(host, 60)}: ${mrkdwn(steps[current]?.[1] ?? step, 40)}`,
    blocks: [
      header(`Diagnosing ${host}`),
      ...(note === undefined ? [] : [small(mrkdwn(note, 300))]),
      ...(step === 'queued' ? waiting : [small(line.join('  ›  '))]),
    ],
  }
}

function waitingWords(detail: string): string {
  return detail === '' ? 'Waiting for a worker. The answer comes here.' : mrkdwn(detail, 200)
}

function stepWords(title: string, index: number, current: number, detail: string): string {
  if (index < current) return `${title}: done`
  if (index > current) return title
  return detail === '' ? `*${title}…*` : `*${title}:* ${mrkdwn(detail, 120)}`
}
