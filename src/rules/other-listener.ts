import type { Endpoint } from '../nginx/config-endpoints.ts'
import { formatAddress, hostOf, portOf } from '../symptoms/address.ts'
import { instanceOf, isMoved, nameOf, namesOf, plain } from './backend-names.ts'
import { isNamedFor } from './pool-name.ts'
import { heldElsewhere, type TiedUnit, tiedUnits } from './tied-units.ts'
import { type ListenersSeen, reachable, type UnusedListener, unusedListeners } from './unused-listeners.ts'

/** Something that listens where nginx is not told to connect, and that may be the backend that is missed elsewhere. */
export interface OtherListener extends UnusedListener {
  /**
   * files: the unit's own files name the missed address; name: unit, php-fpm pool or folder of the socket is called like the upstream, the
   * site or the missed socket; protocol: some php-fpm for fastcgi_pass, perhaps of another site; alone: nothing else is there.
   */
  readonly because: 'files' | 'name' | 'protocol' | 'alone'
}

/** Something says that it is the application that is missed. */
export function isTheSame({ because }: OtherListener): boolean {
  return because === 'files' || because === 'name'
}

/**
 * The strongest kind of candidates for a missed endpoint: tied by files, by name, by protocol; else the one that is left over. `dialled` is the
 * address that nginx uses, where the endpoint has a name.
 */
export function otherListeners(
  endpoint: Endpoint,
  seen: ListenersSeen,
  dialled: string = endpoint.address,
): readonly OtherListener[] {
  const all = unusedListeners(seen, dialled)
  const owners = tiedUnits(endpoint.address, seen['backend-units'])
  const held = owners.flatMap((each) => heldFor(each, seen, dialled))
  if (held.length > 0) return held
  const tied = new Set(owners.map(({ unit }) => unit.id))
  const wanted = namesOf(endpoint)
  const fastcgi = endpoint.usedBy.some((use) => use.pass.protocol === 'fastcgi')
  const byFiles = all.filter((each) => each.unit !== null && tied.has(each.unit.id))
  const byName = all.filter(
    (each) =>
      (each.unit !== null &&
        (wanted.has(plain(nameOf(each.unit))) || instanceOf(each.unit) === String(endpoint.port))) ||
      isMoved(endpoint.unix, each.address) ||
      (fastcgi && each.pool !== null && isNamedFor(each.pool, endpoint, wanted)),
  )
  const byProtocol = fastcgi ? all.filter((each) => each.process.startsWith('php-fpm')) : []
  if (byFiles.length > 0) return byFiles.map((each) => ({ ...each, because: 'files' as const }))
  if (byName.length > 0) return byName.map((each) => ({ ...each, because: 'name' as const }))
  if (byProtocol.length > 0) return byProtocol.map((each) => ({ ...each, because: 'protocol' as const }))
  return fastcgi
    ? []
    : all
        .filter(
          (each) => each.unit !== null && !each.process.startsWith('php-fpm') && !each.address.startsWith('unix:'),
        )
        .map((each) => ({ ...each, because: 'alone' as const }))
}

/** systemd itself listens for a service that does not run yet. */
function heldFor(tied: TiedUnit, seen: ListenersSeen, dialled: string): readonly OtherListener[] {
  return heldElsewhere(tied, seen['backend-units']).map(({ endpoint, text }) => {
    const at = endpoint.replace(/^tcp:/, '')
    const address = at.startsWith('unix:') ? at : formatAddress(reachable(hostOf(at), hostOf(dialled)), portOf(at))
    return { address, process: 'systemd', unit: tied.unit, pool: null, text, because: 'files' }
  })
}
