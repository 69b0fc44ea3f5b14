import { createHash } from 'node:crypto'
import type { FileDigest, HostDigest, ListenerDigest, UnitDigest } from '../history/host-digest.ts'
import { endpointsOf } from '../nginx/config-endpoints.ts'
import type { Facts } from '../probes/index.ts'
import type { Snapshot } from '../host/snapshot.ts'
import { redactStrings } from '../redact/redact-strings.ts'
import { redactText } from '../redact/redact-text.ts'
import { factsOf } from './facts.ts'

/** Bytes of configuration text that are kept; of files beyond it only the hash. */
const mostText = 262_144
/** Linux hands ports from here on to whoever asks (ip_local_port_range, Documentation/networking/ip-sysctl.rst): noise, unless configured. */
const ephemeralFrom = 32_768

/** What is worth comparing with another look at this host. Redacted: it may leave the process. */
export function digestOf(facts: Facts, host: string, collectedAt: string): HostDigest {
  return {
    host,
    collectedAt,
    rights: {
      owners: facts.sockets.known && facts.sockets.value.ownersSeen,
      dumped: facts['nginx-config'].known && facts['nginx-config'].value.dumped,
    },
    nginx: facts['nginx-build'].known ? facts['nginx-build'].value.product : null,
    units: unitsOf(facts),
    listeners: listenersOf(facts),
    files: filesOf(facts),
    certificates: certificatesOf(facts),
  }
}

/** The same of a captured host. */
export function digestOfSnapshot({ host, collectedAt, captures }: Snapshot): HostDigest {
  const own = captures.flatMap(({ capture, master }) =>
    capture.host === host && master === undefined ? [capture] : [],
  )
  return digestOf(factsOf(own, host, 'both rounds'), host, collectedAt)
}

function unitsOf(facts: Facts): HostDigest['units'] {
  const { 'backend-units': backends, 'nginx-unit': nginx } = facts
  if (!backends.known) return null
  const all = [...backends.value.units, ...(nginx.known ? nginx.value.units : [])]
  return Object.fromEntries(
    all.map((unit): [string, UnitDigest] => [
      unit.id,
      redactStrings({ state: `${unit.active} (${unit.sub})`, start: commandOf(unit.execStart) }),
    ]),
  )
}

/** `systemctl show` adds when it ran and as which process: that differs from look to look. */
function commandOf(execStart: string): string {
  return (/argv\[\]=([^;]*);/.exec(execStart)?.[1] ?? execStart).trim().slice(0, 300)
}

function listenersOf(facts: Facts): HostDigest['listeners'] {
  const { sockets, 'unix-sockets': unix, 'nginx-config': config } = facts
  if (!sockets.known) return null
  const endpoints = config.known ? endpointsOf(config.value.model) : []
  const ports = new Set(endpoints.map(({ port }) => port))
  const paths = new Set(endpoints.map((endpoint) => endpoint.unix))
  const tcp = sockets.value.listeners
    .filter(({ port }) => port < ephemeralFrom || ports.has(port))
    .map(({ address, port, owners }) => ({ at: `${bracketed(address)}:${port}`, by: owners[0]?.name ?? '' }))
  const local = (unix.known ? unix.value.listeners : [])
    .filter(({ path }) => paths.has(path))
    .map(({ path, owners }) => ({ at: `unix:${path}`, by: owners[0]?.name ?? '' }))
  return [...new Map([...tcp, ...local].map((each): [string, ListenerDigest] => [each.at, each])).values()]
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}

function filesOf(facts: Facts): HostDigest['files'] {
  const config = facts['nginx-config']
  if (!config.known) return null
  let left = mostText
  return Object.fromEntries(
    [...config.value.files].map(([path, text]): [string, FileDigest] => {
      left -= text.length
      const redacted = redactText(text)
      const hash = createHash('sha256').update(redacted).digest('hex')
      return [path, { hash, lines: left >= 0 ? redacted.trimEnd().split('\n') : null }]
    }),
  )
}

function certificatesOf(facts: Facts): HostDigest['certificates'] {
  const served = facts['served-certificates']
  if (!served.known) return null
  return Object.fromEntries(
    served.value.certificates
      .filter(({ wanted }) => wanted === 'any')
      .map(({ endpoint, name, notAfter }) => [`${endpoint}|${name}`, notAfter]),
  )
}
