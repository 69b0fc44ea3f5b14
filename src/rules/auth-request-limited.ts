import type { Fact } from '../diagnosis/fact.ts'
import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Host } from '../probes/host.ts'
import type { AuthCheck } from '../symptoms/auth-request.ts'
import { isOpen } from '../symptoms/course.ts'
import { type Event, eventsOfKind } from '../symptoms/events.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { eventEvidence, impactOf, troubleEvidence, troubleKey } from './knowledge.ts'

/** A line that says that limit_req or limit_conn refused this very subrequest. */
export function refusedByLimit(
  { sites }: Trouble,
  { uri }: AuthCheck,
  { events }: { readonly events: Fact<readonly Event[]> },
): Event | undefined {
  if (!events.known) return undefined
  return eventsOfKind(events.value, 'limiting').find(
    ({ now, line, sites: limited }) =>
      now &&
      /^limiting (?:requests|connections)(?!, dry run)/.test(line.message) &&
      line.subrequest?.split('?')[0] === uri &&
      limited.some((site) => sites.includes(site)),
  )
}

/** What visitors see of it: nginx's 500 on every page that asks first. */
export function limitedClaim(trouble: Trouble, status: number, check: AuthCheck, limit: Event, host: Host): Claim {
  const { file, line } = check.directive
  return {
    kind: 'symptom',
    summary: `nginx asks ${check.uri} before each request (auth_request), and a limit of its own refuses that with ${status}`,
    subject: file != null && line != null ? { file, line } : {},
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, host),
    evidence: [...troubleEvidence(trouble), eventEvidence(limit)],
    unlike: [ruledOut('app-error', 'the 500 is of nginx itself: the subrequest was refused before anybody was asked')],
    steps: [`take the limit out of the location that answers ${check.uri}, or raise it`],
  }
}
