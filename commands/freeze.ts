import type { Command, CommandContext, Reply } from './command.ts'
import { nearParts, readPart } from './frozen-part.ts'
import { readDuration } from './since.ts'

/** Seconds: shorter ones are over before anybody has read them, longer ones belong into the policy file. */
const limits = { least: 60, most: 30 * 86_400 } as const

/** `/nginx freeze group:edge for 2h moving the database`: nothing but a start may run until then. */
export const freeze: Command = {
  name: 'freeze',
  usage: 'freeze [host, group:NAME or all] [for 2h] [reason]',
  summary: 'Let nothing be reloaded or restarted for a while. Approvers lift it.',
  run: async (args, context) => readFreeze(args, context),
}

function readFreeze(args: readonly string[], { inventory }: CommandContext): Reply {
  const [first, ...rest] = args
  const named = first === undefined || isFor(first) ? 'all' : readPart(first, inventory)
  if (named === null) return unknownPart(first ?? '', 'freeze', { inventory })
  const { seconds, words, problem } = readFor(first !== undefined && !isFor(first) ? rest : args)
  if (problem !== null) return { kind: 'refusal', message: problem }
  const [next] = words
  // "freeze web-1 web-2" would freeze the first for a reason called web-2.
  if (next !== undefined && readPart(next, inventory) !== null)
    return { kind: 'refusal', message: 'I freeze one host or group at a time; "all" is every host.' }
  return { kind: 'freeze', on: named, seconds, because: words.join(' ').slice(0, 300) }
}

export function unknownPart(typed: string, verb: string, { inventory }: CommandContext): Reply {
  const near = nearParts(typed, inventory)
  return {
    kind: 'suggestions',
    message: `I can ${verb} a host of the inventory, a group ("group:edge") or all, and ${typed.slice(0, 80)} is none of them.`,
    commands: [...near.map((part) => `${verb} ${part}`), 'hosts', 'help'].slice(0, 3),
  }
}

interface ForReading {
  readonly seconds: number | null
  /** What is left: the reason. */
  readonly words: readonly string[]
  readonly problem: string | null
}

/** A "for" without a time behind it is a word of the reason: "for the release". */
function readFor(words: readonly string[]): ForReading {
  const at = words.findIndex(
    (word, index) => isFor(word) && readDuration(words[index + 1] ?? '', words[index + 2]) !== null,
  )
  const found = at === -1 ? null : readDuration(words[at + 1] ?? '', words[at + 2])
  if (found === null) return { seconds: null, words, problem: null }
  const rest = [...words.slice(0, at), ...words.slice(at + 1 + found.words)]
  const fits = found.seconds >= limits.least && found.seconds <= limits.most
  const problem =
    'A freeze lasts between a minute and 30 days: "for 30m", "for 2h", "for 1d". Without a time it lasts until it is lifted.'
  return { seconds: found.seconds, words: rest, problem: fits ? null : problem }
}

function isFor(word: string): boolean {
  return /^-{0,2}for$/i.test(word)
}
