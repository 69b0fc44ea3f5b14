import type { Command, CommandContext, Reply } from './command.ts'
import { readTarget } from './target.ts'
import { watchedOf } from './watch.ts'

/** `/nginx unwatch web-1`: ends the watch of that. */
export const unwatch: Command = {
  name: 'unwatch',
  usage: 'unwatch <host or site>',
  summary: 'End a watch before its time.',
  run: async (args, context) => readUnwatch(args, context),
}

function readUnwatch(args: readonly string[], { inventory }: CommandContext): Reply {
  const typed = args.join(' ').slice(0, 200)
  if (typed === '')
    return { kind: 'suggestions', message: 'Name what is watched, as the list has it.', commands: ['watch', 'help'] }
  const reading = readTarget(args, inventory)
  // What the inventory lost may still be watched, and its own spelling is all that is left of it.
  return { kind: 'unwatch', on: reading.kind === 'refused' ? typed.toLowerCase() : watchedOf(reading).title }
}
