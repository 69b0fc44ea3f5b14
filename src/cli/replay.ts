import { Command } from 'commander'
import { replay } from '../examine/replay.ts'
import { SnapshotError } from '../host/snapshot.ts'
import { redactDiagnosis } from '../redact/redact-diagnosis.ts'
import { diagnosisText } from './diagnosis-text.ts'
import { UsageError } from './exit-codes.ts'
import { jsonOption, rawOption } from './options.ts'
import { terminalOf } from './paint.ts'

export function replayCommand(): Command {
  return new Command('replay')
    .description('diagnose a captured host again, offline, as of the time it was captured')
    .argument('<folder>', 'what "gatemedic snapshot" wrote')
    .addOption(jsonOption())
    .addOption(rawOption())
    .addHelpText(
      'after',
      `
Example:
  gatemedic replay ./web-1-snapshot --json`,
    )
    .action(replayFolder)
}

async function replayFolder(folder: string, options: { readonly json: boolean; readonly raw: boolean }): Promise<void> {
  const seen = await replay(folder).catch((error: unknown) => {
    throw error instanceof SnapshotError ? new UsageError(`snapshot ${error.message}`, error) : error
  })
  const diagnosis = options.raw ? seen : redactDiagnosis(seen)
  process.stdout.write(
    options.json ? `${JSON.stringify(diagnosis)}\n` : diagnosisText(diagnosis, terminalOf(process.stdout, process.env)),
  )
}
