import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { type AilingUnit, nameOf, unitClaim } from './ailing-units.ts'
import { lineEvidence } from './answered-by.ts'
import { largestEvidence, stepsForRoom, systemEvidence } from './disk-room.ts'
import type { Knowledge } from './knowledge.ts'
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
  const question: LookAlike[] = system
    ? []
    : [
        notJudged(
          'disk-full',
          disks === null
            ? `df could not be asked`
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
      ...(system ? largestEvidence(system, seen['largest-paths']) : []),
    ],
    unlike: [
      ruledOut('temp-path-permission', `it is ${name} that cannot write, by its own log`),
      ...(there ? [] : question),
      ...(system && !there && paths.length > 0
        ? [notJudged('disk-full', `its log names ${paths[0] ?? ''}, which is not on ${system.mount}`)]
        : []),
    ],
    // Its own words stand, whether or not df could be asked; a disk that has room again is no fault of this moment.
    ...(disks !== null && full.length === 0 && { atMost: 'possible' as const }),
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
      ...(system ? stepsForRoom(system) : ['df -h; df -i   # which file system it is']),
      `systemctl restart ${unit?.id ?? 'THE-BACKEND'}   # if it does not recover by itself`,
    ],
  }
}
