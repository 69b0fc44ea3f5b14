import type { Command, CommandContext, Reply } from './command.ts'
import { nearParts, readPart } from './frozen-part.ts'
import { readDuration } from './since.ts'

/** Seconds. A mute hides trouble, so it always ends by itself. */
const limits = { least: 60, most: 7 * 86_400, usual: 3600 } as const

/** `/nginx mute group:edge 2h moving the database`: alerts of these hosts are counted and start no diagnosis until then. */
export const mute: Command = {
  name: 'mute',
  usage: 'mute <host, group:NAME or all> [for 2h] [reason]',
  summary: 'Let alerts of a host or group start nothing for a while (an hour, when you do not say).',
  run: async (args, context) => readMute(args, context),
}

function readMute([first, ...rest]: readonly string[], context: CommandContext): Reply {
  if (first === undefined) {
    const message = 'Name the host or group whose alerts should start nothing: "mute web-1 for 2h moving it".'
    return { kind: 'suggestions', message, commands: ['status', 'hosts', 'help'] }
  }
  const on = readPart(first, context.inventory)
  if (on === null) return unknownMuted(first, 'mute', context)
  const words = /^-{0,2}for$/i.test(rest[0] ?? '') ? rest.slice(1) : rest
  const found = readDuration(words[0] ?? '', words[1])
  const because = (found === null ? rest : words.slice(found.words)).join(' ').slice(0, 300)
  const seconds = found?.seconds ?? limits.usual
  if (seconds < limits.least || seconds > limits.most)
    return { kind: 'refusal', message: 'A mute lasts between a minute and seven days: "for 30m", "for 2h", "for 1d".' }
  // "mute web-1 web-2" would mute the first for a reason called web-2.
  if (because !== '' && readPart(because.split(' ')[0] ?? '', context.inventory) !== null)
    return { kind: 'refusal', message: 'I mute one host or group at a time; "all" is every host.' }
  return { kind: 'mute', on, seconds, because }
}

export function unknownMuted(typed: string, verb: string, { inventory }: CommandContext): Reply {
  return {
    kind: 'suggestions',
    message: `I can ${verb} a host of the inventory, a group ("group:edge") or all, and ${typed.slice(0, 80)} is none of them.`,
    commands: [...nearParts(typed, inventory).map((part) => `${verb} ${part}`), 'hosts', 'help'].slice(0, 3),
  }
}
