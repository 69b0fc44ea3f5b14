import type { Command } from './command.ts'
import { readTarget } from './target.ts'

/** `/nginx audit web-1`: what was done there lately, and what was refused. */
export const audit: Command = {
  name: 'audit',
  usage: 'audit <host>',
  summary: 'Show what was lately done on a host and what was refused, and who did it.',
  run: async (args, { inventory }) => {
    const reading = readTarget(args, inventory)
    if (reading.kind === 'target') return { kind: 'audit', host: reading.target.host }
    if (reading.kind === 'fleet') {
      const commands = reading.fleet.hosts.slice(0, 3).map((host) => `audit ${host}`)
      return { kind: 'suggestions', message: 'I show the audit of one host at a time. Which one?', commands }
    }
    if (reading.nearest.length === 0) return { kind: 'refusal', message: reading.because }
    const commands = reading.nearest.slice(0, 3).map((target) => `audit ${target}`)
    return { kind: 'suggestions', message: reading.because, commands }
  },
}
