import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { PathComponent, SocketPath } from '../probes/socket-paths.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { barrierFor } from './socket-barrier.ts'
import { tiedUnits } from './tied-units.ts'

type Seen = View<Knowledge, 'troubles' | 'host' | 'socket-paths' | 'nginx-processes', 'backend-units'>

/**
 * Cause: the workers' user may not connect to the socket: its own mode, or a directory above it that may not be entered.
 * Tell-tale: crit (13) on unix:, and one component of the path whose mode keeps that user out (unix(7): connecting needs write
 * permission on the socket and search permission on every directory).
 * Look-alikes: mac-denied (13 although the modes let it in), socket-missing (13 also hides what is behind a closed directory).
 */
export const socketPermission = defineRule({
  id: 'socket-permission',
  needs: ['troubles', 'host', 'socket-paths', 'nginx-processes'],
  settles: ['backend-units'],
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
  const barrier = path && barrierFor(path, user, seen['socket-paths'].workerGroups)
  return path && barrier ? [claimOf(trouble, path, barrier, user, seen)] : []
}

function claimOf(trouble: Trouble, path: SocketPath, barrier: PathComponent, user: string, seen: Seen): Claim {
  const socket = barrier.path === path.path
  const unit = seen['backend-units'].known
    ? tiedUnits(`unix:${path.path}`, seen['backend-units'].value)[0]?.unit.id
    : undefined
  const what = socket ? `may not write to ${barrier.path}` : `may not enter ${barrier.path}`
  const place = trouble.endpoints[0]
  return {
    summary: `nginx's workers (user ${user}) ${what}: mode ${barrier.mode.slice(1)}, owner ${barrier.owner}, group ${barrier.group}`,
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
    ],
    unlike: [
      ruledOut('mac-denied', `the mode of ${barrier.path} alone keeps ${user} out`),
      socket
        ? ruledOut('socket-missing', `${path.path} exists`)
        : ruledOut('socket-missing', `${user} cannot get past ${barrier.path}, whether the socket exists or not`),
    ],
    steps: socket
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
