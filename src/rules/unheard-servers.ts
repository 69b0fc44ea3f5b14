import type { Fact } from '../diagnosis/fact.ts'
import type { ErrorLogs } from '../probes/error-log.ts'
import type { ResolverAnswer } from '../probes/resolver-answers.ts'
import { type Event, eventsOfKind } from '../symptoms/events.ts'
import { logUnseen } from './answered-by.ts'

interface Seen {
  readonly events: Fact<readonly Event[]>
  readonly 'error-log': Fact<ErrorLogs>
  readonly 'resolver-answers': Fact<{ readonly answers: readonly ResolverAnswer[] }>
}

/** Name servers that give nginx no answer: its questions need an entry as well. Those that answer this host now are well. */
export function unheardServers(seen: Seen): readonly ResolverAnswer[] {
  const { 'error-log': log, 'resolver-answers': answers } = seen
  if (!answers.known) return []
  const late = isLateForNames(seen)
  // A log that may not be read leaves no events, and is no sign that nginx said nothing.
  const logUnread = logUnseen(log) !== null
  return late || logUnread ? answers.value.answers.filter(({ outcome }) => outcome === 'timeout') : []
}

/** nginx's own log says that its questions ran out of time. */
export function isLateForNames({ events }: Pick<Seen, 'events'>): boolean {
  return events.known && eventsOfKind(events.value, 'resolve-failed').some(isLateAnswer)
}

/** NGX_RESOLVE_TIMEDOUT: "app.internal could not be resolved (110: Operation timed out)" (ngx_resolver_strerror). */
const TIMED_OUT = 110

function isLateAnswer(event: Event): boolean {
  return event.now && isTimedOut(event)
}

/** Nobody answered its question in time. */
export function isTimedOut({ line }: Event): boolean {
  return line.dnsCode === TIMED_OUT
}
