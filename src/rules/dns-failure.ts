import type { Claim, View } from '../diagnosis/rule.ts'
import { type Endpoint, endpointsOf } from '../nginx/config-endpoints.ts'
import { eventsOfKind, type Event } from '../symptoms/events.ts'
import { notFoundName } from '../symptoms/names.ts'
import type { Refusal } from '../symptoms/starting.ts'
import { defineRule, type Knowledge } from './knowledge.ts'
import { hiddenName } from './name-hidden.ts'
import { notResolvedAtRunTime } from './name-at-run-time.ts'
import { notResolvedAtStart } from './name-at-start.ts'

export type SeenNames = View<
  Knowledge,
  'nginx-config' | 'starting',
  | 'host'
  | 'error-log'
  | 'nginx-unit'
  | 'events'
  | 'troubles'
  | 'name-resolution'
  | 'resolver-answers'
  | 'mac'
  | 'live-requests'
  | 'kernel-limits'
>

/**
 * Cause: a name that nginx needs does not resolve: when it starts ("host not found in upstream"), or while it runs, by its `resolver`.
 * Tell-tale: the message, together with what getent says on this host, or what the configured name servers answer for that name now
 * (no such name, server failure, nothing). nginx's resolver reads neither /etc/hosts nor resolv.conf.
 * Look-alikes: config-invalid (a start fails for something else), mac-denied (SELinux keeps nginx from asking), conntrack-full (the question, or its
 * answer, is dropped on this host).
 */
export const dnsFailure = defineRule({
  id: 'dns-failure',
  needs: ['nginx-config', 'starting'],
  settles: [
    'host',
    'error-log',
    'nginx-unit',
    'events',
    'troubles',
    'name-resolution',
    'resolver-answers',
    'mac',
    'live-requests',
    'kernel-limits',
  ],
  judge: (seen) => [...atStart(seen), ...atRunTime(seen)],
})

/** The newest refusal counts: what was said before it has been mended, or waits behind it. */
function atStart(seen: SeenNames): Claim[] {
  const [newest] = seen.starting.refusals.filter(({ line }) => line.level === 'emerg')
  const name = newest ? notFoundName(newest.line.message) : null
  if (!newest || name === null) return []
  return isOpenRefusal(newest, seen) ? [notResolvedAtStart(newest, name, seen)] : hiddenName(newest, name, seen)
}

/** A test that passes now says that the name is back; then nothing keeps nginx from starting. */
function isOpenRefusal(refusal: Refusal, seen: SeenNames): boolean {
  return refusal.from === 'test' || seen.starting.test !== 'passed'
}

/** By the error log, or where that cannot be read, by a site that fails now while its name servers do not know the name. */
function atRunTime(seen: SeenNames): Claim[] {
  const { host, events } = seen
  if (!host.known) return []
  const named = events.known ? eventsOfKind(events.value, 'resolve-failed') : []
  return endpointsOf(seen['nginx-config'].model).flatMap((endpoint) => {
    if (!endpoint.atRunTime || !isAsked(endpoint)) return []
    const event = named.find((each) => nameIn(each) === endpoint.host)
    return event || !isLogRead(seen) ? notResolvedAtRunTime(endpoint, event ?? null, host.value, seen) : []
  })
}

function isLogRead(seen: SeenNames): boolean {
  const log = seen['error-log']
  return log.known && log.value.files.every((file) => file.state === 'read')
}

function isAsked(endpoint: Endpoint): boolean {
  return !endpoint.down && endpoint.usedBy.length > 0
}

/** "no resolver defined to resolve app.internal", "app.internal could not be resolved". A name that no file has is a client's. */
function nameIn(event: Event): string | null {
  const { message } = event.line
  return (
    /^no resolver defined to resolve (\S{1,255})/.exec(message)?.[1] ??
    /^(\S{1,255}) could not be resolved/.exec(message)?.[1] ??
    null
  )
}
