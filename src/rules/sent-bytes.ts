import type { Event } from '../symptoms/events.ts'

/** "client intended to send too large body: 2097152 bytes", "... too large chunked body: 1048576+16384 bytes" (ngx_http_core_module.c, ngx_http_request_body.c). */
export function sentBytes({ line }: Event): number | null {
  const found = /: (\d{1,15})(?:\+(\d{1,15}))? bytes/.exec(line.message)
  return found ? Number(found[1]) + Number(found[2] ?? 0) : null
}
