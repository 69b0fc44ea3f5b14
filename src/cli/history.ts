import { Command, InvalidArgumentError, Option } from 'commander'
import { nearest } from '../../commands/nearest.ts'
import { type CauseId, causes } from '../diagnosis/cause.ts'
import type { HistoryEntry } from '../history/entry.ts'
import { type Outline, outlineOf, together } from '../history/outline.ts'
import { hostsOf } from '../history/stored-entry.ts'
import { UsageError } from './exit-codes.ts'
import { historyText } from './history-text.ts'
import { jsonOption } from './options.ts'
import { terminalOf } from './paint.ts'
import { withRemembered } from './remembered.ts'

interface HistoryOptions {
  readonly config: string
  readonly redis: string
  readonly days: number
  readonly json: boolean
}

export function historyCommand(): Command {
  return new Command('history')
    .description('what was wrong before, what was done about it and how long that held (reads Redis, changes nothing)')
    .argument('<what>', 'a host, group:NAME, a cause (backend-down), or all')
    .addOption(
      new Option('--config <file>', 'gatemedic.yml of bot or worker').env('GATEMEDIC_CONFIG').default('gatemedic.yml'),
    )
    .addOption(
      new Option('--redis <address>', 'that bot and worker share').env('REDIS_URL').default('redis://127.0.0.1:6379'),
    )
    .addOption(new Option('--days <days>', 'how far back').argParser(readDays).default(7))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gatemedic history web-1 --days 30
  gatemedic history backend-down --json`,
    )
    .action(show)
}

async function show(what: string, options: HistoryOptions): Promise<void> {
  const group = /^group:(?<name>.+)$/.exec(what)?.groups?.['name']
  const { config, redis, days, json } = options
  await withRemembered({ config, redis, days, ...(group === undefined ? {} : { group }) }, async (remembered) => {
    const { hosts, entries, left } = remembered
    const outline = outlineFor(group === undefined ? what : 'all', hosts, entries)
    const text = json
      ? `${JSON.stringify({ schema: 1, of: what, days, left, ...outline })}\n`
      : historyText(outline, { of: what, days, left }, terminalOf(process.stdout, process.env))
    process.stdout.write(text)
  })
}

/** Throws UsageError when it is neither. */
function outlineFor(what: string, hosts: readonly string[], entries: readonly HistoryEntry[]): Outline {
  const byHost = new Map<string, HistoryEntry[]>(hosts.map((host) => [host, []]))
  for (const entry of entries) for (const host of hostsOf(entry)) byHost.get(host)?.push(entry)
  const own = byHost.get(what)
  if (own !== undefined) return outlineOf(what, own)
  const cause = causeNamed(what)
  if (cause === null && what !== 'all') {
    const near = nearest(what, [...hosts, ...Object.keys(causes)])
    const hint = near.length === 0 ? '' : `; near it: ${near.join(', ')}`
    throw new UsageError(`${what} is no cause, and nothing is remembered of a host of that name${hint}`)
  }
  return together(
    [...byHost].map(([host, kept]) => outlineOf(host, kept)),
    cause,
  )
}

function causeNamed(id: string): CauseId | null {
  return Object.keys(causes).find((each): each is CauseId => each === id) ?? null
}

function readDays(text: string): number {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (days < 1 || days > 3650) throw new InvalidArgumentError('Days, a whole number from 1 to 3650.')
  return days
}
