import type { Command } from './command.ts'

/** `/nginx reviews`: break-glass that nobody else has looked at yet. */
export const reviews: Command = {
  name: 'reviews',
  usage: 'reviews',
  summary: 'List what somebody did alone (break-glass) and nobody else has reviewed yet.',
  run: async () => ({ kind: 'reviews' }),
}
