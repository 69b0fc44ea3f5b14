import { causes, type CauseId } from '../../diagnosis/cause.ts'
import type { Diagnosis, Finding } from '../../diagnosis/diagnosis.ts'
import type { SweepNote, SweepRow, Topic } from './group-sweep.ts'

const longest = 300
const mostNotes = 20

/** Findings that a sweep is about although nothing fails by them yet. */
const beforeItFails: Partial<Readonly<Record<CauseId, Topic>>> = {
  'cert-expired': 'certificate',
  'disk-full': 'room',
  'config-not-reloaded': 'not-loaded',
  'config-invalid': 'not-loaded',
}

/** What a sweep tells of one host. Pure. */
export function sweepRow(diagnosis: Diagnosis): SweepRow {
  const { host, verdict, findings, headline, unreachable } = diagnosis
  if (verdict === 'unreachable') return row(host, [{ topic: 'unreachable', text: unreachable?.message ?? headline }])
  const found = findings.flatMap((finding) => noteOf(finding) ?? [])
  const rights = rightsOf(diagnosis)
  // What was not seen for want of rights is told as such.
  const isTold =
    found.some(({ topic }) => topic === 'failing') || (rights.length > 0 && /^nothing wrong/i.test(headline))
  const unclear: readonly SweepNote[] =
    verdict === 'undetermined' && !isTold ? [{ topic: 'unclear', text: headline }] : []
  return row(host, [...unclear, ...found, ...rights])
}

/** A host that could not be looked at. */
export function failedRow(host: string, message: string): SweepRow {
  return row(host, [{ topic: 'no-answer', text: message }])
}

function row(host: string, notes: readonly SweepNote[]): SweepRow {
  const all = notes.slice(0, mostNotes).map((note) => ({ ...note, text: note.text.slice(0, longest) }))
  return { host, notes: all }
}

/** Null: history, noise of clients, or what follows from something else. */
function noteOf({ cause, kind, failingNow, summary }: Finding): SweepNote | null {
  if (failingNow && kind === 'cause') return { topic: 'failing', text: summary }
  const topic = beforeItFails[cause]
  const ends = /\((\d{4}-\d\d-\d\d)\)/.exec(summary)?.[1]
  if (!failingNow && kind === 'latent' && topic === 'certificate')
    return { topic, text: summary, ...(ends === undefined ? {} : { ends }) }
  if (!failingNow && topic !== undefined && topic !== 'certificate' && kind !== 'symptom')
    return kind === 'latent' || topic === 'room' ? { topic, text: summary } : null
  return kind === 'latent' ? { topic: 'latent', text: summary } : null
}

/** Rights that our user lacks there, each with what cannot be judged for want of it. */
function rightsOf({ unjudged, unseen }: Diagnosis): readonly SweepNote[] {
  const reasons = [...unjudged.map(({ because }) => because), ...unseen].filter(isRights)
  return [...new Set(reasons)].map((because) => {
    const names = unjudged.filter((each) => each.because === because).map(({ cause }) => causes[cause].title)
    const shown = [...new Set(names)]
    const more = shown.length > 2 ? ` and ${shown.length - 2} more` : ''
    const what = shown.length === 0 ? '' : `, so it cannot be told whether ${shown.slice(0, 2).join(', or ')}${more}`
    return { topic: 'rights', text: `${because.replace(/\.$/, '')}${what}` }
  })
}

function isRights(text: string): boolean {
  return /sudo refused|permission denied|may not (?:be )?read|add the user to group/i.test(text)
}
