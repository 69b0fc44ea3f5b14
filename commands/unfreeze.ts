import type { Command, CommandContext, Reply } from './command.ts'
import { unknownPart } from './freeze.ts'
import { readPart } from './frozen-part.ts'

/** `/nginx unfreeze group:edge`: lifts the freezes that were made in chat on exactly that. */
export const unfreeze: Command = {
  name: 'unfreeze',
  usage: 'unfreeze <host, group:NAME or all>',
  summary: 'Lift freezes that were made here; for approvers.',
  run: async (args, context) => readUnfreeze(args, context),
}

function readUnfreeze([first, ...rest]: readonly string[], context: CommandContext): Reply {
  if (first === undefined || rest.length > 0) {
    const message = 'Name the one host or group whose freeze you want to lift, as the list of freezes has it.'
    return { kind: 'suggestions', message, commands: ['freezes', 'help'] }
  }
  // What the inventory lost may still be frozen, and its own spelling is all that is left of it.
  const gone = /^group:\S+$/i.test(first) ? first : null
  const part = readPart(first, context.inventory) ?? gone
  return part === null ? unknownPart(first, 'unfreeze', context) : { kind: 'unfreeze', on: part }
}
