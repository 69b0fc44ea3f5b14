import { Command } from 'commander'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import { clientsIn } from '../examine/clients-of.ts'
import { leaveDiagnosis } from '../examine/leave.ts'
import { replaySnapshot } from '../examine/replay.ts'
import { readSnapshot, type Snapshot, SnapshotError } from '../host/snapshot.ts'
import { redactStrings } from '../redact/redact-strings.ts'
import { diagnosisText } from './diagnosis-text.ts'
import { UsageError } from './exit-codes.ts'
import { masksClients } from './masks-clients.ts'
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

async function replayFolder(folder: string, later: string | undefined, { json, raw }: ReplayOptions): Promise<void> {
  const first = await read(folder)
  const maskClients = raw ? false : await masksClients()
  const judge = (snapshot: Snapshot): Diagnosis => {
    const seen = replaySnapshot(snapshot)
    return raw ? seen : leaveDiagnosis(seen, { clients: clientsIn(snapshot), maskClients })
  }
  const terminal = terminalOf(process.stdout, process.env)
  if (later === undefined) {
    const diagnosis = judge(first)
    process.stdout.write(json ? `${JSON.stringify(diagnosis)}\n` : diagnosisText(diagnosis, terminal))
    return
  }
  const seen = besideOf(first, await read(later), judge)
  const beside = raw ? seen : redactStrings(seen)
  process.stdout.write(json ? `${JSON.stringify(beside)}\n` : besideText(beside, terminal))
}

async function read(folder: string): Promise<Snapshot> {
  return readSnapshot(folder).catch((error: unknown) => {
    throw error instanceof SnapshotError ? new UsageError(`snapshot ${error.message}`, error) : error
  })
}
