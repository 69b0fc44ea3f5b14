import type { IncomingMessage } from 'node:http'

/** Bytes of bodies that may be held at one time, of all requests together, until it is known who sent them. */
export interface BodyRoom {
  readonly take: (bytes: number) => boolean
  readonly give: (bytes: number) => void
}

export function createBodyRoom(most: number): BodyRoom {
  let free = most
  return {
    take: (bytes) => {
      if (bytes > free) return false
      free -= bytes
      return true
    },
    give: (bytes) => {
      free += bytes
    },
  }
}

/** The connection ended before the body did. */
export class BodyBrokenOffError extends Error {
  override readonly name = 'BodyBrokenOffError'
}

/** The raw body; too-large as soon as it is longer than `maxBytes`, and what comes after that is not kept. Rejects with BodyBrokenOffError. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  room: BodyRoom,
): Promise<Buffer | 'too-large' | 'busy'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return 'too-large'
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of request) {
      const chunk = Buffer.isBuffer(part) ? part : Buffer.from(String(part))
      if (bytes + chunk.length > maxBytes) return 'too-large'
      if (!room.take(chunk.length)) return 'busy'
      bytes += chunk.length
      parts.push(chunk)
    }
    return Buffer.concat(parts)
  } catch (error) {
    throw new BodyBrokenOffError('the connection ended before the body did', { cause: error })
  } finally {
    room.give(bytes)
  }
}
