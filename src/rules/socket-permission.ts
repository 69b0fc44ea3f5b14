import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { PathComponent, SocketPath } from '../probes/socket-paths.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { macAlike } from './mac-alike.ts'
import { barrierFor, listedBarrier } from './socket-barrier.ts'
import { closedByUnit } from './socket-hidden.ts'
import { tiedUnits } from './tied-units.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'socket-paths' | 'nginx-processes',
  'backend-units' | 'mac' | 'nginx-unit' | 'unix-sockets'
>

/**
 * Cause: the workers' user may not connect to the socket: its own mode, or a directory above it that may not be entered.
 * Tell-tale: crit (13) on unix:, and one component of the path whose mode keeps that user out (unix(7): connecting needs write
 * permission on the socket and search permission on every directory). The workers have the groups of their start; where the modes let them
 * in and a component has an access control list, that list is what is left; or nginx's own unit closes the folder (socket-hidden.ts).
 * Look-alikes: mac-denied (13 although the modes let it in), socket-missing (13 also hides what is behind a closed directory).
 */
export const socketPermission = defineRule({
  id: 'socket-permission',
  needs: ['troubles', 'host', 'socket-paths', 'nginx-processes'],
  settles: ['backend-units', 'mac', 'nginx-unit', 'unix-sockets'],
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  const user = seen['nginx-processes'].oldestWorker?.user
  if (
    trouble.kind !== 'denied' ||
    !address?.startsWith('unix:') ||
    trouble.endpoints.length === 0 ||
    user === undefined
  )
    return []
  const path = seen['socket-paths'].paths.find((each) => `unix:${each.path}` === address)
  if (!path) return []
  const { workerGroups, runningGroups } = seen['socket-paths']
  const groups = runningGroups ?? workerGroups
  const barrier = barrierFor(path, user, groups)
  if (barrier) return [claimOf(trouble, path, barrier, user, groups, seen)]
  if (path.missing !== null || path.hidden !== null) return []
  const closed = closedByUnit(trouble, path.path, seen)
  const listed = user === 'root' || closed.length > 0 ? null : listedBarrier(path)
  return listed ? [byList(claimOf(trouble, path, listed, user, groups, seen), listed, user, seen)] : closed
}

/** What the list says was not read: getfacl is on few hosts. */
function byList(claim: Claim, { path }: PathComponent, user: string, seen: Seen): Claim {
  return {
    ...claim,
    summary: `nginx's workers (user ${user}) may not pass ${path}: its mode lets them, and it has an access control list besides`,
    unlike: [macAlike(seen.mac), ...claim.unlike.filter(({ cause }) => cause !== 'mac-denied')],
    atMost: macAlike(seen.mac).out ? 'likely' : 'possible',
    steps: [`read the list: getfacl -p ${path}`, `take out what keeps ${user} off: setfacl -x u:${user} ${path}`],
  }
}

/** Joined a group after the workers were started. */
function joinedLate(barrier: PathComponent, path: SocketPath, user: string, { 'socket-paths': paths }: Seen): boolean {
  const now = barrierFor(path, user, paths.workerGroups)
  return paths.workerGroups.includes(barrier.group) && (now === null || now.path !== barrier.path)
}

function claimOf(
  trouble: Trouble,
  path: SocketPath,
  barrier: PathComponent,
  user: string,
  groups: readonly string[],
  seen: Seen,
): Claim {
  const late = joinedLate(barrier, path, user, seen)
  const socket = barrier.path === path.path
  const unit = seen['backend-units'].known
    ? tiedUnits(`unix:${path.path}`, seen['backend-units'].value)[0]?.unit.id
    : undefined
  const what = socket ? `may not write to ${barrier.path}` : `may not enter ${barrier.path}`
  const place = trouble.endpoints[0]
  return {
    summary: `nginx's workers (user ${user}) ${what}: mode ${barrier.mode.slice(1)}, owner ${barrier.owner}, group ${barrier.group}${late ? `, which ${user} joined after the workers were started` : ''}`,
    subject: {
      upstream: `unix:${path.path}`,
      path: barrier.path,
      ...(unit && { unit }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy(
        'socket-paths',
        `namei -l ${path.path}`,
        path.components.map((each) => `${each.mode} ${each.owner} ${each.group} ${each.path}`).join('\n'),
      ),
      seenBy('socket-paths', `id -nG ${user}`, seen['socket-paths'].workerGroups.join(' ')),
      ...(late ? [seenBy('socket-paths', 'grep Groups /proc/PID/status of a worker', groups.join(' '))] : []),
    ],
    unlike: [
      ruledOut('mac-denied', `the mode of ${barrier.path} alone keeps ${user} out`),
      socket
        ? ruledOut('socket-missing', `${path.path} exists`)
        : ruledOut('socket-missing', `${user} cannot get past ${barrier.path}, whether the socket exists or not`),
    ],
    steps: late
      ? ['systemctl reload nginx   # new workers have the groups of that moment', `id -nG ${user}`]
      : socket
        ? [
            `let the backend make its socket for nginx: owner or group ${user}, mode 0660 (php-fpm: listen.owner, listen.group, listen.mode)`,
            `systemctl restart ${unit ?? 'THE-BACKEND'}   # makes the socket again with the new mode`,
          ]
        : [
            `let ${user} enter the directory: chmod o+x ${barrier.path}, or chgrp ${user} ${barrier.path} && chmod g+x ${barrier.path}`,
            'see who set that mode, so that it does not come back',
          ],
  }
}
