import { causes } from '../diagnosis/cause.ts'
import type { Diagnosis, Finding } from '../diagnosis/diagnosis.ts'
import { momentIn } from './incident-time.ts'
import { codeSpan, fenced, prose } from './markdown.ts'

export function section(title: string, lines: readonly string[]): string {
  return [`## ${title}`, '', ...lines].join('\n')
}

export function causeSections(diagnosis: Diagnosis): readonly string[] {
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

export function unknownOf({ findings, unjudged, unseen, verdict }: Diagnosis): readonly string[] {
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
