import type { ShownStep } from '../audit/steps-of.ts'
import type { HistoryEntry } from './entry.ts'
import { causeSections, section, unknownOf } from './incident-findings.ts'
import { type AlertsCounted, shortOf, titleOf } from './incident-short.ts'
import { momentIn, offsetWords, type ReadersZone } from './incident-time.ts'
import { outcome, ranWords, timelineOf } from './incident-timeline.ts'
import { codeSpan, prose } from './markdown.ts'
import type { Said } from './said.ts'
import { feedbackOn, truthOf } from './tally.ts'

export interface IncidentParts {
  readonly said: Said
  /** Of its host since it was asked for, oldest first. */
  readonly entries: readonly HistoryEntry[]
  /** Of the audit, oldest first. */
  readonly steps: readonly ShownStep[]
  /** Of its thread; null where no alert is behind it. */
  readonly alerts: AlertsCounted | null
  /** Slack user id -> what people call him. */
  readonly names: ReadonlyMap<string, string>
  readonly writtenAt: Date
  /** Who asked for the record. */
  readonly writtenFor: string
  /** Of the reader; null where Slack does not say. */
  readonly zone: ReadersZone | null
}

/** Characters of the whole record; Slack shows a text file of a megabyte, but nobody reads one. */
const longest = 60_000

/** The record of one incident in Markdown: what happened when, why, what showed it, what was done and by whom, and what was not known. */
export function incidentRecord(parts: IncidentParts): string {
  const { said } = parts
  const who = (userId: string): string => personIn(parts.names, userId)
  const text = [
    `# Incident record: ${prose(said.host, 100)}, ${prose(titleOf(said.diagnosis), 200)}`,
    headOf(parts, who),
    section('In short', shortOf(parts)),
    section(
      'Timeline (UTC)',
      timelineOf({ ...parts, who }).map(({ at, what }) => `- ${momentIn(at, parts.zone)} · ${what}`),
    ),
    ...causeSections(said.diagnosis),
    section('Actions', actionsOf(parts.steps, who)),
    section('What was not known', unknownOf(said.diagnosis)),
    section('What people say of the answer', opinionsOf(parts, who)),
    'Secrets were taken out before anything left the worker. The record of actions is the audit file of bot and worker; this is written from its copy.',
  ].join('\n\n')
  return `${text.length <= longest ? text : `${text.slice(0, longest)}\n\n(The rest is left out: the record is too long.)`}\n`
}

/** "incident-web-1-2026-11-21-0308.md": letters, digits and hyphens, whatever the host is called. */
export function recordName({ host, askedAt }: Said): string {
  const at = askedAt.slice(0, 16).replace('T', '-').replace(':', '')
  return `incident-${`${host}-${at}`.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 80)}.md`
}

/** Everybody who is named in it. */
export function peopleIn({
  said,
  entries,
  steps,
}: Pick<IncidentParts, 'said' | 'entries' | 'steps'>): readonly string[] {
  const ids = [
    ...(said.askedBy.kind === 'user' ? [said.askedBy.userId] : []),
    ...entries.flatMap((entry) => (entry.kind === 'feedback' && entry.diagnosis === said.id ? [entry.by] : [])),
    ...steps.flatMap((step) => (step.by === null ? [] : step.by)),
    ...steps.flatMap((step) => (step.step === 'started' ? step.presses.map(({ by }) => by) : [])),
  ]
  return [...new Set(ids)].slice(0, 50)
}

function personIn(names: IncidentParts['names'], userId: string): string {
  const name = names.get(userId)
  return name === undefined ? codeSpan(userId, 40) : `${prose(name, 80)} (${codeSpan(userId, 40)})`
}

function headOf({ writtenAt, writtenFor, zone }: IncidentParts, who: (userId: string) => string): string {
  const at = `Written ${momentIn(writtenAt.toISOString(), null)} UTC by Gatemedic for ${who(writtenFor)}.`
  if (zone === null) return `${at} All times are UTC.`
  return `${at} All times are UTC; in brackets, the time of day of that reader (${codeSpan(zone.name, 60)}, UTC${offsetWords(zone)}).`
}

const endWords = {
  ended: 'checked after it',
  settled: 'its worker was lost, and the host was asked',
  watched: 'looked at again later',
} as const

function actionsOf(steps: readonly ShownStep[], who: (userId: string) => string): readonly string[] {
  const started = steps.filter((step) => step.step === 'started')
  if (started.length === 0) return ['Gatemedic has run nothing.']
  return started.flatMap((start) => {
    const of = steps.filter((step) => 'proposal' in step && step.proposal === start.proposal)
    const ran = of.find((step) => step.step === 'ran')
    const ends = of.flatMap((step) => ('outcome' in step ? [`  - ${endWords[step.step]}: ${outcome(step)}`] : []))
    return [
      `- ${codeSpan(start.argv.join(' '))} on ${codeSpan(start.host, 100)}`,
      `  - approved by ${start.by.map(who).join(' and ')}`,
      `  - ${ran === undefined ? 'it is not known whether it ran' : ranWords(ran)}`,
      ...ends,
    ]
  })
}

function opinionsOf({ said, entries }: IncidentParts, who: (userId: string) => string): readonly string[] {
  const opinions = feedbackOn(entries, said.id)
  if (opinions.length === 0) return ['Nobody has said whether it was right.']
  return opinions.map((each) => {
    const truth = truthOf(each)
    const was =
      truth === 'nothing-wrong'
        ? 'nothing was wrong'
        : truth === 'not-listed'
          ? 'something that is not in the list'
          : codeSpan(truth)
    const opinion = each.said === 'something-else' ? `it was ${was}` : each.said
    return `- ${who(each.by)}: ${opinion}${each.note === undefined ? '' : `. “${prose(each.note, 400)}”`}`
  })
}
