import { Command } from 'commander'
import { replaySnapshot } from '../examine/replay.ts'
import { readSnapshot, type Snapshot, SnapshotError } from '../host/snapshot.ts'
import { redactDiagnosis } from '../redact/redact-diagnosis.ts'
import { redactStrings } from '../redact/redact-strings.ts'
import { diagnosisText } from './diagnosis-text.ts'
import { UsageError } from './exit-codes.ts'
import { jsonOption, rawOption } from './options.ts'
import { terminalOf } from './paint.ts'
import { besideOf, besideText } from './replay-beside.ts'

export function replayCommand(): Command {
  return new Command('replay')
    .description('diagnose a captured host again, offline, as of the time it was captured')
    .argument('<folder>', 'what "gatemedic snapshot" wrote')
    .argument('[later]', 'a second one, to be told what changed')
    .addOption(jsonOption())
    .addOption(rawOption())
    .addHelpText(
      'after',
      `
Example:
  gatemedic replay ./web-1-snapshot --json
  gatemedic replay ./web-1-before ./web-1-after`,
    )
    .action(replayFolder)
}

interface ReplayOptions {
  readonly json: boolean
  readonly raw: boolean
}

async function replayFolder(folder: string, later: string | undefined, options: ReplayOptions): Promise<void> {
  const first = await read(folder)
  if (later !== undefined) return replayBeside(first, await read(later), options)
  const seen = replaySnapshot(first)
  const diagnosis = options.raw ? seen : redactDiagnosis(seen)
  process.stdout.write(
    options.json ? `${JSON.stringify(diagnosis)}\n` : diagnosisText(diagnosis, terminalOf(process.stdout, process.env)),
  )
}

function replayBeside(before: Snapshot, after: Snapshot, options: ReplayOptions): void {
  const seen = besideOf(before, after)
  const beside = options.raw ? seen : redactStrings(seen)
  process.stdout.write(
    options.json ? `${JSON.stringify(beside)}\n` : besideText(beside, terminalOf(process.stdout, process.env)),
  )
}

async function read(folder: string): Promise<Snapshot> {
  return readSnapshot(folder).catch((error: unknown) => {
    throw error instanceof SnapshotError ? new UsageError(`snapshot ${error.message}`, error) : error
  })
}
