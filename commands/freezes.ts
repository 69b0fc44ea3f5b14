import type { Command } from './command.ts'

/** `/nginx freezes`: what may not be changed now, until when, and who wanted it. */
export const freezes: Command = {
  name: 'freezes',
  usage: 'freezes',
  summary: 'List what is frozen now, by whom and why.',
  run: async () => ({ kind: 'freezes' }),
}
