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

/** The raw body; too-large as soon as it is longer than `maxBytes`: what comes after that is not read. Rejects with BodyBrokenOffError. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  room: BodyRoom,
): Promise<Buffer | 'too-large' | 'busy'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return 'too-large'
  const parts: Buffer[] = []
  let bytes = 0
  // Not `for await`: leaving that early destroys the connection, and the answer with it.
  const read = new Promise<'whole' | 'too-large' | 'busy'>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      const enough = bytes + chunk.length > maxBytes ? 'too-large' : room.take(chunk.length) ? null : 'busy'
      if (enough) {
        request.pause().removeAllListeners('data')
        resolve(enough)
        return
      }
      bytes += chunk.length
      parts.push(chunk)
    })
    request.on('end', () => resolve('whole'))
    const broken = (cause?: unknown): void =>
      reject(new BodyBrokenOffError('the connection ended before the body did', { cause }))
    request.on('error', broken)
    request.on('close', broken)
  })
  try {
    const how = await read
    return how === 'whole' ? Buffer.concat(parts) : how
  } finally {
    room.give(bytes)
  }
}
