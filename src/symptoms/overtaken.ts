import type { Facts } from '../probes/index.ts'
import { areOfOlderWorkers } from './older-workers.ts'
import { inWords } from './time.ts'
import type { Trouble, TroubleKind } from './trouble.ts'

/** What needs a connection, and is judged by a value of the configuration that may have been mended since. */
const afterConnecting: ReadonlySet<TroubleKind> = new Set<TroubleKind>([
  'header-too-big',
  'invalid-answer',
  'answer-timeout',
  'tls-failed',
  'tls-rejected',
])

/** No connection came about (connect(2)): nothing that comes after it can happen. */
const withoutConnection: ReadonlySet<TroubleKind> = new Set<TroubleKind>([
  'refused',
  'socket-refused',
  'socket-absent',
  'denied',
  'unreachable',
])

/** Fewer may have come between two of the others. */
const MANY = 10

/**
 * A live request that fails speaks for what fails now, and not for older lines of another kind. What those said is history where connections to the
 * same address do not even come about since, or where nginx has loaded its configuration and another kind has taken their place.
 */
export function overtaken(troubles: readonly Trouble[], facts: Facts): readonly Trouble[] {
  return troubles.map((trouble) => {
    const by = troubles.find((other) => hasOvertaken(other, trouble, facts))
    return by === undefined || trouble.lastAgo === null
      ? trouble
      : {
          ...trouble,
          course: 'past',
          courseBecause: `no such error for ${inWords(trouble.lastAgo)}, while ${by.count} requests to ${by.address ?? 'it'} failed in another way`,
          intermittent: false,
        }
  })
}

function hasOvertaken(by: Trouble, trouble: Trouble, facts: Facts): boolean {
  if (!afterConnecting.has(trouble.kind) || by.kind === trouble.kind) return false
  if (by.address === null || by.address !== trouble.address) return false
  if (by.course !== 'now' || trouble.course !== 'now' || by.count < MANY) return false
  if (by.firstAgo === null || trouble.lastAgo === null || by.firstAgo > trouble.lastAgo) return false
  return withoutConnection.has(by.kind) || areOfOlderWorkers(trouble.groups, trouble.lastAgo, facts)
}
