import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Fact } from '../diagnosis/fact.ts'
import type { Host } from '../probes/host.ts'
import type { NginxUnits } from '../probes/nginx-unit.ts'
import type { UnixListener } from '../probes/unix-sockets.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { impactOf, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { hiddenBy } from './unit-view.ts'

interface Seen {
  readonly host: Host
  readonly 'nginx-unit': Fact<NginxUnits>
  readonly 'unix-sockets': Fact<{ readonly listeners: readonly UnixListener[] }>
}

/** The socket is there for everybody but nginx, whose unit has other files in that place: PrivateTmp=, ProtectHome=, TemporaryFileSystem= ... */
export function hiddenSocket(trouble: Trouble, path: string, seen: Seen): Claim[] {
  const units = seen['nginx-unit'].known ? seen['nginx-unit'].value.units : []
  const [unit] = units.filter(({ active }) => active === 'active' || active === 'reloading')
  const setting = unit ? hiddenBy(unit.sandbox ?? [], path) : null
  if (!unit || setting === null || units.length > 1) return []
  const place = trouble.endpoints[0]
  const listener = seen['unix-sockets'].known
    ? seen['unix-sockets'].value.listeners.find((each) => each.path === path)
    : undefined
  return [
    {
      summary: `${path} does not exist for nginx: ${setting} of ${unit.id} takes it out of its sight`,
      subject: { upstream: `unix:${path}`, path, ...(place && { file: place.file, line: place.line }) },
      failingNow: isOpen(trouble),
      about: troubleKey(trouble),
      impact: impactOf(trouble, seen.host),
      evidence: [
        ...troubleEvidence(trouble),
        seenBy('socket-paths', `ls -l ${path}`, `${path} exists outside of ${unit.id}`),
        seenBy('nginx-unit', `systemctl show ${unit.id}`, setting),
        ...(listener
          ? [seenBy('unix-sockets', 'ss -Hxlp', `${path} (${listener.owners[0]?.name ?? 'owner not seen'})`)]
          : []),
      ],
      unlike: [
        ruledOut('socket-permission', 'nginx is told that it does not exist (2), not that it may not (13)'),
        ruledOut('socket-stale', 'the file that is refused (111) is another one: nginx finds none (2)'),
        ...(listener ? [ruledOut('backend-down', 'a process listens on it')] : []),
      ],
      // The view of the running master is that of its last start; the setting may be newer.
      atMost: listener ? 'likely' : 'possible',
      steps: [
        `put the socket below /run, in the backend and in ${place?.file ?? 'the configuration'}:${place?.line ?? 0}; or take ${setting} out of ${unit.id} (systemctl edit ${unit.id})`,
        `systemctl restart ${unit.id}   # a reload keeps its view of the files`,
      ],
    },
  ]
}
