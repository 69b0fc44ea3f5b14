import type { IncomingMessage } from 'node:http'

import { isObject, parseJson } from './json.ts'
import type { JsonObject } from './json.ts'

const maxBytes = 4_000_000

export async function readText(request: IncomingMessage): Promise<string> {
  return (await readBytes(request)).toString('utf8')
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    // Without setEncoding a request gives buffers; the type says any.
    const bytes: Buffer = part
    size += bytes.length
    if (size > maxBytes) throw new Error(`request body is larger than ${maxBytes} bytes`)
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

/** The file of an upload: the body itself, or the one part of a form, as Slack's own client sends it. */
export async function readUpload(request: IncomingMessage): Promise<Buffer> {
  const bytes = await readBytes(request)
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) return bytes
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
  const [part] = [...form.values()]
  return part instanceof Blob ? Buffer.from(await part.arrayBuffer()) : Buffer.from(part ?? '')
}

/** Arguments of a Web API call: JSON or form-encoded; undefined when JSON was announced and is none. */
export function parseArguments(contentType: string, text: string): JsonObject | undefined {
  if (!contentType.includes('application/json')) return Object.fromEntries(new URLSearchParams(text))
  const parsed = parseJson(text || '{}')
  return isObject(parsed) ? parsed : undefined
}
