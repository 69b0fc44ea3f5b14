import { hexAddress, instant, readPorts, stateOf } from './container-words.ts'
import type { Container, Containers, Engine, Inside, PublishedPort } from './containers.ts'
import type { Section } from './lines.ts'

/** The answers of engines, of /proc and of the processes that hold ports, put together by container. */
export function readContainers(parts: readonly Section[]): Containers {
  const engines = parts.flatMap((part) => (part.name === 'engine' ? readEngine(part) : []))
  const insides = new Map(parts.flatMap((part) => (part.name === 'inside' ? readInside(part) : [])))
  const details = new Map(parts.flatMap((part) => (part.name === 'inspect' ? part.body.flatMap(readDetails) : [])))
  const mounts = new Map(parts.flatMap((part) => (part.name === 'mounts' ? part.body.map(readMounts) : [])))
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
      mounts: mounts.get(each.id) ?? null,
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
  mounts: null,
  inside: null,
} as const

/** "cb7490b5...|/srv/shop>/var/www/html|/srv/media>/media": id, then folders of the host and what they are in the container. */
function readMounts(line: string): [string, NonNullable<Container['mounts']>] {
  const [id = '', ...pairs] = line.split('|')
  const mounts = pairs.map((pair) => pair.split('>'))
  return [id, mounts.map(([source = '', at = '']) => ({ source, at })).filter(({ at }) => at.startsWith('/'))]
}

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
