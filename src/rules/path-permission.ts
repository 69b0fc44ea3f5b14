import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { rootOf } from '../nginx/served-root.ts'
import type { ServedPath, ServedPaths } from '../probes/served-paths.ts'
import type { PathComponent } from '../probes/socket-paths.ts'
import { eventsOfKind, type Event } from '../symptoms/events.ts'
import { defineRule, eventEvidence, impactOfEvent, type Knowledge, seenBy } from './knowledge.ts'
import { serversNamed } from './named-servers.ts'
import { barrierOn, mayUse } from './path-access.ts'

type Seen = View<Knowledge, 'events' | 'host' | 'nginx-config', 'served-paths' | 'nginx-processes'>

/**
 * Notice: nginx's workers may not read a file or directory that they serve; clients get 403.
 * Tell-tale: open() or stat() failed (13) below a document root, and a component of that path whose mode keeps the workers' user out, with
 * the groups that the running workers have: those of their start.
 * Look-alikes: mac-denied (13 although the modes let it in), temp-path-permission (the same errno below nginx's own temporary directories).
 */
export const pathPermission = defineRule({
  id: 'path-permission',
  needs: ['events', 'host', 'nginx-config'],
  settles: ['served-paths', 'nginx-processes'],
  judge: (seen) => onePerRoot(seen).map(({ event, root }) => claimOf(event, root, seen)),
})

const FEW = 3

interface Denied {
  readonly event: Event
  readonly root: string
}

/** Denied files below a folder that the configuration serves; what lies elsewhere (temporary files, logs, keys) is none of them. */
function onePerRoot(seen: Seen): readonly Denied[] {
  const found = eventsOfKind(seen.events, 'open-failed').flatMap((event): Denied[] => {
    const path = pathIn(event)
    if (event.line.errno !== 13 || event.line.client === null || path === null) return []
    const root = rootsOf(event, seen).find((each) => path === each || path.startsWith(`${each.replace(/\/$/, '')}/`))
    return root === undefined ? [] : [{ event, root }]
  })
  return [...new Map(found.toReversed().map((each) => [`${each.root} ${each.event.sites.join(' ')}`, each])).values()]
}

/** `open() "/srv/www/index.html" failed`, `"/srv/www/index.html" is forbidden`. */
function pathIn({ line }: Event): string | null {
  return /^(?:\w+\(\) )?"(\/[^"]*)" (?:failed|is forbidden)$/.exec(line.message)?.[1] ?? null
}

function rootsOf(event: Event, { 'nginx-config': { model } }: Seen): readonly string[] {
  const servers = serversNamed(event.sites, model)
  const scopes = servers.flatMap((server) => [server.scope, ...server.locations.map((location) => location.scope)])
  return [...new Set(scopes.flatMap((scope) => rootOf(scope)?.path ?? []))].toSorted((a, b) => b.length - a.length)
}

interface Barrier {
  readonly component: PathComponent
  readonly path: ServedPath
}

function claimOf(event: Event, root: string, seen: Seen): Claim {
  const served = seen['served-paths'].known ? seen['served-paths'].value : null
  const user = userOf(seen)
  const denied = pathIn(event) ?? root
  const groups = served ? (served.runningGroups ?? served.workerGroups) : []
  const barrier = served && user !== null ? barrierFor(denied, root, served, user, groups) : null
  const at = barrier?.component
  // What keeps out the workers that run lets in those that would be started now.
  const late =
    at !== undefined && served !== null && user !== null && mayUse(at, user, served.workerGroups) ? at.group : null
  const who = user === null ? "nginx's workers" : `nginx's workers (user ${user})`
  const may = at?.mode.startsWith('d') ? 'enter' : 'read'
  const site = event.sites[0] ?? ''
  return {
    summary: at
      ? `${who} may not ${may} ${at.path}: mode ${at.mode.slice(1)}, owner ${at.owner}, group ${at.group}${late === null ? '' : `, which ${user ?? ''} joined after the workers were started`}; clients of ${site} get 403`
      : `${who} may not read what ${site} serves below ${root}; clients get 403`,
    // Which component it is, is known only when it was seen: the path in the line is a client's.
    subject: at ? { path: at.path } : {},
    // A scanner meets a file that is closed on purpose once or twice.
    failingNow: event.now && event.recent >= FEW,
    impact: impactOfEvent(event, seen.host),
    evidence: [
      eventEvidence(event),
      ...(barrier
        ? [
            seenBy(
              'served-paths',
              `namei -l ${barrier.path.path}`,
              barrier.path.components.map((each) => `${each.mode} ${each.owner} ${each.group} ${each.path}`).join('\n'),
            ),
          ]
        : []),
      ...(late === null
        ? []
        : [
            seenBy('served-paths', `id -nG ${user ?? ''}`, served?.workerGroups.join(' ') ?? ''),
            seenBy('served-paths', 'grep Groups /proc/PID/status of a worker', groups.join(' ')),
          ]),
    ],
    unlike: [
      macAlike(barrier, served, denied, root, seen),
      ruledOut('temp-path-permission', `${root} is a folder that the configuration serves`),
    ],
    steps: stepsFor(at, root, user ?? 'the workers', late),
  }
}

function stepsFor(at: PathComponent | undefined, root: string, user: string, late: string | null): readonly string[] {
  if (!at) return [`see which component keeps them out: namei -l ${root}`]
  if (late !== null)
    return [`systemctl reload nginx   # new workers have the groups of that moment, ${late} too`, `id -nG ${user}`]
  return [
    at.mode.startsWith('d')
      ? `let ${user} enter it: chmod o+x ${at.path}`
      : `let ${user} read it: chmod o+r ${at.path}`,
    'see who set that mode (a deploy with umask 077, a home directory), so that it does not come back',
  ]
}

function userOf(seen: Seen): string | null {
  const running = seen['nginx-processes'].known ? seen['nginx-processes'].value.oldestWorker?.user : undefined
  return running ?? (seen['served-paths'].known ? seen['served-paths'].value.workerUser : null)
}

/**
 * The component that keeps the user out: along a path that was looked at and leads to the file, or among what lies in the root. The
 * path in the line is a client's, so that only what was found on the host by itself counts.
 */
function barrierFor(
  denied: string,
  root: string,
  served: ServedPaths,
  user: string,
  groups: readonly string[],
): Barrier | null {
  const towards = served.paths.filter(({ path }) => denied === path || denied.startsWith(`${path.replace(/\/$/, '')}/`))
  for (const path of towards.toSorted((a, b) => a.path.length - b.path.length)) {
    const component = barrierOn(path, user, groups)
    if (component) return { component, path }
    const child = childOnTheWay(denied, path, (each) => mayUse(each, user, groups))
    if (child) return { component: child, path: { ...path, path: child.path, components: [...path.components, child] } }
  }
  // A directory is asked for its index file: the line then names that.
  const index = served.paths.find(
    ({ path }) => path.startsWith(root) && denied.endsWith('/') && path.startsWith(denied),
  )
  const component = index && barrierOn(index, user, groups)
  return index && component ? { component, path: index } : null
}

/** The first of what lies in it that keeps them out, as long as its folder, one of the first level, was seen too. */
function childOnTheWay(
  denied: string,
  { path, children }: ServedPath,
  isOpen: (child: PathComponent) => boolean,
): PathComponent | undefined {
  const towards = children
    .filter((each) => denied === each.path || denied.startsWith(`${each.path}/`))
    .toSorted((a, b) => a.path.length - b.path.length)
  const [nearest] = towards
  const below = `${path.replace(/\/$/, '')}/`
  return nearest?.path.slice(below.length).includes('/') === false ? towards.find((each) => !isOpen(each)) : undefined
}

function macAlike(
  barrier: Barrier | null,
  served: ServedPaths | null,
  denied: string,
  root: string,
  seen: Seen,
): LookAlike {
  if (barrier) return ruledOut('mac-denied', `the mode of ${barrier.component.path} alone keeps them out`)
  if (!served) return notJudged('mac-denied', seen['served-paths'].known ? '' : seen['served-paths'].reason)
  const whole = served.paths.some(({ path, missing, hidden }) => path === denied && missing === null && hidden === null)
  return notJudged(
    'mac-denied',
    whole ? `the modes along ${denied} let them in` : `the modes below ${root} were not all seen`,
  )
}
