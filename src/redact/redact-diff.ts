import { redactText } from './redact-text.ts'

const hunkHeader = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/

const hidden = /<redacted:[a-z-]+>/

interface Line {
  readonly text: string
  readonly secret: boolean
  /** Line numbers in the old and the new file. */
  readonly old: number
  readonly new: number
}

/**
 * A unified diff that still applies: context lines with a secret are left out, which cuts their hunk there, and a diff that would change
 * such a line is no diff any more (null). A placeholder in a diff would be written into somebody's configuration.
 */
export function redactDiff(diff: string): string | null {
  const lines = diff.replace(/\n$/, '').split('\n')
  const firstHunk = lines.findIndex((line) => hunkHeader.test(line))
  if (firstHunk === -1) return redactText(diff) === diff ? diff : null
  const head = lines.slice(0, firstHunk)
  const hunks = splitHunks(lines.slice(firstHunk))
  if (hunks.some((hunk) => hunk.some((line) => line.secret && !line.text.startsWith(' ')))) return null
  if (!hunks.some((hunk) => hunk.some((line) => line.secret))) return diff
  const kept = hunks.flatMap(cutAtSecrets).map(writeHunk)
  const text = [...head, ...kept].join('\n')
  return diff.endsWith('\n') ? `${text}\n` : text
}

function splitHunks(lines: readonly string[]): readonly (readonly Line[])[] {
  const hunks: Line[][] = []
  let oldAt = 0
  let newAt = 0
  for (const text of lines) {
    const header = hunkHeader.exec(text)
    if (header !== null) {
      oldAt = Number(header[1])
      newAt = Number(header[2])
      hunks.push([])
      continue
    }
    hunks.at(-1)?.push({ text, secret: false, old: oldAt, new: newAt })
    if (!/^[+\\]/.test(text)) oldAt += 1
    if (!/^[-\\]/.test(text)) newAt += 1
  }
  return hunks.map(markSecrets)
}

/** Keys that span lines are seen only in the text as a whole, without the first column. */
function markSecrets(hunk: readonly Line[]): readonly Line[] {
  const redacted = redactText(hunk.map((line) => line.text.slice(1)).join('\n')).split('\n')
  return hunk.map((line, index) => ({
    ...line,
    // The diff of a redacted snapshot has the placeholder already.
    secret: redacted[index] !== line.text.slice(1) || hidden.test(line.text),
  }))
}

/** The runs between secret context lines that change something. */
function cutAtSecrets(hunk: readonly Line[]): readonly (readonly Line[])[] {
  const runs: Line[][] = [[]]
  for (const line of hunk) {
    if (line.secret) runs.push([])
    else runs.at(-1)?.push(line)
  }
  return runs.filter((run) => run.some((line) => /^[-+]/.test(line.text)))
}

function writeHunk(lines: readonly Line[]): string {
  const oldCount = lines.filter((line) => !/^[+\\]/.test(line.text)).length
  const newCount = lines.filter((line) => !/^[-\\]/.test(line.text)).length
  const first = lines[0]
  // With a count of 0 the number is that of the line before (POSIX diff -u).
  const from = (first?.old ?? 1) - (oldCount === 0 ? 1 : 0)
  const to = (first?.new ?? 1) - (newCount === 0 ? 1 : 0)
  return [`@@ -${from},${oldCount} +${to},${newCount} @@`, ...lines.map((line) => line.text)].join('\n')
}
