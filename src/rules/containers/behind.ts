import type { Evidence } from '../../diagnosis/diagnosis.ts'
import type { Fact } from '../../diagnosis/fact.ts'
import type { Container, Containers } from '../../probes/containers.ts'
import { hostOf, isLocal, portOf } from '../../symptoms/address.ts'
import { seenBy } from '../knowledge.ts'

/** A container that an address leads to, and the port in it that is meant. */
export interface Behind {
  readonly container: Container
  readonly to: number
}

/** The containers whose published port or own address it is; none where they are not known. Several where a stopped one had the same port. */
export function containersBehind(
  address: string,
  containers: Fact<Containers>,
  own: readonly string[],
): readonly Behind[] {
  if (!containers.known || address.startsWith('unix:')) return []
  const [host, port] = [hostOf(address), portOf(address)]
  const here = isLocal(address, own)
  return containers.value.containers.flatMap((container): Behind[] => {
    const published = container.published.find(
      (each) => here && each.port === port && (each.host === '' || each.host === host),
    )
    if (published) return [{ container, to: published.to }]
    const { inside } = container
    return inside && !inside.sameNetwork && inside.addresses.includes(host) ? [{ container, to: port }] : []
  })
}

/** "container api (shop/api:2.0, docker)". */
export function containerName({ name, image, engine, id }: Container): string {
  const known = [image, engine].filter((each) => each !== null).join(', ')
  return `container ${name ?? id.slice(0, 12)}${known === '' ? '' : ` (${known})`}`
}

/** What an operator types of it. */
export function containerWord({ name, id }: Container): string {
  return name ?? id.slice(0, 12)
}

export function containerEvidence({ container, to }: Behind, address: string): readonly Evidence[] {
  const { engine, status, state, published, inside } = container
  const ports = published.map((each) => `${each.host === '' ? '*' : each.host}:${each.port}->${each.to}`).join(' ')
  const listed = seenBy(
    'containers',
    `${engine ?? 'podman'} ps -a`,
    `${containerName(container)}: ${status === '' ? state : status}${ports === '' ? '' : `, ${ports}`}`,
  )
  if (!inside) return [engine === null ? seenBy('containers', `what is behind ${address}`, listed.text) : listed]
  const heard = inside.listeners.map((each) => `${each.address}:${each.port}`).join(' ')
  return [
    ...(engine === null ? [] : [listed]),
    seenBy(
      'containers',
      `nsenter -t ${inside.pid} -n ss -Htln`,
      `${inside.addresses.join(' ')} port ${to} is meant; it listens on: ${heard === '' ? 'nothing' : heard}`,
    ),
  ]
}
