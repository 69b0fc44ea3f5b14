import type { Fact } from '../../diagnosis/fact.ts'
import type { Containers } from '../../probes/containers.ts'
import { formatAddress, hostOf, portOf } from '../../symptoms/address.ts'
import { type Behind, containersBehind } from './behind.ts'

export interface Moved extends Behind {
  readonly address: string
}

/**
 * Nobody has the address, and just one container of this host listens on that port in a network of its own: it may be the one that was
 * meant, made anew with another address. No more than a hint: that it is the same application is for a person to see.
 */
export function movedContainer(address: string, containers: Fact<Containers>): Moved | null {
  if (!containers.known || address.startsWith('unix:') || containersBehind(address, containers, []).length > 0)
    return null
  const port = portOf(address)
  const found = containers.value.containers.flatMap((container): Moved[] => {
    const { inside } = container
    const own = inside?.sameNetwork === false ? inside.addresses[0] : undefined
    if (inside === null || own === undefined || container.state !== 'running') return []
    const listens = inside.listeners.some(
      (each) => each.port === port && (each.address === '0.0.0.0' || each.address === '::' || each.address === own),
    )
    return listens && own !== hostOf(address) ? [{ container, to: port, address: formatAddress(own, port) }] : []
  })
  const [only, ...others] = found
  return only && others.length === 0 ? only : null
}
