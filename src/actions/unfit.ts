import type { Action } from './action.ts'
import { classInGuard } from './guard.ts'

/** Why an action does not fit the state that its guard was made in, or null. */
export function unfit({ needs, guards }: Action, guard: string, target: string): string | null {
  if (guard.split(' ')[0] !== guards)
    return `the recorded state is not one of ${guards === 'nginx' ? 'nginx' : 'a unit'}`
  const state = classInGuard(guard)
  if (state === 'busy') return `${target} is being started or stopped by somebody else`
  if (needs === 'any' || state === needs) return null
  return needs === 'down' ? `${target} is not stopped` : `${target} does not run`
}
