import { stepsOf } from '../audit/steps-of.ts'
import type { FeedbackKept } from '../history/entry.ts'
import { captureLimits, createKeptCaptures, type KeptCaptures } from '../history/kept-captures.ts'
import { createSaidStore, type Said, type SaidStore } from '../history/said.ts'
import { createHistory, type History } from '../history/store.ts'
import { feedbackOn, nobodySaid, type Tally, tallyOf } from '../history/tally.ts'
import { redactText } from '../redact/redact-text.ts'
import type { RedisClient } from '../redis.ts'
import type { Keys } from '../signing/key-files.ts'
import type { Signer, Verifier } from '../signing/signed.ts'
import type { FeedbackDesk, FeedbackPlace, IncidentSources, Opinion, OpinionTaken } from './feedback.ts'
import { openFeedback, sealFeedback } from './feedback-seal.ts'
import { withinReach } from './reach.ts'
import type { Thread, ThreadStore } from './thread.ts'

export interface FeedbackParts {
  /** An `ask` client: a person waits for the answer. */
  readonly client: RedisClient
  readonly signer: Signer
  readonly bot: Verifier
  readonly history: Pick<History, 'keep' | 'of'>
  readonly said: SaidStore
  readonly captures: Pick<KeptCaptures, 'holdOn' | 'letGo'>
  readonly threads: Pick<ThreadStore, 'find'>
  readonly now: () => Date
}

/** Of a person's own words. */
const longestNote = 300

export function createFeedbackDesk(parts: FeedbackParts): FeedbackDesk {
  const { client, signer, bot } = parts
  return {
    seal: (place) => sealFeedback(signer, place),
    open: (value, at) => openFeedback(bot, value, at),
    take: (diagnoses, by, opinion) => withinReach(client, () => take(parts, diagnoses, by, opinion)),
    tally: ([first = '']) =>
      withinReach(client, async () => {
        const said = await parts.said.find(first)
        return said === null ? nobodySaid : tallyOn(parts, said)
      }),
    incident: (place) => withinReach(client, () => incident(parts, place)),
  }
}

async function take(
  parts: FeedbackParts,
  diagnoses: readonly string[],
  by: string,
  opinion: Opinion,
): Promise<OpinionTaken> {
  const found = await Promise.all(diagnoses.map((id) => parts.said.find(id)))
  const tallies = await Promise.all(found.flatMap((said) => (said === null ? [] : [noteOn(parts, said, by, opinion)])))
  const [tally] = tallies
  return tally === undefined ? { kind: 'unknown' } : { kind: 'noted', tally }
}

async function noteOn(parts: FeedbackParts, said: Said, by: string, opinion: Opinion): Promise<Tally> {
  // First the answers, so that none are lost of a diagnosis that is noted as wrong; holding too many does no harm.
  if (opinion.said !== 'right') await parts.captures.holdOn(said.id)
  await parts.history.keep(keptOf(said, by, opinion, parts.now()))
  const tally = await tallyOn(parts, said)
  if (tally.wrong === 0 && tally.instead.length === 0) await parts.captures.letGo(said.id)
  return tally
}

function keptOf({ id, host }: Said, by: string, opinion: Opinion, at: Date): FeedbackKept {
  const entry = {
    kind: 'feedback',
    id: `feedback:${id}:${by}`,
    host,
    diagnosis: id,
    at: at.toISOString(),
    by,
    said: opinion.said,
  } as const
  if (opinion.said !== 'something-else') return entry
  const { truth } = opinion
  const note = redactText(opinion.note.trim()).slice(0, longestNote)
  return {
    ...entry,
    ...(truth === 'nothing-wrong' ? { nothingWrong: true } : truth === 'not-listed' ? {} : { cause: truth }),
    ...(note === '' ? {} : { note }),
  }
}

async function tallyOn(parts: FeedbackParts, said: Said): Promise<Tally> {
  return tallyOf(feedbackOn((await since(parts, said)).entries, said.id))
}

function since({ history, now }: FeedbackParts, { host, askedAt }: Said): ReturnType<History['of']> {
  // Bot and worker may differ by a little in what time it is.
  const minute = 60_000
  const from = new Date(Date.parse(askedAt) - minute)
  return history.of(host, { from, to: new Date(now().getTime() + minute) })
}

async function incident(
  parts: FeedbackParts,
  { diagnoses, threadId }: Pick<FeedbackPlace, 'diagnoses' | 'threadId'>,
): Promise<IncidentSources | null> {
  const said = await parts.said.find(diagnoses[0] ?? '')
  if (said === null) return null
  const [thread, { entries }] = await Promise.all([parts.threads.find(threadId), since(parts, said)])
  const steps = await stepsOf(parts.client, proposalsIn(said, thread), said.askedAt)
  return { said, thread, entries: entries.toReversed(), steps }
}

/** Keys of a thread's messages name the proposals that they are about: "ended-ID". */
function proposalsIn({ proposal }: Said, thread: Thread | null): readonly string[] {
  const named = Object.keys(thread?.posted ?? {}).flatMap(
    (key) => /^(?:begun|settled|ended)-(?<id>[\w.:-]+)$/.exec(key)?.groups?.['id'] ?? [],
  )
  return [...new Set([...(proposal === null ? [] : [proposal]), ...named])]
}

/** With the stores of the bot. */
export function openFeedbackDesk(
  client: RedisClient,
  keys: Keys,
  { file, threads, now }: Pick<FeedbackParts, 'threads' | 'now'> & { readonly file: HistoryLimits },
): FeedbackDesk {
  const history = createHistory({ client, ...keys, days: file.historyDays, now })
  const captures = createKeptCaptures(client, captureLimits(file), now)
  return createFeedbackDesk({
    client,
    ...keys,
    history,
    said: createSaidStore(client, keys.worker),
    captures,
    threads,
    now,
  })
}

/** As gatemedic.yml says it. */
type HistoryLimits = Parameters<typeof captureLimits>[0] & { readonly historyDays: number }
