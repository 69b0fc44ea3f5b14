import type { Command } from './command.ts'

/** `/nginx help`. The list of commands is given by index.ts, which would otherwise import itself in a circle. */
export function helpFor(others: readonly Command[]): Command {
  const help: Command = {
    name: 'help',
    usage: 'help',
    summary: 'Show this.',
    run: async () => ({ kind: 'help', commands: [...others, help] }),
  }
  return help
}
