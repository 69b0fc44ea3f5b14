import type { Container, PublishedPort } from './containers.ts'

/** "exited" and "running" of docker, "Exited (137) 4 seconds ago" and "Up 2 minutes ago" of podman. */
export function stateOf(text: string): Container['state'] {
  if (/^(up|running)\b/i.test(text)) return /paused/i.test(text) ? 'paused' : 'running'
  const known = (['exited', 'restarting', 'created', 'paused'] as const).find((each) =>
    text.toLowerCase().startsWith(each),
  )
  if (known) return known
  return /^(stopped|dead|removing|stopping)\b/i.test(text) ? 'exited' : 'unknown'
}

/** "2026-11-21T17:10:05.342958402Z" of docker, "2026-11-21 17:10:04.920503852 +0000 UTC" of podman; year 1 means never. */
export function instant(text: string): number | null {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|[+-]\d\d:?\d\d)/.exec(text)
  if (!match || match[1]?.startsWith('0001')) return null
  const zone = match[3] === 'Z' ? 'Z' : (match[3] ?? 'Z').replace(/^(...):?(..)$/, '$1:$2')
  const ms = Date.parse(`${match[1] ?? ''}T${match[2] ?? ''}${zone}`)
  return Number.isNaN(ms) ? null : ms / 1000
}

/** "127.0.0.1:8089->8000/tcp, :::8080->80/tcp, 0.0.0.0:90-91->90-91/tcp"; what is only exposed has no arrow. */
export function readPorts(text: string): readonly PublishedPort[] {
  return text.split(', ').flatMap((each) => {
    const match = /^(.*?):?(\d+)(?:-(\d+))?->(\d+)(?:-\d+)?(?:\/tcp)?$/.exec(each.trim())
    if (!match) return []
    const [host = '', low, high, to] = [
      match[1]?.replace(/^\[|\]$/g, ''),
      Number(match[2]),
      Number(match[3]),
      Number(match[4]),
    ]
    const count = Math.min(Number.isNaN(high) ? 1 : high - low + 1, 100)
    return Array.from({ length: Math.max(count, 1) }, (_, at) => ({
      host: host === '0.0.0.0' || host === '::' ? '' : host,
      port: low + at,
      to: to + at,
    }))
  })
}

/** "0100007F:1F40" of /proc/net/tcp: four bytes in the machine's order, and the port; proc_net_tcp(5). Sixteen bytes are IPv6. */
export function hexAddress(text: string): { readonly address: string; readonly port: number } {
  const [hex = '', port = ''] = text.split(':')
  const bytes = hex.match(/../g) ?? []
  const words = Array.from({ length: bytes.length / 4 }, (_, at) => bytes.slice(at * 4, at * 4 + 4).toReversed()).flat()
  const mapped = /^0{20}ffff/i.test(words.join(''))
  const four = bytes.length === 4 ? words : mapped ? words.slice(12) : null
  const address = four ? four.map((each) => Number.parseInt(each, 16)).join('.') : sixOf(words.join('').toLowerCase())
  return { address, port: Number.parseInt(port, 16) }
}

function sixOf(hex: string): string {
  if (/^0+$/.test(hex)) return '::'
  if (/^0{31}1$/.test(hex)) return '::1'
  return (hex.match(/..../g) ?? []).join(':')
}
