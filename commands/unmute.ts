import type { Command, CommandContext, Reply } from './command.ts'
import { readPart } from './frozen-part.ts'
import { unknownMuted } from './mute.ts'

/** `/nginx unmute web-1`: ends the mutes on exactly that; the next alert counts as new. */
export const unmute: Command = {
  name: 'unmute',
  usage: 'unmute <host, group:NAME or all>',
  summary: 'Let alerts start diagnoses again.',
  run: async (args, context) => readUnmute(args, context),
}

function readUnmute([first, ...rest]: readonly string[], context: CommandContext): Reply {
  if (first === undefined || rest.length > 0) {
    const message = 'Name the one host or group whose mute you want to end, as the status has it.'
    return { kind: 'suggestions', message, commands: ['status', 'help'] }
  }
  // What the inventory lost may still be muted, and its own spelling is all that is left of it.
  const gone = /^group:\S+$/i.test(first) ? first : null
  const part = readPart(first, context.inventory) ?? gone
  return part === null ? unknownMuted(first, 'unmute', context) : { kind: 'unmute', on: part }
}
