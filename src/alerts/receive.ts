import type { IncomingMessage } from 'node:http'
import { type Answer, refuse } from './answer.ts'
import { checkAuthorization } from './authorization.ts'
import { type BodyRoom, readBody } from './read-body.ts'
import type { AlertSource, Checked, SignedBody } from './source.ts'
import { senders } from './sources/index.ts'
import { takeOnce, type TakeOnceParts } from './take-once.ts'

/** What a source needs from one request to the next. */
export interface OpenSource {
  readonly source: AlertSource
  readonly rate: (now: Date) => boolean
  readonly room: BodyRoom
}

const maxBytes = 1024 * 1024

/** One POST to a source, from its head to its answer. Rejects with QueueUnreachableError and BodyBrokenOffError. */
export async function receive(request: IncomingMessage, open: OpenSource, parts: TakeOnceParts): Promise<Answer> {
  const { source, room } = open
  const sender = senders[source.type]
  const unfit = unfitHead(request, sender.anyContentType === true)
  if (unfit) return unfit
  const early = source.auth === 'hmac' ? null : checkAuthorization(source, request.headers)
  if (early && !early.ok) return refuse(401, early.why, early.reason)
  const body = await readBody(request, maxBytes, room)
  if (body === 'too-large') return refuse(413, 'too-large', 'the body is larger than 1 MB')
  if (body === 'busy') return refuse(503, 'busy', 'too many bodies at one time, send it again')

  const checked = early ?? checkSignature(source, { headers: request.headers, body }, parts.now())
  if (!checked.ok) return refuse(401, checked.why, checked.reason)
  // Only who is known counts against the rate: strangers must not be able to use it up.
  if (!open.rate(parts.now()))
    return refuse(
      sender.whenTooMany,
      'rate',
      `more than ${source.perMinute} requests a minute, send it again in a minute`,
    )
  return takeOnce(body, checked, source, parts)
}

function unfitHead({ method, headers }: IncomingMessage, anyContentType: boolean): Answer | null {
  if (method !== 'POST') return refuse(405, 'method', 'send it with POST')
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    return refuse(415, 'encoding', 'send it without compression')
  if (!anyContentType && !/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? ''))
    return refuse(415, 'content-type', 'the content type must be application/json')
  return null
}

function checkSignature(source: AlertSource, signed: SignedBody, now: Date): Checked {
  const check = senders[source.type].checkSignature
  if (!check) throw new TypeError(`${source.type} cannot sign`)
  return check(signed, source.secrets, now)
}
