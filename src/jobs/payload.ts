import { z } from 'zod'
import type { Keys } from '../signing/key-files.ts'
import { readSigned } from '../signing/signed.ts'
import type { Post, ThreadUpdate } from './post.ts'
import type { DiagnosisRequest, Requester } from './request.ts'

/** What comes out of Redis is checked here, once; inside, the types are trusted. */

const id = z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/)

const requester = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('user'), userId: z.string() }),
  z.strictObject({ kind: z.literal('alert'), source: z.string(), title: z.string() }),
])

const request = z.strictObject({
  id,
  host: z.string().min(1).max(255),
  site: z.strictObject({ serverName: z.string(), path: z.string() }).optional(),
  sinceSeconds: z.number().positive().optional(),
  pasted: z.strictObject({ key: id, text: z.string().max(20_000), by: z.string() }).optional(),
  requester,
  threadId: id,
  fleet: z.literal(true).optional(),
  look: z.literal(true).optional(),
})

const diagnoseJob = z.strictObject({ diagnosisId: id })
const actJob = z.strictObject({ proposalId: id })
const postJob = z.strictObject({ threadId: id })

export type DiagnoseJob = Readonly<z.infer<typeof diagnoseJob>>
export type ActJob = Readonly<z.infer<typeof actJob>>
export type PostJob = Readonly<z.infer<typeof postJob>>

export const readDiagnoseJob = (data: unknown): DiagnoseJob => diagnoseJob.parse(data)
export const readActJob = (data: unknown): ActJob => actJob.parse(data)
export const readPostJob = (data: unknown): PostJob => postJob.parse(data)

export function readRequester(text: string): Requester {
  return requester.parse(JSON.parse(text))
}

export function readRequest(text: string): DiagnosisRequest {
  const { site, sinceSeconds, pasted, fleet, look, ...rest } = request.parse(JSON.parse(text))
  return {
    ...rest,
    ...(site ? { site } : {}),
    ...(sinceSeconds ? { sinceSeconds } : {}),
    ...(pasted ? { pasted } : {}),
    ...(fleet ? { fleet } : {}),
    ...(look ? { look } : {}),
  }
}

const kinds = [
  'progress',
  'diagnosis',
  'action-started',
  'action-ended',
  'action-watched',
  'approval-asked',
  'approval-lapsed',
  'alone-offered',
  'went-alone',
  'fleet-run',
  'alerts',
  'failed',
] as const satisfies ThreadUpdate['kind'][]
const envelope = z.looseObject({ kind: z.enum(kinds) })

/** Only the kind is looked at: the rest was written by our own worker from the same types, and is as deep as a diagnosis. */
function isUpdate(value: unknown): value is ThreadUpdate {
  return envelope.safeParse(value).success
}

/** What the bot itself may say to a thread; all else is a worker's word. */
const ofBot: readonly string[] = [
  'progress',
  'failed',
  'approval-asked',
  'approval-lapsed',
  'alone-offered',
  'went-alone',
  'fleet-run',
  'alerts',
] satisfies ThreadUpdate['kind'][]

/** An outbox entry: revision, kind and signed update, a line each, so that Lua can read the first two without parsing JSON. Throws when it does not hold. */
export function readOutboxEntry(threadId: string, entry: string, { bot, worker }: Pick<Keys, 'bot' | 'worker'>): Post {
  const [revision, kind = '', ...rest] = entry.split('\n')
  const signed = readSigned(rest.join('\n'))
  const spoken = worker.open('update', signed)
  const opened = spoken.ok || !ofBot.includes(kind) ? spoken : bot.open('update', signed)
  if (!opened.ok) throw new TypeError(`an update for thread ${threadId}: ${opened.because}`)
  const update: unknown = JSON.parse(opened.text)
  if (!isUpdate(update) || update.kind !== kind)
    throw new TypeError(`outbox of thread ${threadId} holds an update of an unknown kind`)
  return { threadId, revision: Number(revision), update }
}
