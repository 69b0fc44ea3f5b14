import type { Fact } from '../diagnosis/fact.ts'
import type { BackendUnits, Tie } from '../probes/backend-units.ts'
import type { Listener, Sockets } from '../probes/sockets.ts'
import { passesOn } from '../rules/forwarder.ts'
import { formatAddress } from '../symptoms/address.ts'

/**
 * The unit in whose control group a listener's process is serves that address, whether or not a file of it names the address. Only for
 * listeners that nothing else ties to a unit, and only where all who hold it are of one.
 */
export function withOwnerTies(units: Fact<BackendUnits>, sockets: Fact<Sockets>): Fact<BackendUnits> {
  if (!units.known || !sockets.known) return units
  const { ties } = units.value
  const added = sockets.value.listeners.flatMap((listener) => ownerTie(listener, ties))
  return added.length === 0 ? units : { ...units, value: { ...units.value, ties: [...ties, ...added] } }
}

function ownerTie({ address, port, owners }: Listener, ties: readonly Tie[]): Tie[] {
  if (ties.some((tie) => tie.endpoint.startsWith('tcp:') && tie.endpoint.endsWith(`:${port}`))) return []
  const own = owners
    .filter(({ pid, name }) => pid !== 1 && !passesOn(name))
    .flatMap(({ pid }) => ties.find((tie) => tie.endpoint === `pid:${pid}`) ?? [])
  const [first] = own
  if (!first || own.some(({ unit }) => unit !== first.unit)) return []
  return [{ ...first, endpoint: `tcp:${formatAddress(address, port)}` }]
}
