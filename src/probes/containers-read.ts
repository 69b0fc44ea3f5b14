import type { Container, Containers, Engine, Inside, PublishedPort } from './containers.ts'
import type { Section } from './lines.ts'

/** The answers of engines, of /proc and of the processes that hold ports, put together by container. */
export function readContainers(parts: readonly Section[]): Containers {
  const engines = parts.flatMap((part) => (part.name === 'engine' ? readEngine(part) : []))
  const insides = new Map(parts.flatMap((part) => (part.name === 'inside' ? readInside(part) : [])))
  const details = new Map(parts.flatMap((part) => (part.name === 'inspect' ? part.body.flatMap(readDetails) : [])))
  const held = parts.flatMap((part) => (part.name === 'holders' ? part.body.flatMap(readHolder) : []))
  const listed = parts.flatMap((part) =>
    part.name === 'engine' ? part.body.flatMap((line) => readListed(line, part)) : [],
  )
  const unlisted = [...insides.keys()]
    .filter((id) => !listed.some((each) => each.id === id))
    .map((id): Container => ({ ...nothing, id, state: 'running' }))
  const containers = [...listed, ...unlisted].map((each): Container => {
    const inside = insides.get(each.id) ?? null
    const proxied = held.flatMap((holder) =>
      holder.to !== null && isIn(holder.to.host, inside) ? [holder.to.port] : [],
    )
    const name = each.name ?? held.find((holder) => holder.id === each.id)?.name ?? null
    const known = { ...each, ...details.get(each.id) }
    return {
      ...known,
      name,
      inside,
      published: [known.published, each.published, proxied].find((ports) => ports.length > 0) ?? [],
    }
  })
  return {
    engines,
    containers,
    holders: held.flatMap((holder) => {
      const owner = containers.find(
        ({ id, inside }) => id === holder.id || (holder.to !== null && isIn(holder.to.host, inside)),
      )
      return owner ? [{ pid: holder.pid, container: owner.id }] : []
    }),
  }
}

const nothing = {
  engine: null,
  name: null,
  image: null,
  status: '',
  exitCode: null,
  oomKilled: null,
  startedAt: null,
  finishedAt: null,
  restarts: null,
  unit: null,
  published: [],
  inside: null,
} as const

function isIn(host: string, inside: Inside | null): boolean {
  return inside !== null && !inside.sameNetwork && inside.addresses.includes(host)
}

function readEngine({ rest }: Section): Engine[] {
  const [name, state, ...words] = rest.split(' ')
  if (name !== 'podman' && name !== 'docker') return []
  const known = state === 'read' || state === 'absent' || state === 'idle' ? state : 'unknown'
  return [{ name, state: known, reason: words.join(' ') }]
}

/** A line of `ps`: podman gives the status twice, docker the state and the status. */
function readListed(line: string, { rest }: Section): Container[] {
  const [id, name, image, state = '', status = '', ports = ''] = line.split('|')
  if (!id || !/^[0-9a-f]{64}$/.test(id)) return []
  const exit = /^(?:Exited|Restarting) \((\d+)\)/i.exec(status)?.[1]
  return [
    {
      ...nothing,
      id,
      engine: rest.startsWith('docker') ? 'docker' : 'podman',
      name: name || null,
      image: image || null,
      state: stateOf(state),
      status,
      exitCode: exit === undefined ? null : Number(exit),
      published: readPorts(ports),
    },
  ]
}

function stateOf(text: string): Container['state'] {
  if (/^(up|running)\b/i.test(text)) return /paused/i.test(text) ? 'paused' : 'running'
  const known = (['exited', 'restarting', 'created', 'paused'] as const).find((each) =>
    text.toLowerCase().startsWith(each),
  )
  if (known) return known
  return /^(stopped|dead|removing|stopping)\b/i.test(text) ? 'exited' : 'unknown'
}

type Details = Pick<
  Container,
  'state' | 'exitCode' | 'oomKilled' | 'startedAt' | 'finishedAt' | 'restarts' | 'unit' | 'published'
>

function readDetails(line: string): [string, Details][] {
  const [id, state = '', exit, oom, started = '', finished = '', restarts, unit = '', ports = ''] = line.split('|')
  if (!id || !/^[0-9a-f]{64}$/.test(id)) return []
  return [
    [
      id,
      {
        state: stateOf(state),
        // Of one that runs it is 0, or that of the time before.
        exitCode: stateOf(state) === 'running' ? null : Number(exit),
        oomKilled: oom === 'true',
        startedAt: instant(started),
        finishedAt: instant(finished),
        restarts: Number(restarts),
        unit: /^[A-Za-z0-9:_.@\\-]+\.service$/.test(unit) ? unit : null,
        published: readPorts(ports.trim().replaceAll(' ', ', ')),
      },
    ],
  ]
}

/** "2026-11-21T17:10:05.342958402Z" of docker, "2026-11-21 17:10:04.920503852 +0000 UTC" of podman; year 1 means never. */
function instant(text: string): number | null {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|[+-]\d\d:?\d\d)/.exec(text)
  if (!match || match[1]?.startsWith('0001')) return null
  const zone = match[3] === 'Z' ? 'Z' : (match[3] ?? 'Z').replace(/^(...):?(..)$/, '$1:$2')
  const ms = Date.parse(`${match[1] ?? ''}T${match[2] ?? ''}${zone}`)
  return Number.isNaN(ms) ? null : ms / 1000
}

/** "127.0.0.1:8089->8000/tcp, :::8080->80/tcp, 0.0.0.0:90-91->90-91/tcp"; what is only exposed has no arrow. */
function readPorts(text: string): readonly PublishedPort[] {
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

function readInside({ rest, body }: Section): [string, Inside][] {
  const [id = '', pid, own, began] = rest.split(' ')
  const of = (key: string): readonly string[] =>
    body.flatMap((line) => (line.startsWith(`${key} `) ? [line.slice(key.length + 1)] : []))
  return [
    [
      id,
      {
        pid: Number(pid),
        startedAt: Number(began ?? 0),
        sameNetwork: own === 'same',
        addresses: of('address'),
        listeners: of('listens').map(hexAddress),
      },
    ],
  ]
}

/** "0100007F:1F40" of /proc/net/tcp: four bytes in the machine's order, and the port; proc_net_tcp(5). Sixteen bytes are IPv6. */
function hexAddress(text: string): { readonly address: string; readonly port: number } {
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

interface Holder {
  readonly pid: number
  readonly id: string | null
  readonly name: string | null
  readonly to: { readonly host: string; readonly port: PublishedPort } | null
}

function readHolder(line: string): Holder[] {
  const [kind, pid, ...words] = line.split(' ')
  if (kind === 'conmon') return [{ pid: Number(pid), id: words[0] ?? null, name: words[1] ?? null, to: null }]
  if (kind !== 'proxy') return []
  const [host = '', port, inside = '', to] = words
  const published = { host: host === '0.0.0.0' || host === '::' ? '' : host, port: Number(port), to: Number(to) }
  return [{ pid: Number(pid), id: null, name: null, to: { host: inside, port: published } }]
}
