import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { type AilingUnit, nameOf, unitClaim } from './ailing-units.ts'
import { lineEvidence } from './answered-by.ts'
import { kernelLines, mountEvidence, stepsForMount } from './disk-mount.ts'
import type { Knowledge } from './knowledge.ts'
import { mountOf } from './write-failures.ts'

type UnitDiskSeen = View<Knowledge, 'host', 'disk' | 'kernel-log'>

/** The backend says in its own log that it may not write, and the mount shows it. */
export function unitDiskError(ailing: AilingUnit, seen: UnitDiskSeen): Claim {
  const { unit, line } = ailing
  const name = nameOf(ailing)
  const path = /(?:^|[\s'"(:])(\/[^\s'":,)]{2,300})/.exec(line.newest)?.[1] ?? null
  const mount = path === null || !seen.disk.known ? null : mountOf(path, seen.disk.value)
  const proven = mount?.readOnly === true
  const kernel = kernelLines(mount, seen['kernel-log'])
  const common = unitClaim(ailing, seen.host)
  return {
    ...common,
    ...(proven && { subject: { ...common.subject, path: mount.mount } }),
    summary: proven
      ? `${mount.mount} (${mount.device}) is mounted read-only: ${name} cannot write ${path ?? 'there'}`
      : `${name} meets a read-only file system: "${line.newest.slice(0, 160)}"`,
    evidence: [...common.evidence, lineEvidence(line, unit?.id ?? 'THE-BACKEND'), ...mountEvidence(mount), ...kernel],
    unlike: [
      ruledOut('disk-full', 'its log says read-only, not full'),
      ruledOut('temp-path-permission', `it is ${name} that cannot write, by its own log`),
      ...(proven
        ? []
        : [
            notJudged(
              'disk-error',
              mount
                ? `${mount.mount} is not read-only for us: the unit may have a view of its own (ReadOnlyPaths=, ProtectSystem=)`
                : 'its log does not say which path it is',
            ),
          ]),
    ],
    explains: [
      'app-error',
      'backend-down',
      'backend-crashed',
      'backend-hung',
      'socket-stale',
      'socket-missing',
      'backend-dependency-down',
    ],
    steps: proven
      ? [
          ...stepsForMount(mount, true),
          `systemctl restart ${unit?.id ?? 'THE-BACKEND'}   # if it does not recover by itself`,
        ]
      : [
          `systemctl cat ${unit?.id ?? 'THE-BACKEND'}   # ReadOnlyPaths=, ProtectSystem=, ReadWritePaths=`,
          `findmnt ${path === null ? '' : `-T ${path} `}-o TARGET,SOURCE,OPTIONS`,
        ],
  }
}
