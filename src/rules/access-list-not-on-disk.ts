import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Directive } from '../nginx/config-parse.ts'
import type { Scope } from '../nginx/config-scope.ts'
import type { Server } from '../nginx/config-servers.ts'
import type { LogGroup } from '../probes/error-log.ts'
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
import { impactOfEvent, type Knowledge, seenBy } from './knowledge.ts'
import { serversNamed } from './named-servers.ts'
import { isWithin } from './network.ts'
import { loadedSince } from './notice-course.ts'

type Seen = LoadSeen & View<Knowledge, never, 'events'>

/**
 * nginx refuses an address by `deny` ("access forbidden by rule"), and nothing in the server block on disk does: every list that may be in
 * force there lets it pass (ngx_http_access_module: the first rule that fits decides), and a file of that server changed since it was loaded.
 */
export function accessListNotOnDisk(changed: readonly Changed[], seen: Seen): Claim[] {
  if (!seen.events.known) return []
  return eventsOfKind(seen.events.value, 'forbidden').flatMap((event) => {
    if (!event.now || !event.line.message.startsWith('access forbidden by rule')) return []
    if (loadedSince(event, seen.host, seen['nginx-processes'])) return []
    const refused = event.groups.find(({ recent }) => recent > 0 && recent >= event.recent / 2)
    const first = refused ? changeBehind(refused, changed, seen) : undefined
    return refused && first ? [claimOf(event, refused, first, seen)] : []
  })
}

function changeBehind(
  { line }: LogGroup,
  changed: readonly Changed[],
  { 'nginx-config': { model } }: Seen,
): Changed | undefined {
  const servers = serversNamed([line.server ?? ''], model)
  const { client } = line
  if (client === null || servers.length === 0) return undefined
  const lists = servers.flatMap(listsOf)
  if (lists.some((rules) => !letsIn(client, rules))) return undefined
  const files = new Set([
    ...servers.map(({ file }) => file),
    ...lists.flatMap((rules) => rules.map(({ file }) => file)),
  ])
  return changed.find(({ stat }) => files.has(stat.path))
}

/** The rules in force in each block of a server: a request may be handed from one of its locations to another. */
function listsOf({ scope }: Server): readonly (readonly Directive[])[] {
  const own = rulesAround(scope)
  return [own, ...listsBelow(scope.directives)]
}

function rulesAround(scope: Scope): readonly Directive[] {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const found = rulesOf(at.directives)
    if (found.length > 0) return found
  }
  return []
}

function listsBelow(directives: readonly Directive[]): readonly (readonly Directive[])[] {
  return directives.flatMap(({ block }) => (block === undefined ? [] : [rulesOf(block), ...listsBelow(block)]))
}

function rulesOf(directives: readonly Directive[]): readonly Directive[] {
  return directives.filter(({ name }) => name === 'allow' || name === 'deny')
}

function letsIn(client: string, rules: readonly Directive[]): boolean {
  const [first] = rules.filter(({ args }) => args[0] === 'all' || isWithin(client, args[0] ?? ''))
  return first?.name !== 'deny'
}

function claimOf(event: Event, refused: LogGroup, changed: Changed, seen: Seen): Claim {
  const unit = unitOfMaster(seen)
  const site = refused.line.server ?? ''
  return {
    summary: `nginx refuses ${refused.line.client ?? 'an address'} at ${site === '' ? 'a server without a name' : site} by a rule that is not in the configuration on disk: ${changed.stat.path} changed at ${clockAgo(seen.host, changed.ago)} and was not reloaded`,
    since: instantAgo(seen.host, changed.ago),
    subject: { file: changed.stat.path, ...(unit && { unit: unit.id }) },
    failingNow: true,
    impact: impactOfEvent(event, seen.host),
    evidence: [seenBy('error-log', `tail ${refused.log}`, refused.text), changedEvidence(changed, seen)],
    unlike: [
      configAlike(seen),
      ruledOut('path-permission', 'a rule refused it, and nginx says so; no file was asked for'),
    ],
    // What the running master has loaded cannot be read, only told from what it does.
    atMost: 'likely',
    ...reloadFix(seen),
  }
}
