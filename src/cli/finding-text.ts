import { causes } from '../diagnosis/cause.ts'
import type { Diagnosis, Finding, Fix, Impact, Remedy, RuledOut } from '../diagnosis/diagnosis.ts'
import { inert, inertLine } from './inert.ts'
import type { Terminal } from './paint.ts'
import { hostTime, percent } from './when.ts'
import { block } from './wrap.ts'

/** Most lines of one piece of evidence; `--json` has them all. */
const evidenceLines = 20

/** One line about what a finding is worth: "confirmed, failing now, since 03:04:11 (+01:00), 84 % of shop.example.com fails". */
export function standing(finding: Finding, diagnosis: Diagnosis): string {
  const { impact } = finding
  const parts = [
    finding.kind === 'cause' ? finding.confidence : `${finding.kind}, ${finding.confidence}`,
    finding.failingNow ? 'failing now' : 'not failing now',
    ...(impact === null ? [] : impactParts(impact, diagnosis)),
  ]
  return inertLine(parts.join(', '))
}

function impactParts(impact: Impact, { timezone, collectedAt }: Diagnosis): readonly string[] {
  const sites =
    impact.sites.slice(0, 3).join(', ') + (impact.sites.length > 3 ? ` and ${impact.sites.length - 3} more` : '')
  const since =
    impact.firstSeen === null ? [] : [`since ${hostTime(impact.firstSeen, timezone, collectedAt)} (${timezone})`]
  const share =
    impact.failingShare === null
      ? [`${impact.count} error${impact.count === 1 ? '' : 's'}${sites === '' ? '' : ` on ${sites}`}`]
      : [`${percent(impact.failingShare)} of ${sites === '' ? 'all requests' : sites} fails`]
  const rate =
    impact.perMinute !== undefined && impact.perMinute >= 1 ? [`${Math.round(impact.perMinute)} a minute`] : []
  return [...since, ...share, ...rate, ...(impact.intermittent ? ['intermittent'] : [])]
}

/** Everything under a finding: evidence, look-alikes, what is open, and the fix. */
export function findingSections(finding: Finding, terminal: Terminal): readonly string[] {
  return [
    section(
      'Evidence',
      finding.evidence.map((each) => evidenceText(each, terminal)),
      terminal,
    ),
    section(
      'Ruled out',
      finding.ruledOut.map((each) => reasonText(each, terminal)),
      terminal,
    ),
    section(
      'Open',
      finding.openQuestions.map((each) => reasonText(each, terminal)),
      terminal,
    ),
    section('Fix', fixLines(finding.fix, terminal), terminal),
  ].filter((text) => text !== '')
}

export function section(title: string, lines: readonly string[], { paint }: Terminal): string {
  return lines.length === 0 ? '' : [paint('bold', title), ...lines].join('\n')
}

function evidenceText(evidence: Finding['evidence'][number], { paint, width }: Terminal): string {
  const lines = inert(evidence.text).trimEnd().split('\n')
  const left = lines.length - evidenceLines
  const shown = [...lines.slice(0, evidenceLines), ...(left > 0 ? [`(${left} more lines)`] : [])]
  const where = evidence.host === undefined ? '' : `${evidence.host} `
  return [
    paint('cyan', `  ${inertLine(`${where}$ ${evidence.command}`)}`),
    ...shown.map((line) => block(line, width, '    ', '      ')),
  ].join('\n')
}

export function reasonText({ cause, because }: RuledOut | Diagnosis['unjudged'][number], { width }: Terminal): string {
  return block(`${cause}: ${inertLine(because)}`, width, '  ', '    ')
}

/** Commands and diffs are never wrapped: they are there to be copied. */
function fixLines(fix: Fix, terminal: Terminal): readonly string[] {
  return [
    ...fix.steps.map((step, index) => `  ${index + 1}. ${inertLine(step)}`),
    ...(fix.diff === null ? [] : [diffText(fix.diff, terminal)]),
    ...(fix.action === null ? [] : [block(actionText(fix.action), terminal.width, '  ', '    ')]),
  ]
}

function diffText(diff: string, { paint }: Terminal): string {
  return inert(diff)
    .trimEnd()
    .split('\n')
    .map(
      (line) => `  ${line.startsWith('+') ? paint('green', line) : line.startsWith('-') ? paint('red', line) : line}`,
    )
    .join('\n')
}

function actionText(action: Remedy): string {
  const what = `Gatemedic could do it after approval in Slack: ${action.id} ${action.target}`
  return inertLine(action.allowed ? what : `${what}; not here: ${action.refused ?? 'not allowed'}`)
}

export function titleOf(finding: Finding): string {
  return `${finding.cause} (${causes[finding.cause].title})`
}
