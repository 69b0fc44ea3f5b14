import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import type { Sight, Standing } from './watch.ts'

const longest = 300

/** What of a diagnosis counts as the same in the next look: the verdict, and of what fails its cause and what it is about. Pure. */
export function sightOf(diagnosis: Diagnosis): Sight {
  const { host, verdict, findings, headline, reason } = diagnosis
  const first = findings[0]
  const about = first?.subject
  const key = {
    diagnosed: () => [first?.cause, about?.host, about?.upstream, about?.unit, about?.path, about?.file],
    // Without an answer what fails is all there is; numbers in its words change from look to look.
    undetermined: () => (first?.failingNow ? [first.cause, about?.upstream, about?.unit] : []),
    unreachable: () => [reason],
    healthy: () => [],
  }[verdict]()
  return {
    host,
    key: JSON.stringify([verdict, ...key.map((part) => part ?? '')]),
    isConfirmed: verdict === 'diagnosed' && first?.confidence === 'confirmed',
    line: (verdict === 'diagnosed' && first ? first.summary : headline).slice(0, longest),
  }
}

/** A look that could not be made. */
export function failedSight(host: string, message: string): Sight {
  return { host, key: JSON.stringify(['failed']), isConfirmed: false, line: message.slice(0, longest) }
}

/** What stands after this look. The first one is no news; that a cause is less sure than it was is none either. */
export function standingAfter(before: Standing | null, sight: Sight, revision: number, now: Date): Standing {
  const at = now.toISOString()
  if (before === null) return { ...sight, at, looks: 1, changes: 0, revision, news: null }
  const same = before.key === sight.key
  const isConfirmed = sight.isConfirmed || (same && before.isConfirmed)
  const isSurer = same && sight.isConfirmed && !before.isConfirmed
  const news: Standing['news'] = same && !isSurer ? null : { before: before.line, kind: isSurer ? 'surer' : 'other' }
  const changes = before.changes + (news === null ? 0 : 1)
  return { ...sight, isConfirmed, at, looks: before.looks + 1, changes, revision, news }
}
