import type { ShownStep } from '../audit/steps-of.ts'
import type { HistoryEntry } from './entry.ts'
import { codeSpan, prose } from './markdown.ts'
import type { Said } from './said.ts'

export interface TimelineLine {
  /** ISO. */
  readonly at: string
  /** Markdown, one line. */
  readonly what: string
}

export interface TimelineSources {
  readonly said: Said
  /** Of its host, oldest first. */
  readonly entries: readonly HistoryEntry[]
  readonly steps: readonly ShownStep[]
  readonly alerts: { readonly resolvedAt: string | null; readonly over: boolean } | null
  /** A person, for Markdown: "Dana (U0DANA00001)". */
  readonly who: (userId: string) => string
}

const mostLines = 150

/** What happened when, oldest first. */
export function timelineOf(sources: TimelineSources): readonly TimelineLine[] {
  const { said, entries, steps, who } = sources
  const lines = [
    ...began(said),
    asked(sources),
    { at: said.saidAt, what: `Told: ${prose(said.diagnosis.headline)}` },
    ...resolved(sources),
    ...steps.flatMap((step) => linesOf(step, who)),
    ...entries.flatMap((entry) => linesOfEntry(entry, sources)),
  ]
  return lines.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)).slice(0, mostLines)
}

function began({ diagnosis }: Said): readonly TimelineLine[] {
  const { since } = diagnosis.findings[0] ?? { since: null }
  return diagnosis.verdict === 'diagnosed' && since !== null
    ? [{ at: since, what: 'It began, as far as the host tells' }]
    : []
}

function resolved({ alerts }: TimelineSources): readonly TimelineLine[] {
  if (alerts === null || alerts.resolvedAt === null) return []
  return [
    { at: alerts.resolvedAt, what: `Its sender calls ${alerts.over ? 'the alerts' : 'some of the alerts'} resolved` },
  ]
}

function asked({ said: { askedAt, askedBy, diagnosis }, who }: TimelineSources): TimelineLine {
  const about = diagnosis.site === undefined ? '' : ` of ${codeSpan(diagnosis.site)}`
  const by =
    askedBy.kind === 'user'
      ? `asked for by ${who(askedBy.userId)}`
      : `started by the alert ${codeSpan(askedBy.title)} of ${codeSpan(askedBy.source, 60)}`
  return { at: askedAt, what: `Diagnosis${about} ${by}` }
}

function linesOf(step: ShownStep, who: TimelineSources['who']): readonly TimelineLine[] {
  const { at } = step
  switch (step.step) {
    case 'started': {
      const what = `About to run: ${doing(step)}`
      return [...step.presses.map((press) => pressLine(press, who)), { at, what }]
    }
    case 'ran':
      return [{ at, what: ranWords(step) }]
    case 'ended':
      return [{ at, what: `Checked after it: ${outcome(step)}` }]
    case 'settled':
      return [{ at, what: `Its worker was lost; the host was asked what became of it: ${outcome(step)}` }]
    case 'watched':
      return [{ at, what: `Looked at again: ${outcome(step)}` }]
    case 'turned-away':
      return [{ at, what: `Turned away${step.by === null ? '' : ` (${who(step.by)})`}: ${prose(step.because, 300)}` }]
    case 'alone':
      return [{ at, what: `${who(step.by)} goes on alone (break-glass): “${prose(step.reason, 500)}”` }]
    case 'reviewed':
      break
  }
  return [{ at, what: `Reviewed by ${who(step.by)}` }]
}

type Pressed = Extract<ShownStep, { step: 'started' }>['presses'][number]

function pressLine({ at, by, how, reason }: Pressed, who: TimelineSources['who']): TimelineLine {
  const way = how === 'break-glass' ? ' alone (break-glass)' : ''
  return { at, what: `Approved${way} by ${who(by)}${reason === null ? '' : `: “${prose(reason, 500)}”`}` }
}

function doing({ argv, host }: Extract<ShownStep, { step: 'started' }>): string {
  return `${codeSpan(argv.join(' '))} on ${codeSpan(host, 100)}`
}

/** What became of the command itself; whether it helped is another question. */
export function ranWords({ result, exitCode }: Extract<ShownStep, { step: 'ran' }>): string {
  const code = exitCode === null ? '' : ` (exit code ${exitCode})`
  return result === 'ran' ? `It has run${code}` : `It has not run to its end: ${prose(result, 200)}${code}`
}

export function outcome({ outcome: kind, detail }: { readonly outcome: string; readonly detail: string }): string {
  return `${prose(kind, 40)}${detail === '' ? '' : `: ${prose(detail)}`}`
}

/** The audit tells of actions; what is left are other diagnoses of the host, and what people say. */
function linesOfEntry(entry: HistoryEntry, { said, who }: TimelineSources): readonly TimelineLine[] {
  if (entry.kind === 'diagnosis' && entry.id !== said.id) {
    const when = Date.parse(entry.at) < Date.parse(said.saidAt) ? 'before' : 'again'
    return [{ at: entry.at, what: `Diagnosed ${when}: ${prose(entry.headline)}` }]
  }
  if (entry.kind === 'feedback' && entry.diagnosis === said.id)
    return [
      {
        at: entry.at,
        what: `${who(entry.by)} on the answer: ${entry.said === 'something-else' ? 'it was something else' : entry.said}`,
      },
    ]
  return []
}
