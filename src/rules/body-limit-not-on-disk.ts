import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { inForce } from '../nginx/config-scope.ts'
import { type Event, eventsOfKind } from '../symptoms/events.ts'
import { clockAgo, instantAgo } from '../symptoms/time.ts'
import {
  type Changed,
  changedEvidence,
  configAlike,
  type LoadSeen,
  reloadFix,
  unitOfMaster,
} from './changed-since-load.ts'
import { lineText } from './config-line.ts'
import { sizeOf } from './header-buffer.ts'
import { eventEvidence, impactOfEvent, type Knowledge, seenBy } from './knowledge.ts'
import { requestedPath } from '../nginx/requested-path.ts'
import { scopeFor, serversNamed } from './named-servers.ts'
import { loadedSince } from './notice-course.ts'
import { sentBytes } from './sent-bytes.ts'

type Seen = LoadSeen & View<Knowledge, never, 'events'>

/** nginx refuses what the configuration on disk lets pass, and that changed since it was loaded: it has a smaller limit loaded. */
export function bodyLimitNotOnDisk(changed: readonly Changed[], seen: Seen): Claim[] {
  if (!seen.events.known) return []
  return eventsOfKind(seen.events.value, 'body-too-large').flatMap((event) => {
    const unloaded = unloadedLimit(event, changed, seen)
    return unloaded && event.now ? [claimOf(event, unloaded, seen)] : []
  })
}

interface Unloaded {
  readonly changed: Changed
  readonly limit: string
  readonly place: { readonly file: string; readonly line: number } | null
}

/** The limit on disk that would have let it pass, and the file that changed; null when what is loaded may be what is on disk. */
export function unloadedLimit(
  event: Event,
  changed: readonly Changed[],
  seen: Pick<Seen, 'host' | 'nginx-config' | 'nginx-processes'>,
): Unloaded | null {
  const { model } = seen['nginx-config']
  const [server] = serversNamed([event.line.server ?? event.sites[0] ?? ''], model)
  const scope = server ? scopeFor(server, requestedPath(event.line)) : null
  const bytes = sentBytes(event)
  if (!server || !scope || bytes === null || loadedSince(event, seen.host, seen['nginx-processes'])) return null
  const limit = inForce(scope, 'client_max_body_size')
  const allowed = sizeOf(limit?.value ?? '1m')
  const files = [limit?.file, server.file, scope.file]
  const first = changed.find(({ stat }) => files.includes(stat.path))
  if (!first || allowed === null || (allowed !== 0 && bytes > allowed)) return null
  const place = limit?.file != null ? { file: limit.file, line: limit.line ?? 1 } : null
  return { changed: first, limit: limit?.value ?? '1m, the default', place }
}

function claimOf(event: Event, { changed, limit, place }: Unloaded, seen: Seen): Claim {
  const unit = unitOfMaster(seen)
  const { file } = place ?? { file: changed.stat.path }
  return {
    summary: `nginx refuses uploads to ${event.sites[0] ?? 'a server without a name'} that the configuration on disk allows (client_max_body_size ${limit}): ${changed.stat.path} changed at ${clockAgo(seen.host, changed.ago)} and was not reloaded`,
    since: instantAgo(seen.host, changed.ago),
    subject: { ...(place ?? { file }), ...(unit && { unit: unit.id }) },
    failingNow: true,
    impact: impactOfEvent(event, seen.host),
    evidence: [
      eventEvidence(event),
      ...(place ? [seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], place.file, place.line))] : []),
      changedEvidence(changed, seen),
    ],
    unlike: [
      configAlike(seen),
      ruledOut('client-body-too-large', `${limit} on disk is more than what was sent`),
      ruledOut('app-error', 'nginx itself refuses them, and says so'),
    ],
    // What the running master has loaded cannot be read, only told from what it does.
    atMost: 'likely',
    ...reloadFix(seen),
  }
}
