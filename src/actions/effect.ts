import type { Action } from './action.ts'
import { alsoLoadsWords, type Outlook } from './outlook.ts'

/** Where an action would be done, as far as its effect depends on it. */
export interface Place {
  readonly host: string
  /** Groups of the inventory in which the host is alone. */
  readonly onlyMemberOf: readonly string[]
}

/** Effect and risk in words: what it does, what that costs at this moment, and what else comes with it. */
export function effectOf(action: Action, target: string, { connections, alsoLoads }: Outlook, place: Place): string {
  const drops = action.interrupts ? dropWords(connections) : null
  const alone =
    action.interrupts && place.onlyMemberOf.length > 0
      ? `${place.host} is the only member of ${place.onlyMemberOf.slice(0, 3).join(', ')}.`
      : null
  const more = action.loadsConfig ? alsoLoadsWords(alsoLoads) : null
  return [action.effect(target), drops, alone, more && `It ${more}.`].filter((words) => words !== null).join(' ')
}

function dropWords(connections: number | null): string | null {
  if (connections === null) return null
  if (connections === 0) return 'No connection to it is open now.'
  return `Drops ${connections} open connection${connections === 1 ? '' : 's'}.`
}
