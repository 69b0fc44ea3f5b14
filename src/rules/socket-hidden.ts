import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Fact } from '../diagnosis/fact.ts'
import type { Host } from '../probes/host.ts'
import type { MandatoryAccess } from '../probes/mac.ts'
import type { NginxUnits } from '../probes/nginx-unit.ts'
import type { UnixListener } from '../probes/unix-sockets.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { impactOf, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { macAlike } from './mac-alike.ts'
import { hiddenBy } from './unit-view.ts'

interface Seen {
  readonly host: Host
  readonly 'nginx-unit': Fact<NginxUnits>
  readonly 'unix-sockets': Fact<{ readonly listeners: readonly UnixListener[] }>
}

/** The socket is there for everybody but nginx, whose unit has other files in that place: PrivateTmp=, ProtectHome=tmpfs, TemporaryFileSystem= ... */
export function hiddenSocket(trouble: Trouble, path: string, seen: Seen): Claim[] {
  const hider = hiderOf(path, seen)
  if (hider === null) return []
  const { unit, setting, listener } = hider
  return [
    {
      ...claimOf(trouble, path, hider, seen),
      summary: `${path} does not exist for nginx: ${setting} of ${unit} takes it out of its sight`,
      unlike: [
        ruledOut('socket-permission', 'nginx is told that it does not exist (2), not that it may not (13)'),
        ruledOut('socket-stale', 'the file that is refused (111) is another one: nginx finds none (2)'),
        ...(listener ? [ruledOut('backend-down', 'a process listens on it')] : []),
      ],
    },
  ]
}

/**
 * The modes let nginx in, and its unit has a closed folder in that place: ProtectHome=yes and InaccessiblePaths= put one there that nobody
 * may enter (systemd.exec(5)), so that it is told 13.
 */
export function closedByUnit(
  trouble: Trouble,
  path: string,
  seen: Seen & { readonly mac: Fact<MandatoryAccess> },
): Claim[] {
  const hider = hiderOf(path, seen)
  if (hider === null || !/^(?:ProtectHome=yes|InaccessiblePaths=)/.test(hider.setting)) return []
  const { unit, setting, listener } = hider
  const mac = macAlike(seen.mac)
  const claim = claimOf(trouble, path, hider, seen)
  return [
    {
      ...claim,
      summary: `nginx may not get to ${path}, whose modes let it: ${setting} of ${unit} keeps it out`,
      unlike: [
        mac,
        ruledOut('socket-missing', `${path} exists; a missing file gives (2)`),
        ...(listener ? [ruledOut('backend-down', 'a process listens on it')] : []),
      ],
      atMost: mac.out ? claim.atMost : 'possible',
    },
  ]
}

interface Hider {
  readonly unit: string
  /** As written: "ProtectHome=yes". */
  readonly setting: string
  readonly listener: UnixListener | undefined
}

/** null also where two units of nginx run: which of them these workers belong to is not known. */
function hiderOf(path: string, seen: Seen): Hider | null {
  const units = seen['nginx-unit'].known ? seen['nginx-unit'].value.units : []
  const [unit] = units.filter(({ active }) => active === 'active' || active === 'reloading')
  const setting = unit ? hiddenBy(unit.sandbox ?? [], path) : null
  if (!unit || setting === null || units.length > 1) return null
  const unix = seen['unix-sockets']
  return {
    unit: unit.id,
    setting,
    listener: unix.known ? unix.value.listeners.find((each) => each.path === path) : undefined,
  }
}

function claimOf(trouble: Trouble, path: string, { unit, setting, listener }: Hider, seen: Seen) {
  const place = trouble.endpoints[0]
  return {
    subject: { upstream: `unix:${path}`, path, ...(place && { file: place.file, line: place.line }) },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('socket-paths', `ls -l ${path}`, `${path} exists outside of ${unit}`),
      seenBy('nginx-unit', `systemctl show ${unit}`, setting),
      ...(listener
        ? [seenBy('unix-sockets', 'ss -Hxlp', `${path} (${listener.owners[0]?.name ?? 'owner not seen'})`)]
        : []),
    ],
    // The view of the running master is that of its last start; the setting may be newer.
    atMost: listener ? ('likely' as const) : ('possible' as const),
    steps: [
      `put the socket below /run, in the backend and in ${place?.file ?? 'the configuration'}:${place?.line ?? 0}; or take ${setting} out of ${unit} (systemctl edit ${unit})`,
      `systemctl restart ${unit}   # a reload keeps its view of the files`,
    ],
  }
}
