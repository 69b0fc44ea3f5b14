import type { DiagnosisKept, FindingKept, HistoryEntry } from './entry.ts'
import type { HostDigest } from './host-digest.ts'
import type { UndoneChange } from './past.ts'
import { sameTrouble } from './same-trouble.ts'

/**
 * The fix of this diagnosis was made before and is gone: an earlier diagnosis wanted the same lines out of the same file, the last healthy look
 * after it saw the file without them, and now they are there again. Null where one of the three is not known. Pure.
 *
 * @param healthy the last look in which nothing was failing
 * @param writtenBy the program that writes the file, where the finding knows one
 */
export function undoneChange(
  now: DiagnosisKept,
  remembered: readonly HistoryEntry[],
  healthy: HostDigest | null,
  writtenBy: string | null,
): UndoneChange | null {
  const [answer] = now.findings
  const takesOut = answer?.takesOut
  if (answer === undefined || takesOut === undefined || takesOut.lines.length === 0 || healthy === null) return null
  const asked = remembered
    .filter((each) => each.kind === 'diagnosis')
    .filter(
      ({ host, id, at }) => host === now.host && id !== now.id && Date.parse(at) < Date.parse(healthy.collectedAt),
    )
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
    .find(({ findings }) => findings.some((each) => wanted(each, answer, now.host)))
  if (asked === undefined) return null
  const lines = healthy.files?.[takesOut.file]?.lines
  if (!lines || lines.some((line) => takesOut.lines.includes(line.trim()))) return null
  return { file: takesOut.file, askedAt: asked.at, seenAt: healthy.collectedAt, writtenBy }
}

function wanted(earlier: FindingKept, answer: FindingKept, host: string): boolean {
  if (!sameTrouble(earlier, answer, { one: host, other: host })) return false
  const { file, lines } = earlier.takesOut ?? { file: '', lines: [] }
  return file === answer.takesOut?.file && answer.takesOut.lines.some((line) => lines.includes(line))
}

type TakenOut = NonNullable<FindingKept['takesOut']>

/** The lines that a unified diff takes out of its first file, without indentation; null when it takes out none. */
export function takenOut(diff: string | null, configured: string | undefined): TakenOut | null {
  if (diff === null) return null
  const first = diff.split(/^(?=--- a\/)/m).find((part) => part.startsWith('--- a/')) ?? ''
  const path = /^--- a(?<path>\/[^\t\n]+)/.exec(first)?.groups?.['path']
  if (path === undefined) return null
  const lines = first
    .split('\n')
    .slice(1)
    .filter((line) => line.startsWith('-'))
    .map((line) => line.slice(1).trim().slice(0, 300))
    .filter((line) => line !== '')
  // The diff names a file by its own path, looks at the configuration name it by the link that nginx reads.
  const file = configured !== undefined && nameOf(configured) === nameOf(path) ? configured : path
  return lines.length === 0 ? null : { file, lines: lines.slice(0, 10) }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
