import type { ActionId } from '../diagnosis/diagnosis.ts'
import type { Action } from './action.ts'
import { reloadNginx } from './reload-nginx.ts'
import { reloadUnit } from './reload-unit.ts'
import { restartNginx } from './restart-nginx.ts'
import { restartUnit } from './restart-unit.ts'
import { startNginx } from './start-nginx.ts'
import { startUnit } from './start-unit.ts'

/** Everything that Gatemedic may change on a host. The list is closed: what is not here cannot be done. */
export const actions: readonly Action[] = [startUnit, reloadUnit, restartUnit, startNginx, reloadNginx, restartNginx]

export function actionOf(id: ActionId): Action | null {
  return actions.find((action) => action.id === id) ?? null
}
