import type { IncomingMessage } from 'node:http'

/** The raw body, or null as soon as it is longer than `maxBytes`; what comes after that is not kept. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return null
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    const chunk = Buffer.isBuffer(part) ? part : Buffer.from(String(part))
    bytes += chunk.length
    if (bytes > maxBytes) return null
    parts.push(chunk)
  }
  return Buffer.concat(parts)
}
