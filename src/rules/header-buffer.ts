import type { EndpointUse } from '../nginx/config-endpoints.ts'
import { inForce, type InForce } from '../nginx/config-scope.ts'
import type { Setting } from './location-diff.ts'

/** The buffer that the header of an answer must fit into, for one *_pass. */
export interface HeaderBuffer {
  readonly directive: string
  readonly bytes: number
  /** "proxy_buffer_size 4k", with its place or that it is the default. */
  readonly text: string
}

/** One memory page where nothing is written: 4k on most machines, 8k on some (reference of proxy_buffer_size). */
const PAGE = 4096

export function headerBufferOf({ pass }: EndpointUse): HeaderBuffer {
  const directive = `${pass.protocol}_buffer_size`
  const found = inForce(pass.scope, directive)
  return {
    directive,
    bytes: sizeOf(found?.args[0]) ?? PAGE,
    text:
      found?.file == null
        ? `${directive} is not set: ${PAGE / 1024}k`
        : `${found.file}:${found.line}: ${directive} ${found.value};`,
  }
}

/**
 * What makes room for a header of that size. nginx refuses a configuration where the busy buffers (twice the header buffer, unless
 * written) are not smaller than all buffers less one, and smaller than the header buffer (ngx_http_proxy_merge_loc_conf).
 */
export function roomFor(needed: number | null, use: EndpointUse, buffer: HeaderBuffer): readonly Setting[] {
  const { scope, protocol } = use.pass
  const bytes = enough(needed, buffer.bytes)
  const size = `${bytes / 1024}k`
  const settings: Setting[] = [{ name: buffer.directive, value: size }]
  if (protocol === 'grpc') return settings
  const buffers = inForce(scope, `${protocol}_buffers`)
  const count = Number(buffers?.args[0] ?? 8)
  const each = sizeOf(buffers?.args[1]) ?? PAGE
  const busy = inForce(scope, `${protocol}_busy_buffers_size`)
  const wanted = Math.max(2 * bytes, 2 * each)
  if ((sizeOf(busy?.args[0]) ?? wanted) > (count - 1) * each)
    settings.push({ name: `${protocol}_buffers`, value: `${Math.max(8, count)} ${size}` })
  if (isTooSmall(busy, Math.max(bytes, each)))
    settings.push({ name: `${protocol}_busy_buffers_size`, value: `${wanted / 1024}k` })
  return settings
}

function isTooSmall(busy: InForce | null, bytes: number): boolean {
  const written = sizeOf(busy?.args[0])
  return written !== null && written < bytes
}

/** The next power of two with a quarter to spare; twice to four times the buffer where the header was not seen. */
function enough(needed: number | null, now: number): number {
  const wanted = needed === null ? now * 4 : Math.max(needed * 1.25, now * 2)
  let bytes = 8192
  while (bytes < wanted) bytes *= 2
  return bytes
}

/** "4k", "1m", "8192"; "2g" where offsets are meant. */
export function sizeOf(text: string | undefined): number | null {
  const match = /^(\d{1,9})([kmg]?)$/i.exec(text ?? '')
  if (!match) return null
  const unit = match[2]?.toLowerCase()
  return Number(match[1]) * (unit === 'k' ? 1024 : unit === 'm' ? 1_048_576 : unit === 'g' ? 1_073_741_824 : 1)
}
