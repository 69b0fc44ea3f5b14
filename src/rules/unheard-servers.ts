import type { Fact } from '../diagnosis/fact.ts'
import type { ResolverAnswer } from '../probes/resolver-answers.ts'
import { type Event, eventsOfKind } from '../symptoms/events.ts'

interface Seen {
  readonly events: Fact<readonly Event[]>
  readonly 'resolver-answers': Fact<{ readonly answers: readonly ResolverAnswer[] }>
}

/** Name servers that give nginx no answer: its questions need an entry as well. Those that answer this host now are well. */
export function unheardServers({ events, 'resolver-answers': answers }: Seen): readonly ResolverAnswer[] {
  if (!answers.known) return []
  const late = isLateForNames({ events })
  const logUnread = !events.known
  return late || logUnread ? answers.value.answers.filter(({ outcome }) => outcome === 'timeout') : []
}

/** nginx's own log says that its questions ran out of time. */
export function isLateForNames({ events }: Pick<Seen, 'events'>): boolean {
  return events.known && eventsOfKind(events.value, 'resolve-failed').some(isLateAnswer)
}

/** NGX_RESOLVE_TIMEDOUT: "app.internal could not be resolved (110: Operation timed out)" (ngx_resolver_strerror). */
const TIMED_OUT = 110

function isLateAnswer({ now, line }: Event): boolean {
  return now && line.dnsCode === TIMED_OUT
}
