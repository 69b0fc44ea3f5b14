import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { NginxPath, NginxPaths } from '../probes/nginx-paths.ts'
import type { PathComponent } from '../probes/socket-paths.ts'
import { defineRule, impactOfEvent, type Knowledge, seenBy } from './knowledge.ts'
import { macAlike as macPolicy } from './mac-alike.ts'
import { isOwnEntry } from './own-entry.ts'
import { barrierOf, hasList } from './temp-barrier.ts'
import { isBelow, type WriteFailure, writeFailures } from './write-failures.ts'

type Seen = View<Knowledge, 'events' | 'host' | 'nginx-paths', 'nginx-processes' | 'mac'>

/** EACCES. */
const DENIED = 13

/**
 * Cause: the workers may not write into a temporary folder or a cache of nginx.
 * Tell-tale: (13) for a file below such a folder, and a component of its path, or a folder inside, that keeps the workers' user out.
 * Look-alikes: disk-full (28), socket-permission (13 on connect, another path), mac-denied (13 although the modes let it in).
 *
 * nginx gives the folder itself back to its user at every start and reload (ngx_create_paths), never what lies inside.
 */
export const tempPathPermission = defineRule({
  id: 'temp-path-permission',
  needs: ['events', 'host', 'nginx-paths'],
  settles: ['nginx-processes', 'mac'],
  judge: (seen) => {
    const failures = writeFailures(seen.events, known(seen['nginx-paths']), DENIED).filter(
      ({ place }) => place !== null && place.use !== 'log',
    )
    const folders = new Map<string, WriteFailure>()
    for (const failure of failures) {
      const folder = failure.place?.path ?? ''
      if (!folders.has(folder)) folders.set(folder, failure)
    }
    return [...folders.values()].flatMap((failure) => (failure.place ? claimOf(failure, failure.place, seen) : []))
  },
})

function known(value: NginxPaths): Parameters<typeof writeFailures>[1] {
  return { known: true, value, source: { host: '', probe: 'nginx-paths', command: '' } }
}

function claimOf(failure: WriteFailure, place: NginxPath, seen: Seen): Claim[] {
  const { user, groups } = seen['nginx-paths']
  const closed = barrierOf(place, failure.path, user, groups)
  // Its mode lets the user in, and the list that decides besides may not; what it says was not read: getfacl is on few hosts.
  const listed = closed === null && user !== 'root' ? place.components.find(hasList) : undefined
  const barrier = closed ?? listed ?? null
  // Everything is open to the worker as far as we could look: then it is not the modes.
  if (barrier === null && !place.closed && place.hidden === null) return []
  // Where it was to go is as good a reason, and nothing here was seen to be one.
  if (barrier === null && movedOutOf(place, failure.event.line.message)) return []
  const { event, group } = failure
  const sure = seen['nginx-processes'].known && isOwnEntry(event, seen['nginx-processes'].value)
  const top = barrier === null || barrier.path === place.path
  return [
    {
      summary:
        barrier === null
          ? `nginx's user ${user} may not write below ${place.path}: something inside does not belong to it`
          : listed
            ? `nginx's user ${user} cannot write ${kindOfFile(place)} to ${place.path}: the mode of ${listed.path} lets it, and there is an access control list besides`
            : `${barrier.path} belongs to ${barrier.owner} (${barrier.mode}): nginx's user ${user} cannot write ${kindOfFile(place)} there`,
      subject: { path: barrier?.path ?? place.path },
      failingNow: event.now,
      impact: impactOfEvent(event, seen.host),
      evidence: [
        seenBy('error-log', `tail ${group.log}`, group.text),
        seenBy(
          'nginx-paths',
          `namei -l ${place.path}`,
          [...place.components, ...place.foreign]
            .map((each) => `${each.mode} ${each.owner} ${each.group} ${each.path}`)
            .join('\n'),
        ),
        seenBy('nginx-paths', `id -nG ${user}`, groups.join(' ')),
      ],
      unlike: [
        ruledOut('disk-full', 'the kernel said "permission denied" (13), not "no space left" (28)'),
        ruledOut('socket-permission', `${failure.path} is a file below ${place.path}, not a socket of a backend`),
        listed ? macPolicy(seen.mac) : macAlike(barrier, place),
        ...(sure
          ? []
          : [
              notJudged('temp-path-permission', 'no live worker signed these lines, so they could be text of a client'),
            ]),
      ],
      ...(listed && { atMost: macPolicy(seen.mac).out ? ('likely' as const) : ('possible' as const) }),
      ...(!sure && { atMost: 'possible' as const }),
      // Something inside is closed, and it is not what this line is about: that one was not among those listed.
      ...(sure && barrier !== null && !onTheWay(barrier, failure.path, place) && { atMost: 'likely' as const }),
      explains: ['app-error', 'no-live-upstreams'],
      steps: listed ? listSteps(listed, user) : stepsFor(barrier, place, user, top),
    },
  ]
}

/** `rename() "/var/lib/nginx/body/0000000020" to "/srv/exchange/orders.csv" failed`: an upload by WebDAV, an answer on its way to a cache. */
function movedOutOf(place: NginxPath, message: string): boolean {
  const target = /^(?:rename|link)\(\) "[^"]*" to "([^"]{1,4096})"/.exec(message)?.[1]
  return target !== undefined && !isBelow(target, place.path)
}

/** Above the folder, by a link in its path too, or between it and the file. */
function onTheWay(barrier: PathComponent, file: string, place: NginxPath): boolean {
  return place.components.includes(barrier) || isBelow(file, barrier.path)
}

function macAlike(barrier: PathComponent | null, place: NginxPath): LookAlike {
  return barrier
    ? ruledOut('mac-denied', `the mode of ${barrier.path} alone keeps it out`)
    : notJudged('mac-denied', `what stands in ${place.path} could not be seen (root may)`)
}

function kindOfFile({ use }: NginxPath): string {
  if (use === 'client-body') return 'uploads'
  return use === 'cache' ? 'its cache' : 'answers that are too large for its buffers'
}

function listSteps({ path }: PathComponent, user: string): readonly string[] {
  return [`read the list: getfacl -p ${path}`, `take out what keeps ${user} off: setfacl -x u:${user} ${path}`]
}

function stepsFor(barrier: PathComponent | null, place: NginxPath, user: string, top: boolean): readonly string[] {
  const above = barrier !== null && !isBelow(barrier.path, place.path)
  return [
    above
      ? `let ${user} through: chmod o+x ${barrier.path}   # was ${barrier.mode}`
      : `give it back, with what is inside: chown -R ${user} ${place.path}`,
    ...(top && !above ? [`nginx does that for ${place.path} itself at each reload, not for what is inside`] : []),
    `see what changed it: a change of "user", a script that ran chown, a package; ls -la --time=ctime ${above ? barrier.path : place.path}`,
  ]
}
