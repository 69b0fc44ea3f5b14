import { Command } from 'commander'
import type { Look } from '../examine/look.ts'
import type { Facts } from '../probes/index.ts'
import { redactText } from '../redact/redact-text.ts'
import { exitCodes } from './exit-codes.ts'
import { inertLine } from './inert.ts'
import { askRights } from './ask-rights.ts'
import { lookAt } from './look-at.ts'
import { mendFor } from './mend.ts'
import { budgetOption, inventoryOption, needInventory } from './options.ts'
import { type Terminal, terminalOf } from './paint.ts'
import { block } from './wrap.ts'

export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'connect to every host of the inventory and say what its users can and cannot do there, and how to mend it',
    )
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

/** The reason of a fact that nobody asked for, because the host has nothing of the kind (src/examine/facts.ts). */
const nothingToAsk = 'there was nothing to ask it about'

async function doctor(options: { readonly inventory?: string; readonly budget: number }): Promise<void> {
  const inventory = await needInventory(options.inventory)
  const terminal = terminalOf(process.stdout, process.env)
  const targets = [...inventory.hosts.keys()].map((host) => ({ host }))
  await lookAt(targets, { inventory, budget: options.budget, quiet: false }, async (seen, { host }) => {
    const user = inventory.hosts.get(host)?.user ?? ''
    process.stdout.write(`${reportOn(seen, user, terminal)}\n`)
    if (seen.facts === null) {
      process.exitCode = exitCodes.unreachable
      return
    }
    for (const text of await askRights(host, inventory))
      process.stdout.write(`${block(inertLine(redactText(text)), terminal.width, '  ', '    ')}\n`)
  })
}

function reportOn({ diagnosis, facts, recorded }: Look, user: string, { paint, width }: Terminal): string {
  const line = (text: string): string => block(inertLine(redactText(text)), width, '  ', '    ')
  if (facts === null) {
    const { message, next } = diagnosis.unreachable ?? { message: diagnosis.headline, next: '' }
    return [paint('red', `${diagnosis.host}: not reached`), line(message), line(`Next: ${next}`)].join('\n')
  }
  const missing = missingOn(facts, recorded)
  const mends = new Set(missing.flatMap((reason) => mendFor(reason, user) ?? []))
  const well = missing.length === 0
  return [
    paint(
      well ? 'green' : 'yellow',
      `${diagnosis.host}: reached as ${user}, ${well ? '' : 'not '}everything can be read`,
    ),
    ...missing.map(line),
    ...[...mends].map((mend) => line(`Mend: ${mend}`)),
  ].join('\n')
}

/** What could not be read, in words: whole questions, parts that sudo refused, and logs. */
function missingOn(facts: Facts, recorded: Look['recorded']): readonly string[] {
  const unread = Object.values(facts).flatMap((fact) =>
    fact.known || fact.reason === nothingToAsk ? [] : [`${fact.source.probe}: ${fact.reason}`],
  )
  // The firewall probe says in its answer what sudo refused; elsewhere such a line on stdout could come from a log.
  const refused = recorded.flatMap(({ capture }) => {
    const said = capture.probe === 'firewall' ? `${capture.stdout}\n${capture.stderr}` : capture.stderr
    return said.match(/^sudo refused: .*$/gm) ?? []
  })
  const test = facts['nginx-config'].known ? facts['nginx-config'].value.test : null
  const untested = test?.kind === 'unknown' ? [`nginx-config: ${test.reason}`] : []
  const owners = facts.sockets.known && !facts.sockets.value.ownersSeen ? ['sockets: sudo refused: ss -Htanp'] : []
  const logs = facts['error-log'].known ? facts['error-log'].value.files : []
  const closed = logs.filter((file) => file.state === 'unreadable').map((file) => file.reason)
  return [...new Set([...unread, ...untested, ...owners, ...refused, ...closed])]
}
