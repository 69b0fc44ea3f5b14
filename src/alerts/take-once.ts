import { createHash } from 'node:crypto'
import { type Answer, refuse } from './answer.ts'
import type { Deliveries } from './deliveries.ts'
import type { AlertSource, Checked } from './source.ts'
import { senders } from './sources/index.ts'
import { type AlertOutcome, takeBatch, type TakeBatchParts } from './take-batch.ts'

export interface TakeOnceParts extends TakeBatchParts {
  readonly deliveries: Deliveries
  readonly now: () => Date
}

/** A body that is the same within this time is the same request again: senders repeat one that got no answer in time. */
const sameBodySeconds = 60
/** A signature that covers its time is good for ten minutes at most, the clocks' difference included. */
const signatureSeconds = 3600
/** How old a delivery may be that carries an id of its own, and for how long the id is remembered: longer. */
const deliverySeconds = 24 * 3600

/** A request of a known sender: read, taken once however often it is sent, and answered. Rejects with QueueUnreachableError. */
export async function takeOnce(
  body: Buffer,
  { once }: Extract<Checked, { ok: true }>,
  source: AlertSource,
  parts: TakeOnceParts,
): Promise<Answer> {
  const json = parseJson(body)
  if (json === undefined) return refuse(422, 'malformed', 'the body is not JSON')
  const read = senders[source.type].read(json, source.name)
  if (!read.ok) return refuse(422, 'malformed', read.reason)
  const { sent, alerts, left } = read
  if (sent && secondsSince(sent.at, parts.now()) > deliverySeconds) return tooLate
  const seen = once ?? sent?.id ?? createHash('sha256').update(body).digest('hex')
  const key = `${source.name}\n${seen}`
  const before = await parts.deliveries.begin(key)
  if (before === 'under-way') return refuse(503, 'busy', 'the same request is being taken, send it again')
  if (before === 'taken') return once === null ? again : refuse(409, 'replayed', 'this request was sent before')
  try {
    const outcomes = await takeBatch(source, alerts, parts)
    await parts.deliveries.taken(
      key,
      once === null ? (sent ? deliverySeconds + 3600 : sameBodySeconds) : signatureSeconds,
    )
    return answerTo(outcomes, left, senders[source.type].refusesStrangers === true)
  } catch (error) {
    // What was not taken must not be refused when it is sent again; where Redis is away, it forgets by itself.
    await parts.deliveries.notTaken(key).catch(() => undefined)
    throw error
  }
}

/** Told with 202: the sender has done nothing wrong, and would count a refusal as its failure. */
const again: Answer = {
  status: 202,
  refused: 'replayed',
  body: { kind: 'ignored', reason: 'the same request was taken before' },
}
const tooLate: Answer = {
  status: 202,
  refused: 'too-old',
  body: { kind: 'ignored', reason: 'it happened more than a day ago' },
}

function answerTo(outcomes: readonly AlertOutcome[], left: number, refusesStrangers: boolean): Answer {
  const counts: Record<string, number> = {}
  for (const { kind } of outcomes) counts[kind] = (counts[kind] ?? 0) + 1
  if (left > 0) counts['left'] = left
  const [only] = outcomes
  if (!only) return { status: 202, body: { kind: 'ignored', reason: 'nothing in it is to be looked at' }, counts }
  const unmapped = reasonsIn(outcomes)
  const notOurs = outcomes.every(({ kind }) => kind === 'unmapped' || kind === 'ambiguous' || kind === 'refused')
  if (notOurs && refusesStrangers && 'reason' in only)
    return { ...refuse(422, 'not-ours', only.reason), counts, unmapped }
  const body = outcomes.length === 1 && left === 0 ? only : { counts, alerts: outcomes.slice(0, 100) }
  return { status: 202, body: { ...body }, counts, unmapped, ...(notOurs ? { refused: 'not-ours' as const } : {}) }
}

function reasonsIn(outcomes: readonly AlertOutcome[]): readonly string[] {
  const reasons = outcomes.flatMap((each) =>
    each.kind === 'unmapped' || each.kind === 'ambiguous' ? [each.reason] : [],
  )
  return [...new Set(reasons)].slice(0, 3)
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function secondsSince(iso: string, now: Date): number {
  return (now.getTime() - new Date(iso).getTime()) / 1000
}
