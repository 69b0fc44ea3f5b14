import type { Keeping } from '../history/store.ts'
import type { RedisClient } from '../redis.ts'
import { announceScript, beginScript, dropScript } from './board-scripts.ts'
import type { Taken } from './desk.ts'
import { type FleetWish, join, joinAll, joinEach } from './join-diagnoses.ts'
import { keepSeconds, keys } from './keys.ts'
import { readRequest } from './payload.ts'
import type { ThreadUpdate } from './post.ts'
import type { Keys } from '../signing/key-files.ts'
import { readSigned, type Signer, type Verifier } from '../signing/signed.ts'
import type { DiagnosisRequest } from './request.ts'

/** Which diagnoses run, who waits for them, and what was said to whom; each method is one atomic step in Redis. */
export interface DiagnosisBoard {
  /** Joins the open diagnosis of the same host, site and window, or opens a new one with the request's id. */
  readonly join: (request: DiagnosisRequest, now: Date) => Promise<Taken>
  /** Joins or opens the diagnoses of a fleet, and makes their thread the one of that fleet, in one step. */
  readonly joinAll: (wish: FleetWish, now: Date) => Promise<readonly Taken[]>
  /** Joins or opens several diagnoses whose threads each hear of their own. */
  readonly joinEach: (requests: readonly DiagnosisRequest[], now: Date) => Promise<readonly Taken[]>
  /** Takes the diagnosis for this run; a run that took it before is not listened to any more. Null when it has ended. Rejects with ForgedRequestError. */
  readonly begin: (diagnosisId: string, run: string) => Promise<DiagnosisRequest | null>
  /** Puts an update into the outbox of every thread that waits. Returns the threads to wake; `stale` when another run has taken over or it was said before. */
  readonly announce: (diagnosisId: string, update: ThreadUpdate, options: AnnounceOptions) => Promise<Announced>
  /** Nobody joins a diagnosis of this host that began before now: the host is about to change, or has. */
  readonly closeJoining: (host: string) => Promise<void>
  readonly open: () => Promise<readonly string[]>
  readonly requestOf: (diagnosisId: string) => Promise<DiagnosisRequest | null>
  /** When it was asked for (ISO), and whether a worker has begun it. */
  readonly takingOf: (diagnosisId: string) => Promise<{ readonly openedAt: string; readonly taken: boolean } | null>
}

export interface AnnounceOptions {
  /** The run that speaks; null for an update that belongs to no run (an action). */
  readonly run: string | null
  /** This is the last word: the diagnosis is closed in the same step, so that nobody joins it too late to hear it. */
  readonly last: boolean
  /** Said at most once for this diagnosis, whoever says it. */
  readonly once?: string
  /** Entries of the history, kept in the same step: what was said is remembered, and nothing else. */
  readonly keeping?: Keeping
}

export type Announced = { readonly kind: 'told'; readonly threadIds: readonly string[] } | { readonly kind: 'stale' }

/** Who asked decides who may approve: what the bot has not signed is not examined. The diagnosis has been closed. */
export class ForgedRequestError extends Error {
  override readonly name = 'ForgedRequestError'
}

/** With the keys of the side that speaks: nothing that is not signed is examined by a worker or shown by the bot. */
export function createDiagnosisBoard(client: RedisClient, signingKeys: Keys): DiagnosisBoard {
  const { signer, bot } = signingKeys
  return {
    join: (request, now) => join(client, signer, request, now),
    joinAll: (wish, now) => joinAll(client, signer, wish, now),
    joinEach: (requests, now) => joinEach(client, signer, requests, now),
    begin: (id, run) => begin(client, bot, id, run),
    announce: (id, update, options) => announce(client, signer, id, update, options),
    closeJoining: async (host) => void (await client.del(keys.joinable(host))),
    open: () => client.smembers(keys.openDiagnoses),
    requestOf: async (id) => {
      const text = await client.hget(keys.diagnosis(id), 'request')
      return text ? openRequest(text, bot) : null
    },
    takingOf: async (id) => {
      const [openedAt, run] = await client.hmget(keys.diagnosis(id), 'openedAt', 'run')
      return openedAt ? { openedAt, taken: Boolean(run) } : null
    },
  }
}

async function begin(client: RedisClient, bot: Verifier, id: string, run: string): Promise<DiagnosisRequest | null> {
  const reply: unknown = await client.eval(beginScript, 1, keys.diagnosis(id), run)
  if (typeof reply !== 'string') return null
  const request = openRequest(reply, bot)
  if (request?.id === id) return request
  await client.eval(dropScript, 2, keys.diagnosis(id), keys.openDiagnoses, id)
  throw new ForgedRequestError(
    request ? 'the request is the one of another diagnosis' : 'no bot has signed the request',
  )
}

/** Null: it does not come from the bot. Who asked decides who may approve, so nobody else may say who it was. */
function openRequest(text: string, bot: Verifier): DiagnosisRequest | null {
  try {
    const opened = bot.open('request', readSigned(text))
    return opened.ok ? readRequest(opened.text) : null
  } catch {
    return null
  }
}

async function announce(
  client: RedisClient,
  signer: Signer,
  id: string,
  update: ThreadUpdate,
  { run, last, once, keeping = [] }: AnnounceOptions,
): Promise<Announced> {
  const reply: unknown = await client.eval(
    announceScript,
    2,
    keys.diagnosis(id),
    keys.openDiagnoses,
    id,
    run ?? '',
    last ? '1' : '0',
    update.kind,
    JSON.stringify(signer.sign('update', JSON.stringify(update))),
    keepSeconds,
    once ?? '',
    ...keeping,
  )
  return Array.isArray(reply) ? { kind: 'told', threadIds: reply.map(String) } : { kind: 'stale' }
}
