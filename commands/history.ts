import { type CauseId, causes } from '../src/diagnosis/cause.ts'
import type { Command, CommandContext, Reply } from './command.ts'
import { nearParts, readPart } from './frozen-part.ts'
import { nearest } from './nearest.ts'
import { readDuration } from './since.ts'

/** Seconds: a week where nothing is said. */
const spans = { usual: 7 * 86_400, least: 3600, most: 400 * 86_400 } as const

/** `/nginx history web-1 30d`: what was wrong there, what was done, and how long it held. */
export const history: Command = {
  name: 'history',
  usage: 'history <host, group:NAME or cause> [7d]',
  summary: 'Show what was wrong before, what was done about it and how long that held.',
  run: async (args, context) => readHistory(args, context),
}

function readHistory(args: readonly string[], context: CommandContext): Reply {
  const { words, seconds, problem } = readSpan(args)
  if (problem) return { kind: 'refusal', message: 'I look back between an hour and 400 days: "7d", "36h", "90d".' }
  const [typed, ...rest] = words
  if (typed === undefined || rest.length > 0) return whose(context)
  const { hosts } = context.inventory
  // A host that is called like a cause is asked for more often.
  const part = readPart(typed, context.inventory)
  if (part !== null && hosts.has(part))
    return { kind: 'history', of: { kind: 'host', host: part }, hosts: [part], seconds }
  if (part === 'all') return { kind: 'history', of: { kind: 'all' }, hosts: [...hosts.keys()], seconds }
  if (part !== null) {
    const members = [...hosts.values()].filter(({ groups }) => groups?.includes(part.slice('group:'.length)))
    return { kind: 'history', of: { kind: 'group', group: part }, hosts: members.map(({ name }) => name), seconds }
  }
  const cause = causeNamed(typed)
  if (cause !== null) return { kind: 'history', of: { kind: 'cause', cause }, hosts: [...hosts.keys()], seconds }
  return unknown(typed, context)
}

/** A time at the end, with or without "since", "last" or "for" in front of it. */
function readSpan(args: readonly string[]): {
  readonly words: readonly string[]
  readonly seconds: number
  readonly problem: boolean
} {
  const at = args.findIndex((word, index) => index > 0 && readDuration(word, args[index + 1]) !== null)
  const found = at === -1 ? null : readDuration(args[at] ?? '', args[at + 1])
  if (found === null) return { words: args.filter(meansSomething), seconds: spans.usual, problem: false }
  const words = [...args.slice(0, at), ...args.slice(at + found.words)].filter(meansSomething)
  return { words, seconds: found.seconds, problem: found.seconds < spans.least || found.seconds > spans.most }
}

function meansSomething(word: string): boolean {
  return !/^-{0,2}(?:since|last|for|of|the)$/i.test(word)
}

function causeNamed(typed: string): CauseId | null {
  return causeIds().find((id) => id === typed.toLowerCase()) ?? null
}

function causeIds(): readonly CauseId[] {
  return Object.keys(causes).filter((id): id is CauseId => Object.hasOwn(causes, id))
}

function whose({ inventory }: CommandContext): Reply {
  const commands = [...inventory.hosts.keys()].slice(0, 2).map((host) => `history ${host}`)
  return {
    kind: 'suggestions',
    message:
      'Whose history? Name one host, a group ("group:edge"), a cause ("backend-down") or all, and how far back ("30d").',
    commands: [...commands, 'history all'],
  }
}

function unknown(typed: string, { inventory }: CommandContext): Reply {
  const near = [...nearParts(typed, inventory), ...nearest(typed, causeIds())]
  return {
    kind: 'suggestions',
    message: `${typed.slice(0, 80)} is no host of the inventory, no group and no cause that I know.`,
    commands: [...near.map((name) => `history ${name}`), 'hosts', 'help'].slice(0, 3),
  }
}
