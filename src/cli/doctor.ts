import { Command } from 'commander'
import type { Look } from '../examine/look.ts'
import { redactText } from '../redact/redact-text.ts'
import { exitCodes } from './exit-codes.ts'
import { inertLine } from './inert.ts'
import { lookAt } from './look-at.ts'
import { mendFor } from './mend.ts'
import { budgetOption, inventoryOption, needInventory } from './options.ts'
import { type Terminal, terminalOf } from './paint.ts'
import { block } from './wrap.ts'

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('connect to every host of the inventory and say what can and cannot be read there, and how to mend it')
    .addOption(inventoryOption())
    .addOption(budgetOption())
    .addHelpText(
      'after',
      `
Example:
  gatemedic doctor --inventory hosts.yml

Exit code: 0 when every host was reached, 3 when one was not.`,
    )
    .action(doctor)
}

async function doctor(options: { readonly inventory?: string; readonly budget: number }): Promise<void> {
  const inventory = await needInventory(options.inventory)
  const terminal = terminalOf(process.stdout, process.env)
  const targets = [...inventory.hosts.keys()].map((host) => ({ host }))
  await lookAt(targets, { inventory, budget: options.budget, quiet: false }, (seen, { host }) => {
    const user = inventory.hosts.get(host)?.user ?? ''
    process.stdout.write(`${reportOn(seen, user, terminal)}\n`)
    if (seen.facts === null) process.exitCode = exitCodes.unreachable
  })
}

function reportOn({ diagnosis, facts }: Look, user: string, { paint, width }: Terminal): string {
  const line = (text: string): string => block(inertLine(redactText(text)), width, '  ', '    ')
  if (facts === null) {
    const { message, next } = diagnosis.unreachable ?? { message: diagnosis.headline, next: '' }
    return [paint('red', `${diagnosis.host}: not reached`), line(message), line(`Next: ${next}`)].join('\n')
  }
  const unread = Object.values(facts).flatMap((fact) =>
    fact.known ? [] : [{ probe: fact.source.probe, reason: fact.reason }],
  )
  const missing = unread.filter(({ reason }) => reason !== 'there was nothing to ask it about')
  const mends = new Set(missing.flatMap(({ reason }) => mendFor(reason, user) ?? []))
  const asked = Object.keys(facts).length - unread.length + missing.length
  return [
    paint(
      missing.length === 0 ? 'green' : 'yellow',
      `${diagnosis.host}: reached as ${user}, ${asked - missing.length} of ${asked} questions answered`,
    ),
    ...missing.map(({ probe, reason }) => line(`${probe}: ${reason}`)),
    ...[...mends].map((mend) => line(`Mend: ${mend}`)),
  ].join('\n')
}
