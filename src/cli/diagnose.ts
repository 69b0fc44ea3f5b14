import { Command } from 'commander'
import { clientsOf } from '../examine/clients-of.ts'
import { leaveDiagnosis } from '../examine/leave.ts'
import { memberOf } from '../fleet/member-of.ts'
import type { FleetMember } from '../fleet/member.ts'
import { diagnosisText } from './diagnosis-text.ts'
import { exitCodes } from './exit-codes.ts'
import { fleetText } from './fleet-text.ts'
import { lookAt } from './look-at.ts'
import { masksClients } from './masks-clients.ts'
import { budgetOption, inventoryOption, jsonOption, needInventory, rawOption, sinceOption } from './options.ts'
import { terminalOf } from './paint.ts'
import { readTargets } from './targets.ts'

interface DiagnoseOptions {
  readonly inventory?: string
  readonly json: boolean
  readonly raw: boolean
  readonly since?: number
  readonly budget: number
}

export function diagnoseCommand(): Command {
  return new Command('diagnose')
    .description('look at a host over SSH and say why nginx fails, with evidence and a fix; changes nothing')
    .argument(
      '<target...>',
      'a host, a site or URL it serves, "SITE on HOST", group:NAME; several with spaces or commas',
    )
    .addOption(inventoryOption())
    .addOption(sinceOption())
    .addOption(budgetOption())
    .addOption(jsonOption())
    .addOption(rawOption())
    .addHelpText(
      'after',
      `
Examples:
  gatemedic diagnose web-1 --inventory hosts.yml
  gatemedic diagnose https://shop.example.com/cart -i hosts.yml --since 2h
  gatemedic diagnose group:edge -i hosts.yml --json

Several hosts: what each of them says, and then what they say together. With
--json one object a line.

Exit code: 0 when a diagnosis was made, whatever it says; 2 for wrong use or an
inventory that cannot be used; 3 when a host is unreachable; 130 after Ctrl-C.`,
    )
    .action(diagnose)
}

async function diagnose(words: readonly string[], options: DiagnoseOptions): Promise<void> {
  const inventory = await needInventory(options.inventory)
  const targets = readTargets(words, inventory)
  const terminal = terminalOf(process.stdout, process.env)
  const maskClients = await masksClients()
  const members: FleetMember[] = []
  await lookAt(targets, { inventory, budget: options.budget, since: options.since, quiet: options.json }, (seen) => {
    const leaving = { clients: clientsOf(seen), maskClients }
    const diagnosis = options.raw ? seen.diagnosis : leaveDiagnosis(seen.diagnosis, leaving)
    if (diagnosis.verdict === 'unreachable') process.exitCode = exitCodes.unreachable
    const gap = members.length > 0 ? '\n' : ''
    process.stdout.write(
      options.json ? `${JSON.stringify(diagnosis)}\n` : `${gap}${diagnosisText(diagnosis, terminal)}`,
    )
    members.push(memberOf(diagnosis, null))
  })
  if (members.length > 1 && !options.json) process.stdout.write(`\n${fleetText(members, terminal)}`)
}
