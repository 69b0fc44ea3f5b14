import type { CommandContext, Reply } from './command.ts'
import { diagnose } from './diagnose.ts'
import { explainIfPasted } from './explain.ts'
import { commands } from './index.ts'
import { nearest } from './nearest.ts'
import { readSince } from './since.ts'
import { readTarget } from './target.ts'

/** Verbs that would change a host. Chat never runs them: a diagnosis comes first and offers what helps. */
const actingVerbs = ['restart', 'reload', 'start', 'stop', 'fix', 'kill']

/**
 * Answers one line, already split by readLine. The first word must be a verb; a line that is exactly a target is taken as
 * `diagnose`; anything else runs nothing and gets the nearest commands.
 */
export async function answer(words: readonly string[], context: CommandContext): Promise<Reply> {
  const [first, ...rest] = words
  const verb = (first ?? 'help').toLowerCase()
  const command = commands.find(({ name }) => name === verb)
  if (command !== undefined) return command.run(rest, context)
  if (actingVerbs.includes(verb)) return diagnoseFirst(verb, rest, context)
  if (readTarget(readSince(words).rest, context.inventory).kind !== 'refused') return diagnose.run(words, context)
  return explainIfPasted(context.text) ?? suggestions(verb, rest, words, context)
}

async function diagnoseFirst(verb: string, rest: readonly string[], context: CommandContext): Promise<Reply> {
  const target = rest.filter((word) => !/^(?:nginx|the|on|at|service)$/i.test(word) && !word.endsWith('.service'))
  const reply = await diagnose.run(target, context)
  const note = `I do not ${verb} anything on demand: I diagnose first, and offer what helps as a button.`
  if (reply.kind === 'diagnose' || reply.kind === 'diagnose-all') return { ...reply, note }
  if (reply.kind === 'suggestions' || reply.kind === 'refusal') return { ...reply, message: `${note} ${reply.message}` }
  return reply
}

function suggestions(
  verb: string,
  rest: readonly string[],
  words: readonly string[],
  { inventory }: CommandContext,
): Reply {
  const [close] = nearest(
    verb,
    commands.map(({ name }) => name),
    1,
  )
  const lines =
    close === undefined
      ? []
      : [close === 'diagnose' && rest.length > 0 ? [close, ...nearTarget(rest, inventory)].join(' ') : close]
  const named = targetsIn(words, inventory)
  const alone = readTarget(words.slice(0, 1), inventory)
  const asTarget = alone.kind !== 'refused' || named.length > 0 ? named : alone.nearest
  const all = [...lines, ...asTarget.map((target) => `diagnose ${target}`), 'hosts', 'help']
  return {
    kind: 'suggestions',
    message: 'I do not know that command. Did you mean one of these?',
    commands: [...new Set(all)].slice(0, 3),
  }
}

/** What a person most likely wants who names a host in a sentence: "why is web-1 broken". */
function targetsIn(words: readonly string[], inventory: CommandContext['inventory']): readonly string[] {
  const each = words.flatMap((word) => word.split(',')).filter((word) => word !== '')
  return each.filter((word) => readTarget([word], inventory).kind !== 'refused')
}

/** The words behind a mistyped verb, with a mistyped target replaced by the nearest one. */
function nearTarget(rest: readonly string[], inventory: CommandContext['inventory']): readonly string[] {
  const reading = readTarget(readSince(rest).rest, inventory)
  if (reading.kind !== 'refused') return rest
  return reading.nearest.slice(0, 1)
}
