import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { clientsOf } from '../examine/clients-of.ts'
import { leaveAnswers, leaveDiagnosis } from '../examine/leave.ts'
import type { Look } from '../examine/look.ts'
import { type Snapshot, writeSnapshot } from '../host/snapshot.ts'
import { snapshotReadme } from '../host/snapshot-readme.ts'
import { redactText } from '../redact/redact-text.ts'
import { exitCodes, UsageError } from './exit-codes.ts'
import { inertLine } from './inert.ts'
import { lookAt } from './look-at.ts'
import { masksClients } from './masks-clients.ts'
import { budgetOption, inventoryOption, needInventory, sinceOption } from './options.ts'
import { readTargets } from './targets.ts'

interface SnapshotOptions {
  readonly inventory?: string
  readonly out: string
  readonly recordedOn?: string
  readonly since?: number
  readonly budget: number
}

export function snapshotCommand(): Command {
  return new Command('snapshot')
    .description('capture a host into a folder, secrets taken out, for replay, tests and bug reports')
    .argument('<host>', 'a host, or a site that it serves')
    .addOption(inventoryOption())
    .requiredOption('-o, --out <folder>', 'where to write; files of an older snapshot there are replaced')
    .option('--recorded-on <words>', 'where it comes from, for the record (default: the system of the host)')
    .addOption(sinceOption())
    .addOption(budgetOption())
    .addHelpText(
      'after',
      `
Example:
  gatemedic snapshot web-1 --inventory hosts.yml -o ./web-1-snapshot

Look through the folder before you hand it on: placeholders such as <redacted:token>
stand for secrets that were recognised, names and addresses are left as they are,
but for those of clients where maskClients of gatemedic.yml says so.`,
    )
    .action(snapshot)
}

async function snapshot(host: string, options: SnapshotOptions): Promise<void> {
  const inventory = await needInventory(options.inventory)
  const targets = readTargets([host], inventory)
  if (targets.length > 1) throw new UsageError('A snapshot is of one host. Name one.')
  const maskClients = await masksClients()
  await lookAt(targets, { inventory, budget: options.budget, since: options.since, quiet: false }, async (seen) => {
    const { diagnosis, facts, recorded } = seen
    if (facts === null) {
      const { message, next } = diagnosis.unreachable ?? { message: diagnosis.headline, next: '' }
      process.stderr.write(`gatemedic: ${inertLine(redactText(`${message}. ${next}`))}\n`)
      process.exitCode = exitCodes.unreachable
      return
    }
    const leaving = { clients: clientsOf(seen), maskClients }
    const given: Snapshot = {
      host: diagnosis.host,
      collectedAt: diagnosis.collectedAt,
      timezone: diagnosis.timezone,
      recordedOn: options.recordedOn ?? systemOf(facts),
      captures: recorded,
    }
    const captured = leaveAnswers(given, leaving)
    const { headline } = leaveDiagnosis(diagnosis, leaving)
    await writeSnapshot(options.out, captured)
    await writeFile(join(options.out, 'README.md'), snapshotReadme(captured, headline))
    process.stderr.write(`${recorded.length} captures of ${diagnosis.host} (${diagnosis.verdict}) in ${options.out}\n`)
  })
}

function systemOf(facts: NonNullable<Look['facts']>): string {
  return facts.host.known ? facts.host.value.os : 'unknown system'
}
