import type { ShownStep } from '../audit/steps-of.ts'
import { causes } from '../diagnosis/cause.ts'
import type { Diagnosis, Finding } from '../diagnosis/diagnosis.ts'
import type { HistoryEntry } from './entry.ts'
import { outcome, ranWords, timelineOf } from './incident-timeline.ts'
import { codeSpan, fenced, prose } from './markdown.ts'
import type { Past } from './past.ts'
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

export interface ReadersZone {
  /** "Europe/Berlin". */
  readonly name: string
  readonly offsetSeconds: number
}

/** As the thread counts them. Titles are the sender's. */
export interface AlertsCounted {
  readonly source: string
  readonly alerts: number
  readonly titles: readonly { readonly title: string; readonly count: number }[]
  readonly resolvedAt: string | null
  readonly over: boolean
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

/** "web-1-2026-11-21-0308.md": letters, digits and hyphens, whatever the host is called. */
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

function offsetWords({ offsetSeconds }: ReadersZone): string {
  const minutes = Math.round(Math.abs(offsetSeconds) / 60)
  const two = (part: number): string => `${part}`.padStart(2, '0')
  return `${offsetSeconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** "2026-11-21 03:08:11 (04:08)". */
function momentIn(iso: string, zone: ReadersZone | null): string {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return 'unknown time'
  const utc = new Date(at).toISOString().slice(0, 19).replace('T', ' ')
  if (zone === null || zone.offsetSeconds === 0) return utc
  return `${utc} (${new Date(at + zone.offsetSeconds * 1000).toISOString().slice(11, 16)})`
}

function section(title: string, lines: readonly string[]): string {
  return [`## ${title}`, '', ...lines].join('\n')
}

function titleOf({ verdict, findings }: Diagnosis): string {
  const first = findings[0]
  if (verdict === 'diagnosed' && first !== undefined) return causes[first.cause].title
  if (verdict === 'healthy') return 'nothing wrong was seen'
  return verdict === 'unreachable' ? 'the host could not be reached' : 'the cause was not found'
}

function shortOf({ said, steps, alerts }: IncidentParts): readonly string[] {
  const { diagnosis, host } = said
  const first = diagnosis.verdict === 'diagnosed' ? diagnosis.findings[0] : undefined
  const end = steps.findLast(({ step }) => step === 'ended' || step === 'settled' || step === 'watched')
  return [
    `- Host: ${codeSpan(host, 100)}${diagnosis.site === undefined ? '' : `, asked about ${codeSpan(diagnosis.site)}`}; times in its own texts are by its clock, UTC${/^[+-]\d\d:\d\d$/.test(diagnosis.timezone) ? diagnosis.timezone : ''}`,
    `- Answer: ${prose(diagnosis.headline)} (${diagnosis.verdict}${first === undefined ? '' : `, ${first.confidence}`})`,
    ...(first?.impact?.sites.length
      ? [
          `- Sites: ${first.impact.sites
            .slice(0, 10)
            .map((site) => codeSpan(site, 100))
            .join(', ')}`,
        ]
      : []),
    ...(alerts === null ? [] : [`- Alerts: ${alertsWords(alerts)}`]),
    ...(said.past === undefined || said.past.count < 2 ? [] : [`- Before: ${pastWords(said.past)}`]),
    `- Last seen: ${end !== undefined && 'outcome' in end ? outcome(end) : 'no action of Gatemedic has ended in this thread'}`,
  ]
}

function alertsWords({ source, alerts, titles }: AlertsCounted): string {
  const named = titles
    .slice(0, 10)
    .map(({ title, count }) => `${codeSpan(title, 120)}${count > 1 ? ` (${count} times)` : ''}`)
  return `${alerts} from ${codeSpan(source, 60)}: ${named.join(', ')}`
}

function pastWords({ count, days, earlier, lastFix }: Past): string {
  const times = `${count} times in ${days} days, this one with them (${earlier.map((at) => momentIn(at, null)).join(', ')})`
  if (lastFix === null) return `${times}; nothing that was done from here cured it`
  const { action, target, host, lastedMs } = lastFix
  const lasted = lastedMs < 5_400_000 ? `${Math.round(lastedMs / 60_000)} min` : `${Math.round(lastedMs / 3_600_000)} h`
  return `${times}; last fix: ${codeSpan(`${action} ${target}`)} on ${codeSpan(host, 100)}, lasted ${lasted}`
}

function causeSections(diagnosis: Diagnosis): readonly string[] {
  const [first, ...others] = diagnosis.findings
  if (first === undefined) return [section('Cause', ['No finding.', ...checkedOf(diagnosis)])]
  return [
    section('Cause', [
      `${prose(first.summary)} (${codeSpan(first.cause, 60)}, ${first.confidence}${first.failingNow ? '' : ', not failing any more when it was looked at'})`,
      ...(subjectOf(first) === '' ? [] : ['', `About: ${subjectOf(first)}`]),
      ...(others.length === 0
        ? []
        : ['', 'Also found:', '', ...others.slice(0, 10).map(({ summary }) => `- ${prose(summary)}`)]),
      ...(first.fix.steps.length === 0 ? [] : ['', 'What was said to help:', '', fenced(first.fix.steps.join('\n'))]),
      ...(first.fix.diff === null
        ? []
        : ['', 'Change of the configuration that was shown:', '', fenced(first.fix.diff)]),
    ]),
    section('Evidence', evidenceOf(first)),
    section(
      'What was ruled out',
      first.ruledOut.length === 0 ? ['Nothing in particular.'] : first.ruledOut.map(ruledOutLine),
    ),
    ...(diagnosis.changes?.length
      ? [
          section(
            'Changed shortly before it began',
            diagnosis.changes.map(({ at, what }) => `- ${momentIn(at, null)} · ${prose(what)}`),
          ),
        ]
      : []),
  ]
}

function checkedOf({ checked }: Diagnosis): readonly string[] {
  return checked.length === 0
    ? []
    : ['', 'Looked at and found well:', '', ...checked.slice(0, 20).map((each) => `- ${prose(each)}`)]
}

function subjectOf({ subject }: Finding): string {
  const { host, upstream, unit, file, line, path } = subject
  const parts = [
    host,
    upstream,
    unit,
    file === undefined ? undefined : `${file}${line === undefined ? '' : `:${line}`}`,
    path,
  ]
  return parts.flatMap((part) => (part === undefined ? [] : [codeSpan(part)])).join(', ')
}

function evidenceOf({ evidence }: Finding): readonly string[] {
  if (evidence.length === 0) return ['None was kept.']
  return evidence
    .slice(0, 10)
    .flatMap(({ host, command, text }, index) => [
      ...(index === 0 ? [] : ['']),
      `${codeSpan(command)}${host === undefined ? '' : ` on ${codeSpan(host, 100)}`}`,
      '',
      fenced(text, 3000),
    ])
}

function ruledOutLine({ cause, because }: Finding['ruledOut'][number]): string {
  return `- Not ${codeSpan(cause, 60)} (${causes[cause].title}): ${prose(because)}`
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

function unknownOf({ findings, unjudged, unseen, verdict }: Diagnosis): readonly string[] {
  const open = (findings[0]?.openQuestions ?? []).map(
    ({ cause, because }) => `- Whether it is ${codeSpan(cause, 60)}: ${prose(because)}`,
  )
  const others = unjudged
    .slice(0, 20)
    .map(({ cause, because }) => `- ${codeSpan(cause, 60)} could not be judged: ${prose(because)}`)
  const lines = [...open, ...others, ...unseen.slice(0, 20).map((each) => `- Not seen: ${prose(each)}`)]
  if (lines.length > 0) return [...new Set(lines)]
  return [
    verdict === 'diagnosed' || verdict === 'healthy'
      ? 'Nothing that would have mattered.'
      : 'What would have settled it is not known either.',
  ]
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
