import type { View } from '../diagnosis/rule.ts'
import type { Scope } from '../nginx/config-scope.ts'
import { pathOfPart } from '../nginx/location-match.ts'
import { type ConfiguredAnswer, configuredAnswers } from '../nginx/switches.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import { type Switched, switchedBy } from '../symptoms/switched.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import type { Knowledge } from './knowledge.ts'
import { locationsBelow } from './locations-below.ts'
import { scopeFor, serversNamed } from './named-servers.ts'

type Seen = View<Knowledge, 'nginx-config', 'served-paths'>

/** An answer of 5xx that the configuration gives, and a trouble that it fits. */
export interface Found {
  readonly trouble: Trouble
  readonly answer: ConfiguredAnswer
  readonly scope: Scope
  readonly switched: Switched
  readonly live: LiveAnswer | null
  /** Whether these requests came to that location stands in no log. */
  readonly guessed?: boolean
}

/** The configured answer that fits what fails: status and place; a switch that is off does not count. */
export function configuredFor(trouble: Trouble, seen: Seen): Omit<Found, 'trouble'> | null {
  const { model } = seen['nginx-config']
  const live = trouble.live.filter((each) => each.way === 'nginx' && (each.status ?? 0) >= 500)
  const places = [
    ...live.map((each) => ({ path: each.path, status: each.status ?? 0, live: each })),
    ...(trouble.answers ?? []).map(({ segment, status }) => ({ path: segment ?? '/', status, live: null })),
  ]
  for (const server of serversNamed(trouble.sites, model)) {
    for (const place of places) {
      const scope = scopeFor(server, place.live ? place.path : pathOfPart(server, place.path))
      if (scope === null) continue
      for (const answer of configuredAnswers(scope).filter(({ status }) => status === place.status)) {
        const switched = switchedBy(answer, scope, seen['served-paths'], place.live?.path ?? null)
        if (switched.state !== 'off') return { answer, scope, switched, live: place.live }
      }
    }
  }
  return live.length > 0 ? null : deeperAnswer(trouble, seen)
}

/** The log counts by the first part of a path: a location that takes some of those paths may be what answers. */
function deeperAnswer({ sites, answers = [] }: Trouble, seen: Seen): Omit<Found, 'trouble'> | null {
  for (const { location } of serversNamed(sites, seen['nginx-config'].model).flatMap(locationsBelow(answers))) {
    for (const answer of configuredAnswers(location.scope).filter((each) => !each.serverWide)) {
      if (!answers.some(({ status }) => status === answer.status)) continue
      const switched = switchedBy(answer, location.scope, seen['served-paths'], null)
      if (switched.state !== 'off') return { answer, scope: location.scope, switched, live: null, guessed: true }
    }
  }
  return null
}
