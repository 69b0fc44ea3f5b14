import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FeedbackKept, HistoryEntry } from '../history/entry.ts'
import type { HitRate, Judged } from '../history/hit-rate.ts'
import type { KeptCaptures } from '../history/kept-captures.ts'
import { feedbackOn } from '../history/tally.ts'
import { writeSnapshot } from '../host/snapshot.ts'
import { snapshotReadme } from '../host/snapshot-readme.ts'

export interface Exported {
  /** Folders that were written. */
  readonly folders: readonly string[]
  /** Diagnoses whose answers are not kept any more. */
  readonly gone: readonly Judged[]
}

/** What people say is wrong, each as a snapshot folder that can be replayed, with what it was beside it. */
export async function exportJudged(
  dir: string,
  { wrongConfident, otherWrong, disputed, named }: HitRate,
  entries: readonly HistoryEntry[],
  captures: Pick<KeptCaptures, 'find'>,
): Promise<Exported> {
  const folders: string[] = []
  const gone: Judged[] = []
  for (const judged of [...wrongConfident, ...otherWrong, ...disputed, ...named]) {
    const snapshot = await captures.find(judged.id)
    if (snapshot === null) {
      gone.push(judged)
      continue
    }
    const folder = join(dir, folderOf(judged))
    await mkdir(folder, { recursive: true })
    await writeSnapshot(folder, { ...snapshot, recordedOn: 'a diagnosis that people judged' })
    await writeFile(join(folder, 'README.md'), snapshotReadme(snapshot, judged.headline))
    await writeFile(
      join(folder, 'truth.json'),
      `${JSON.stringify(truthOf(judged, feedbackOn(entries, judged.id)), null, 2)}\n`,
    )
    folders.push(folder)
  }
  return { folders, gone }
}

/** "web-1-2026-11-21-0308-1a2b3c4d": letters, digits, dots and hyphens, whatever a host is called. */
function folderOf({ host, at, id }: Judged): string {
  const time = at.slice(0, 16).replace('T', '-').replace(':', '')
  return `${host}-${time}-${id.slice(0, 8)}`.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^[.-]+/, '')
}

/** Without the ids of people: a test case does not need them. */
function truthOf(judged: Judged, feedback: readonly FeedbackKept[]) {
  const { id, host, at, verdict, answer, confidence, headline, judgement, truth, tally } = judged
  const notes = feedback.flatMap(({ note }) => note ?? [])
  return {
    schema: 1,
    diagnosis: id,
    host,
    at,
    said: { verdict, cause: answer, confidence, headline },
    judgement,
    truth,
    tally,
    notes,
  }
}
