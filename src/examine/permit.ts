import { actionOf } from '../actions/index.ts'
import { type ActPermission, refusalOf } from '../actions/permission.ts'
import type { Permit } from '../diagnosis/judge.ts'

/** Fills in whether the inventory allows an action on this host; who may approve it is asked at the press. */
export function permitOn(host: string, act: ActPermission | null): Permit {
  return ({ id, target }) => {
    const action = actionOf(id)
    const refused = action ? refusalOf(host, act, action, target) : `${id} is not an action of this version`
    return refused === null ? { id, target, allowed: true } : { id, target, allowed: false, refused }
  }
}
