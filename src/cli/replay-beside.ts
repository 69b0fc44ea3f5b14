import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import { digestOfSnapshot } from '../examine/digest.ts'
import { changedFindings } from '../history/changed-findings.ts'
import { differences } from '../history/differences.ts'
import type { Snapshot } from '../host/snapshot.ts'
import { section } from './finding-text.ts'
import { inertLine } from './inert.ts'
import type { Terminal } from './paint.ts'
import { hostTime } from './when.ts'
import { block, wrap } from './wrap.ts'

/** JSON of `replay` with two folders (schema 1). */
export interface Beside {
  readonly schema: 1
  readonly before: Diagnosis
  readonly after: Diagnosis
  /** What they find differently, in words. */
  readonly findings: readonly string[]
  /** What differs on the host: units, listeners, configuration lines, certificates, version. */
  readonly host: readonly string[]
}

/** Two captured hosts, or one host at two times, judged and compared. */
export function besideOf(before: Snapshot, after: Snapshot, judge: (snapshot: Snapshot) => Diagnosis): Beside {
  const [was, is] = [judge(before), judge(after)]
  return {
    schema: 1,
    before: was,
    after: is,
    findings: changedFindings(was, is),
    host: differences(digestOfSnapshot(before), digestOfSnapshot(after)),
  }
}

export function besideText({ before, after, findings, host }: Beside, terminal: Terminal): string {
  const sections = [
    [lookText('Before', before, terminal), lookText('After', after, terminal)].join('\n'),
    section('Found differently', listed(findings, 'Both find the same.', terminal), terminal),
    section('Different on the host', listed(host, 'Nothing that is compared differs.', terminal), terminal),
  ]
  return `${sections.join('\n\n')}\n`
}

function lookText(
  word: string,
  { host, headline, collectedAt, timezone }: Diagnosis,
  { paint, width }: Terminal,
): string {
  const at = hostTime(collectedAt, timezone, collectedAt)
  return paint(
    'bold',
    wrap(`${word}: ${inertLine(host)} at ${at} on ${collectedAt.slice(0, 10)}: ${inertLine(headline)}`, width, '  '),
  )
}

function listed(lines: readonly string[], none: string, { width }: Terminal): readonly string[] {
  return (lines.length === 0 ? [none] : lines).map((line) => block(inertLine(line), width, '  ', '    '))
}
