import type { Command, CommandContext, Reply } from './command.ts'
import { siteTitle } from './fleet-target.ts'
import { readDuration } from './since.ts'
import { readTarget, type FleetTarget, type TargetReading } from './target.ts'

/** Seconds. Somebody looks at a watch while it lasts, so it always ends by itself. */
const limits = { least: 300, most: 86_400, usual: 1800 } as const
/** Hosts of one watch: a site that several serve. */
const mostHosts = 10

/** `/nginx watch web-1 for 30m`: looks again and again, and tells what changes. */
export const watch: Command = {
  name: 'watch',
  usage: 'watch [host or site] [for 30m]',
  summary: 'Look again every few minutes and tell only what changes; alone, list what is being watched.',
  run: async (args, context) => readWatch(args, context),
}

function readWatch(args: readonly string[], { inventory }: CommandContext): Reply {
  if (args.length === 0) return { kind: 'watches' }
  const { target, seconds, problem } = readLength(args)
  const reading = readTarget(target, inventory)
  if (reading.kind === 'refused') {
    const commands = reading.nearest.length === 0 ? ['hosts', 'help'] : reading.nearest.map((near) => `watch ${near}`)
    return { kind: 'suggestions', message: reading.because, commands }
  }
  if (problem !== null) return { kind: 'refusal', message: problem }
  const watched = watchedOf(reading)
  if (watched.hosts.length > mostHosts)
    return {
      kind: 'refusal',
      message: `I watch ${mostHosts} hosts at a time at most, and ${watched.title} are ${watched.hosts.length}. Name fewer.`,
    }
  return { kind: 'watch', watched, seconds }
}

/** As a watch is named: "web-1", "shop.example.com", "shop.example.com on web-1" where more than this host may serve it. */
export function watchedOf(reading: Exclude<TargetReading, { kind: 'refused' }>): FleetTarget {
  if (reading.kind === 'fleet') return reading.fleet
  const { host, site } = reading.target
  if (site === undefined) return { title: host, hosts: [host] }
  return { title: `${siteTitle(site)} on ${host}`, hosts: [host], site }
}

interface Length {
  readonly target: readonly string[]
  readonly seconds: number
  readonly problem: string | null
}

/** `for 30m` or `30m` behind the target. */
function readLength(words: readonly string[]): Length {
  const at = words.findIndex((word) => /^-{0,2}for$/i.test(word))
  const from = at === -1 ? words.findIndex((word, index) => index > 0 && isLength(word, words[index + 1])) : at + 1
  if (from === -1) return { target: words, seconds: limits.usual, problem: null }
  const target = words.slice(0, at === -1 ? from : at)
  const found = readDuration(words[from] ?? '', words[from + 1])
  const seconds = found?.seconds ?? 0
  const left = found === null ? 0 : words.length - from - found.words
  if (found === null || left > 0 || seconds < limits.least || seconds > limits.most)
    return { target, seconds, problem: 'A watch lasts between five minutes and a day: "for 30m", "for 2h", "for 1d".' }
  return { target, seconds, problem: null }
}

function isLength(word: string, next: string | undefined): boolean {
  return readDuration(word, next) !== null
}
