import type { Command } from './command.ts'

/** `/nginx status`: does it work at all, what is under way, and what alerts it hears, with those that it could not place. */
export const status: Command = {
  name: 'status',
  usage: 'status',
  summary: 'Say whether workers are there, what waits, which alerts came, and what is muted or frozen.',
  run: async () => ({ kind: 'status' }),
}
