import type { Command, CommandContext, Reply } from './command.ts'
import { readSince } from './since.ts'
import { readTarget } from './target.ts'

/** `/nginx diagnose web-1 since 2h`: finds out why a host or a site fails. Changes nothing on the host. */
export const diagnose: Command = {
  name: 'diagnose',
  usage: 'diagnose <hosts, site, URL or group:NAME> [since 2h]',
  summary: 'Find out why it fails. Only looks; changes nothing.',
  run: async (args, context) => diagnoseTarget(args, context),
}

function diagnoseTarget(args: readonly string[], { inventory }: CommandContext): Reply {
  const since = readSince(args)
  const reading = readTarget(since.rest, inventory)
  if (reading.kind === 'refused') return refusal(reading.because, reading.nearest)
  if (since.problem !== undefined) return { kind: 'refusal', message: since.problem }
  const back = since.sinceSeconds === undefined ? {} : { sinceSeconds: since.sinceSeconds }
  if (reading.kind === 'fleet') return { kind: 'diagnose-all', fleet: reading.fleet, ...back }
  return { kind: 'diagnose', target: reading.target, ...back }
}

function refusal(message: string, nearest: readonly string[]): Reply {
  // With nothing near, the list of hosts is the way on.
  const commands = nearest.length === 0 ? ['hosts', 'help'] : nearest.map((target) => `diagnose ${target}`)
  return { kind: 'suggestions', message, commands }
}
