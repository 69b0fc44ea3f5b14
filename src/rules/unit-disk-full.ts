import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { type AilingUnit, nameOf, unitClaim } from './ailing-units.ts'
import { lineEvidence } from './answered-by.ts'
import { largestEvidence, stepsForRoom, systemEvidence } from './disk-room.ts'
import type { FileSystem } from '../probes/disk.ts'
import { type Knowledge, seenBy } from './knowledge.ts'
import { fileSystemOf, fullFileSystems, fullWords } from './write-failures.ts'

type UnitDiskSeen = View<Knowledge, 'host', 'disk' | 'largest-paths'>

/** The backend says so in its own log, and a file system of its machine has no room. */
export function unitDiskFull(ailing: AilingUnit, seen: UnitDiskSeen): Claim {
  const { unit, line } = ailing
  const name = nameOf(ailing)
  const named = /(?:^|[\s'"(:])(\/[^\s'":,)]{2,300})/g
  const paths = [...line.newest.matchAll(named)].flatMap((match) => match[1] ?? [])
  const disks = seen.disk.known ? seen.disk.value : null
  const full = disks ? fullFileSystems(disks) : []
  const there =
    paths.map((path) => (disks ? fileSystemOf(path, disks) : null)).find((each) => each && full.includes(each)) ?? null
  const system = there ?? (full.length === 1 ? (full[0] ?? null) : null)
  const own = privateFolder(unit)
  const question: LookAlike[] = system
    ? []
    : [
        notJudged(
          'disk-full',
          disks === null
            ? `df could not be asked`
            : full.length === 0 && own !== null
              ? `how full ${own} is, only its processes see`
              : full.length === 0
                ? 'no file system is full now: what filled it is gone, or it is a quota'
                : 'its log does not say where it wrote',
        ),
      ]
  return {
    ...unitClaim(ailing, seen.host),
    ...(system && { subject: { ...unitClaim(ailing, seen.host).subject, path: system.mount } }),
    summary: system
      ? `${fullWords(system)}: ${name} cannot write`
      : `${name} could not write for want of space: "${line.newest.slice(0, 160)}"`,
    evidence: [
      ...unitClaim(ailing, seen.host).evidence,
      lineEvidence(line, unit?.id ?? 'THE-BACKEND'),
      ...full.slice(0, 2).map(systemEvidence),
      ...(full.length === 0 && own !== null
        ? [seenBy('backend-units', `systemctl show -p TemporaryFileSystem ${unit?.id ?? ''}`, own)]
        : []),
      ...(system ? largestEvidence(system, seen['largest-paths']) : []),
    ],
    unlike: [
      ruledOut('temp-path-permission', `it is ${name} that cannot write, by its own log`),
      ...(there ? [] : question),
      ...(system && !there ? [notJudged('disk-full', elsewhere(paths[0], system))] : []),
    ],
    // A disk that has room again is no fault of this moment, and without df its words may be those of a client that it repeats.
    ...(((full.length === 0 && (own === null || disks === null)) || (system && !there && !isForPrograms(system))) && {
      atMost: 'possible' as const,
    }),
    explains: [
      'app-error',
      'backend-down',
      'backend-crashed',
      'backend-hung',
      'socket-stale',
      'socket-missing',
      'backend-dependency-down',
    ],
    steps: [
      ...(system
        ? stepsForRoom(system)
        : own !== null && full.length === 0
          ? [
              `nsenter -m -t ${unit?.mainPid ?? 'PID'} df -h; the same with df -i   # its own view: ${own}`,
              `make room there, or give it more: size= of TemporaryFileSystem= in systemctl edit ${unit?.id ?? ''}`,
            ]
          : ['df -h; df -i   # which file system it is']),
      `systemctl restart ${unit?.id ?? 'THE-BACKEND'}   # if it does not recover by itself`,
    ],
  }
}

function elsewhere(path: string | undefined, { mount }: FileSystem): string {
  return path === undefined
    ? `its log does not say that it wrote below ${mount}`
    : `its log names ${path}, which is not on ${mount}`
}

/**
 * Where services keep what they write (hier(7)). A disk of backups or one that somebody mounted by hand is often full, and hurts nobody:
 * only a line that names it ties it to a service.
 */
function isForPrograms({ mount }: FileSystem): boolean {
  return (
    mount === '/' ||
    (/^\/(?:var|tmp|srv|opt|home|run|dev\/shm|data)(?:\/|$)/.test(mount) && !/backup|archive|mirror/i.test(mount))
  )
}

/** A file system in memory that only the unit's own processes see (systemd.exec(5)), and that they may write to. */
function privateFolder(unit: AilingUnit['unit']): string | null {
  const mounts = (unit?.sandbox ?? []).filter((each) => each.startsWith('TemporaryFileSystem='))
  return mounts.find((each) => !/:(?:\S*,)?ro\b/.test(each)) ?? null
}
