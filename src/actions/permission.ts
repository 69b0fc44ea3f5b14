import type { Action } from './action.ts'
import { unitKind } from './unit-name.ts'

/** What the inventory allows on a host: `act:` of the host; absent means read-only. */
export interface ActPermission {
  readonly user: string
  readonly units: readonly string[]
  readonly nginx: boolean
}

/** The unit that `nginx: true` covers; that of a fork or of somebody's own must be named, so that the sudoers file names it too. */
export const nginxUnits = ['nginx.service']

/** Why this action may not be done to this target on this host, or null when it may. Anything not named is refused. */
export function refusalOf(
  host: string,
  permission: ActPermission | null,
  action: Action,
  target: string,
): string | null {
  if (!permission) return `host ${host} is read-only (no act user in the inventory)`
  const kind = unitKind(target)
  if (kind === null) return `${JSON.stringify(target)} is not the name of a service or a socket unit`
  // What a socket unit holds for its service is given back by a start; nothing else may be done to one.
  if (kind === 'socket' && action.id !== 'start-unit') return `${target} may be started and nothing else`
  if (action.guards === 'nginx') {
    if (!permission.nginx) return `the inventory does not allow actions on nginx of ${host} (act.nginx)`
    if (nginxUnits.includes(target) || permission.units.includes(target)) return null
    return `act.nginx stands for nginx.service; name ${target} in act.units of ${host} as well if it is its nginx`
  }
  if (permission.units.includes(target)) return null
  return `the inventory does not name ${target} among the units that may be acted on (act.units of ${host})`
}
