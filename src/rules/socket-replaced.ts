import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Host } from '../probes/host.ts'
import type { UnixListener } from '../probes/unix-sockets.ts'
import { isUp } from '../probes/unit-state.ts'
import { isOpen } from '../symptoms/course.ts'
import { directKind } from '../symptoms/kind.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { impactOf, liveEvidence, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import type { TiedUnit } from './tied-units.ts'

/**
 * A process listens on that path, and yet a connection of this moment is refused: the kernel refuses where nobody listens on the file itself
 * (unix_find_other in net/unix/af_unix.c; a full queue gives 11), so another program has put its own file in the place of the listener's.
 */
export function replacedSocket(
  trouble: Trouble,
  listener: UnixListener,
  tied: readonly TiedUnit[],
  host: Host,
): Claim[] {
  const { path } = listener
  const refused = trouble.live.find(
    (each) => each.way !== 'nginx' && each.endpoint === `unix:${path}` && directKind(each) === 'refused',
  )
  if (!refused) return []
  const unit = tied.find((each) => isUp(each.unit))?.unit.id
  const [owner] = listener.owners
  const who = unit ?? owner?.name ?? 'a process'
  const place = trouble.endpoints[0]
  return [
    {
      summary: `${path} is not the socket on which ${who} listens: another program has put its own file there, and nobody listens on that`,
      subject: {
        upstream: `unix:${path}`,
        path,
        ...(unit !== undefined && { unit }),
        ...(place && { file: place.file, line: place.line }),
      },
      failingNow: isOpen(trouble),
      about: troubleKey(trouble),
      impact: impactOf(trouble, host),
      evidence: [
        ...troubleEvidence(trouble),
        liveEvidence(refused),
        seenBy('unix-sockets', 'ss -Hxlp', `${path}${owner ? ` (${owner.name}, pid ${owner.pid})` : ''}`),
      ],
      unlike: [
        ruledOut('backend-down', `${who} runs and listens`),
        ruledOut('backend-saturated', 'a full queue gives (11), and no refusal'),
        ruledOut('socket-missing', `${path} exists: a missing file gives (2)`),
      ],
      // Which file the listener has cannot be seen from here, only that it is not this one.
      atMost: 'likely',
      steps: [
        `systemctl restart ${unit ?? 'THE-UNIT'}   # it makes its socket anew in the place of that file`,
        `see who made the file: a second instance with the same socket, a container that mounts the folder   # stat ${path}`,
      ],
    },
  ]
}
