import type { Signer } from '../signing/signed.ts'
import type { RedisClient } from '../redis.ts'
import { joinScript } from './board-scripts.ts'
import type { Taken } from './desk.ts'
import { askScript } from './fleet-scripts.ts'
import { keepSeconds, keys } from './keys.ts'
import type { DiagnosisRequest, Requester } from './request.ts'

export interface FleetWish {
  readonly threadId: string
  readonly title: string
  /** One for each host; all of this thread. */
  readonly requests: readonly DiagnosisRequest[]
}

/** Requests of one scope may share an answer. */
function scopeOf({ id, site, sinceSeconds, pasted }: DiagnosisRequest): string {
  // What one person pasted is nobody else's answer.
  return JSON.stringify([site?.serverName ?? '', site?.path ?? '', sinceSeconds ?? 0, ...(pasted ? [id] : [])])
}

export async function join(client: RedisClient, signer: Signer, request: DiagnosisRequest, now: Date): Promise<Taken> {
  return readTaken(await client.eval(...joining(signer, request, now)), request)
}

/** Characters that a fleet is read back with; names of sites and of alerts are other people's. */
const longestTitle = 300

/** Joins or opens the diagnoses of a fleet in one step: a bot that dies leaves no thread that waits for hosts that nobody asks. */
export async function joinAll(
  client: RedisClient,
  signer: Signer,
  { threadId, title, requests }: FleetWish,
  now: Date,
): Promise<readonly Taken[]> {
  const names = [keys.fleet(threadId), keys.fleetMembers(threadId), keys.fleets, keys.thread(threadId)]
  const hosts = requests.flatMap(({ id, host }) => [id, host])
  const steps = client.multi()
  steps.eval(
    askScript,
    names.length,
    ...names,
    threadId,
    title.slice(0, longestTitle),
    now.toISOString(),
    keepSeconds,
    ...hosts,
  )
  for (const request of requests) steps.eval(...joining(signer, request, now))
  const [, ...replies] = (await steps.exec()) ?? []
  return allTaken(requests, replies)
}

/** So many at a stretch: others wait meanwhile. */
const joinedAtOnce = 100

export async function joinEach(
  client: RedisClient,
  signer: Signer,
  requests: readonly DiagnosisRequest[],
  now: Date,
): Promise<readonly Taken[]> {
  const taken: Taken[] = []
  for (let at = 0; at < requests.length; at += joinedAtOnce) {
    const some = requests.slice(at, at + joinedAtOnce)
    const steps = client.multi()
    for (const request of some) steps.eval(...joining(signer, request, now))
    taken.push(...allTaken(some, (await steps.exec()) ?? []))
  }
  return taken
}

type Replies = readonly (readonly [error: Error | null, reply: unknown])[]

function allTaken(requests: readonly DiagnosisRequest[], replies: Replies): readonly Taken[] {
  return requests.map((request, index) => {
    const [error, reply] = replies[index] ?? [null, null]
    if (error) throw error
    return readTaken(reply, request)
  })
}

type Joining = [script: string, keys: number, ...(string | number)[]]

function joining(signer: Signer, request: DiagnosisRequest, now: Date): Joining {
  return [
    joinScript,
    2,
    keys.joinable(request.host),
    keys.openDiagnoses,
    request.id,
    scopeOf(request),
    JSON.stringify(signer.sign('request', JSON.stringify(request))),
    request.threadId,
    JSON.stringify(request.requester satisfies Requester),
    now.toISOString(),
    keepSeconds,
    ...(request.look ? [`look ${scopeOf(request)}`] : []),
  ]
}

function readTaken(reply: unknown, request: DiagnosisRequest): Taken {
  const [kind, diagnosisId] = Array.isArray(reply) ? reply.map(String) : []
  return { kind: kind === 'joined' ? 'joined' : 'queued', diagnosisId: diagnosisId ?? request.id }
}
