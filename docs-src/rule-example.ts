import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CauseId } from '../src/diagnosis/cause.ts'
import type { Evidence, Finding } from '../src/diagnosis/diagnosis.ts'
import { replaySnapshot } from '../src/examine/replay.ts'
import { readSnapshot } from '../src/host/snapshot.ts'
import { redactDiagnosis } from '../src/redact/redact-diagnosis.ts'

const captures = fileURLToPath(new URL('../test/rules', import.meta.url))

/** A finding on a recorded host. */
export interface RuleExample {
  /** "test/rules/backend-down/fires-backend-down". */
  readonly folder: string
  readonly recordedOn: string
  readonly finding: Finding
}

/** The first capture of the rule on which it fires; null when there is none yet. */
export async function ruleExample(id: CauseId): Promise<RuleExample | null> {
  const folder = join(captures, id)
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('fires-')) : []
  for (const name of names.toSorted(shortestFirst)) {
    const snapshot = await readSnapshot(join(folder, name))
    const found = redactDiagnosis(replaySnapshot(snapshot)).findings.find(({ cause }) => cause === id)
    if (found !== undefined)
      return { folder: `test/rules/${id}/${name}`, recordedOn: snapshot.recordedOn, finding: found }
  }
  return null
}

/** The plain case has the plainest name. */
function shortestFirst(a: string, b: string): number {
  return a.length - b.length || a.localeCompare(b)
}

const mostPieces = 4
const mostLines = 8
const longestLine = 160

/** The evidence as commands with what they said, for a block of code. */
export function evidenceText(evidence: readonly Evidence[]): string {
  return evidence
    .slice(0, mostPieces)
    .map(({ host, command, text }) => {
      const lines = text.trimEnd().split('\n')
      const more = lines.length > mostLines ? [`... ${lines.length - mostLines} lines more`] : []
      const said = [...lines.slice(0, mostLines).map(cut), ...more]
      return [`${host === undefined ? '' : `${host} `}# ${cut(command)}`, ...said].join('\n')
    })
    .join('\n\n')
}

function cut(line: string): string {
  return line.length <= longestLine ? line : `${line.slice(0, longestLine - 3)}...`
}
