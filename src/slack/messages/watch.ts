import type { KnownBlock } from '@slack/types'
import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import type { Past } from '../../history/past.ts'
import type { Standing, Watch } from '../../looks/watches/watch.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import { asSentence } from './as-sentence.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { checkAgainButton } from './offer.ts'
import { bullets, code, header, rich, sentence, small, strong, words } from './rich.ts'
import { mentioned, mentionElement, verdictMessage } from './verdict.ts'
import { withoutHost } from './verdict-line.ts'
import { dayToken, timeToken, utcTime } from './when.ts'

export interface WatchRootOptions {
  readonly everySeconds: number
  /** Why the answer to the newest look is late. */
  readonly waiting?: string
}

/** The root message of a watch: what stands now, how often it was looked, until when. */
export function watchRoot(
  watch: Watch,
  standings: ReadonlyMap<string, Standing>,
  { everySeconds, waiting }: WatchRootOptions,
): Message {
  const { title, hosts, ended } = watch
  const state = ended === null ? 'watching' : 'watched'
  const items = hosts.map((host) => {
    const line = lineOf(host, standings.get(host))
    return hosts.length === 1 ? [words(line, 400)] : [strong(`${host}:`, 100), words(line, 300)]
  })
  const first = hosts[0] ?? title
  const now = hosts.length === 1 ? inertLine(lineOf(first, standings.get(first)), 110) : countsOf(hosts, standings)
  return fit({
    outside: `*${mrkdwn(title, 60)}:* ${state}`,
    text: mrkdwn(`${state} ${inertLine(title, 60)}: ${now}`, 250),
    blocks: [
      header(`${inertLine(title, 80)}: ${state}`),
      hosts.length === 1 ? rich(sentence(...(items[0] ?? []))) : rich(bullets(items)),
      ...(waiting === undefined ? [] : [small(mrkdwn(waiting, 300))]),
      small(footerOf(watch, standings, everySeconds)),
    ],
  })
}

function lineOf(host: string, standing: Standing | undefined): string {
  return standing === undefined ? 'Waiting for the first look.' : asSentence(withoutHost(standing.line, host))
}

function countsOf(hosts: readonly string[], standings: ReadonlyMap<string, Standing>): string {
  const well = hosts.filter((host) => isWell(standings.get(host))).length
  const waiting = hosts.filter((host) => !standings.has(host)).length
  return `nothing is failing on ${well} of ${hosts.length} hosts${waiting > 0 ? `, ${waiting} not looked at yet` : ''}`
}

function isWell(standing: Standing | undefined): boolean {
  return standing !== undefined && standing.key.startsWith('["healthy"')
}

function footerOf(watch: Watch, standings: ReadonlyMap<string, Standing>, everySeconds: number): string {
  const { until, startedAt, ended } = watch
  const last = [...standings.values()]
    .map(({ at }) => at)
    .toSorted()
    .at(-1)
  const looked = last === undefined ? 'Not looked at yet' : `Looked at ${timesOf(standings)}, last ${timeToken(last)}`
  const changes = [...standings.values()].reduce((sum, each) => sum + each.changes, 0)
  const changed = changes === 0 ? 'no change so far' : changesWords(changes)
  if (ended !== null)
    return `Looked at ${timesOf(standings)} · ${changes === 0 ? 'no change' : changed} · ended ${timeToken(ended.at)}`
  const isLong = Date.parse(until) - Date.parse(startedAt) > 12 * 3600_000
  const end = isLong ? dayToken(until) : timeToken(until)
  return `${looked} · ${changed} · every ${everyWords(everySeconds)} until ${end} · changes come into the thread, \`/nginx unwatch ${mrkdwn(watch.title, 100)}\` ends it`
}

function timesOf(standings: ReadonlyMap<string, Standing>): string {
  const most = Math.max(0, ...[...standings.values()].map(({ looks }) => looks))
  if (most === 0) return 'not at all'
  return ['once', 'twice'][most - 1] ?? `${most} times`
}

function everyWords(seconds: number): string {
  if (seconds % 60 !== 0) return `${seconds} seconds`
  return seconds === 60 ? 'minute' : `${seconds / 60} minutes`
}

function changesWords(changes: number): string {
  return changes === 1 ? '1 change' : `${changes} changes`
}

/** In the thread of a watch: what is other than in the look before. It offers nothing itself: a diagnosis that is asked for does. */
export function changeMessage(
  diagnosis: Diagnosis,
  { news }: Pick<Standing, 'news'>,
  people: readonly string[],
  past?: Past,
): Message {
  const { host, verdict, findings } = diagnosis
  const bare = findings.map((finding) => ({ ...finding, fix: { ...finding.fix, action: null } }))
  const { text, blocks, outside = '' } = verdictMessage({ ...diagnosis, findings: bare }, null, people[0] ?? null, past)
  const [line, ...rest] = blocks
  const others = people.slice(1)
  const called = others.length === 0 ? [] : [rich(sentence(...others.flatMap(mentionElement)))]
  const hasButton = rest.some(({ type }) => type === 'actions')
  return fit({
    outside: others.reduce<string>(mentioned, outside),
    text: others.reduce<string>(mentioned, text),
    blocks: [
      ...(line === undefined ? [] : [line]),
      ...called,
      small(beforeWords(host, news)),
      ...rest,
      ...(findings[0]?.fix.action?.allowed === true && verdict === 'diagnosed' ? [small(noOffer)] : []),
      ...(verdict === 'diagnosed' && !hasButton ? [checkAgainButton(host)] : []),
    ],
  })
}

const noOffer = 'A watch does nothing by itself. Check again, and the diagnosis offers what helps as a button.'

/** A look that could not be made, or can be made again. */
export function failedChangeMessage(
  { host, message, next }: { readonly host: string; readonly message: string; readonly next: string },
  { news }: Pick<Standing, 'news'>,
): Message {
  return {
    outside: `*${mrkdwn(host, 60)}:* could not be looked at`,
    text: mrkdwn(message, 300),
    blocks: [rich(sentence(strong(message, 400))), small(beforeWords(host, news)), rich(sentence(words(next, 400)))],
  }
}

function beforeWords(host: string, news: Standing['news']): string {
  if (news?.kind === 'surer') return 'The same as before, and confirmed by now.'
  return `Before: ${mrkdwn(asSentence(withoutHost(news?.before ?? '', host)), 300)}`
}

/** The last line of a watch. `by`: the name of who ended it; null: its time is over. */
export function watchEnd(watch: Watch, standings: ReadonlyMap<string, Standing>, by: string | null): Message {
  const { title, hosts } = watch
  const changes = [...standings.values()].reduce((sum, each) => sum + each.changes, 0)
  const how = `looked at ${timesOf(standings)}, ${changes === 0 ? 'no change' : changesWords(changes)}`
  const [first = title] = hosts
  const last =
    hosts.length === 1
      ? withoutHost(standings.get(first)?.line ?? 'nothing was seen', first)
      : countsOf(hosts, standings)
  const who = by === null ? 'The watch' : `${inertLine(by, 80)} ended the watch`
  const line = `${who} of ${inertLine(title, 100)}${by === null ? ' is over' : ''}: ${how}. Last seen: ${asSentence(inertLine(last, 300))}`
  const outside = `*${mrkdwn(title, 60)}:* the watch is over, ${how}`
  return { outside, text: mrkdwn(line, 600), blocks: [rich(sentence(words(line, 700)))] }
}

/** In the thread, to those who watch, and with where it is, to who asked. */
export function extendedMessage({ title, until }: Watch, name: string): Message {
  const line = `${inertLine(name, 80)} watches ${inertLine(title, 100)} too`
  return {
    text: mrkdwn(`${line}; it ends at ${utcTime(until)}`, 300),
    blocks: [rich(sentence(words(`${line}.`, 300))), small(`The watch ends ${dayToken(until)}.`)],
  }
}

export function watchedAlready({ title, until, channel }: Watch): Message {
  const line = `${inertLine(title, 100)} is being watched already. You hear of changes there too.`
  const where = /^[A-Z0-9]{2,30}$/.test(channel) ? ` in <#${channel}>` : ''
  return {
    text: mrkdwn(`${line} It ends at ${utcTime(until)}.`, 300),
    blocks: [rich(sentence(words(line, 300))), small(`In a thread${where}, until ${dayToken(until)}.`)],
  }
}

/** `/nginx watch` alone. `nameOf`: names of who began them, by Slack id. */
export function watchList(
  watches: readonly {
    readonly watch: Watch
    readonly name: string
    readonly standings: ReadonlyMap<string, Standing>
  }[],
): Message {
  if (watches.length === 0) {
    const line = 'Nothing is being watched. "/nginx watch web-1 for 30m" begins.'
    return { text: mrkdwn(line, 300), blocks: [rich(sentence(words(line)))] }
  }
  const items = watches.map(({ watch, name, standings }) => {
    const [first = watch.title] = watch.hosts
    const now = watch.hosts.length === 1 ? lineOf(first, standings.get(first)) : countsOf(watch.hosts, standings)
    return [code(watch.title, 100), words(`until ${utcTime(watch.until)}, by ${inertLine(name, 80)}: ${now}`, 400)]
  })
  const blocks: readonly KnownBlock[] = [
    rich(sentence(strong('Being watched')), bullets(items)),
    small('`/nginx unwatch` and the name ends one.'),
  ]
  return fit({ text: mrkdwn(`Being watched: ${watches.map(({ watch }) => watch.title).join(', ')}`, 400), blocks })
}
