import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { linuxErrno } from '../nginx/errno.ts'
import { ailingUnits } from './ailing-units.ts'
import { kernelLines, mountEvidence, stepsForMount } from './disk-mount.ts'
import { defineRule, impactOfEvent, type Knowledge, seenBy } from './knowledge.ts'
import { isOwnEntry } from './own-entry.ts'
import { startDiskError } from './start-disk-error.ts'
import { unitDiskError } from './unit-disk-error.ts'
import { mountOf, type WriteFailure, writeFailures } from './write-failures.ts'

type Seen = View<
  Knowledge,
  'place' | 'host' | 'troubles',
  | 'disk'
  | 'events'
  | 'nginx-paths'
  | 'nginx-processes'
  | 'backend-units'
  | 'error-log'
  | 'kernel-log'
  | 'starting'
  | 'nginx-config'
  | 'nginx-unit'
>

/** EROFS and EIO. */
const READ_ONLY = 30
const IO_ERROR = 5

/**
 * Cause: the file system is read-only, or its disk gives errors, where nginx or a backend must write.
 * Tell-tale: (30) or (5) in nginx's log or the backend's words for them; the mount is ro; the kernel's lines about the device.
 * Look-alikes: disk-full (28), temp-path-permission (13).
 */
export const diskError = defineRule({
  id: 'disk-error',
  needs: ['place', 'host', 'troubles'],
  settles: [
    'disk',
    'events',
    'nginx-paths',
    'nginx-processes',
    'backend-units',
    'error-log',
    'kernel-log',
    'starting',
    'nginx-config',
    'nginx-unit',
  ],
  atBackend: true,
  judge: (seen) => [
    ...(seen.place.of === 'nginx' ? [...nginxClaims(seen), ...startClaims(seen)] : []),
    ...ailingUnits(seen.troubles, seen['backend-units'], seen.host, seen['error-log'], 'read-only').map((each) =>
      unitDiskError(each, seen),
    ),
  ],
})

function nginxClaims(seen: Seen): Claim[] {
  const failures = seen.events.known ? writeFailures(seen.events.value, seen['nginx-paths'], READ_ONLY, IO_ERROR) : []
  const folders = new Map<string, WriteFailure[]>()
  for (const failure of failures) {
    const folder = failure.place?.path ?? failure.path.replace(/\/[^/]*$/, '')
    folders.set(folder, [...(folders.get(folder) ?? []), failure])
  }
  return [...folders].map(([folder, those]) => nginxClaim(folder, those, seen))
}

function startClaims(seen: Seen): Claim[] {
  const { starting, 'nginx-processes': processes } = seen
  if (!starting.known || !processes.known) return []
  return startDiskError({ ...seen, starting: starting.value, 'nginx-processes': processes.value })
}

function nginxClaim(folder: string, failures: readonly WriteFailure[], seen: Seen): Claim {
  const [newest] = failures
  const readOnly = newest !== undefined && linuxErrno(newest.event.line.errno) === READ_ONLY
  const processes = seen['nginx-processes']
  const sure = processes.known && failures.some(({ event }) => isOwnEntry(event, processes.value))
  const mount = seen.disk.known ? mountOf(folder, seen.disk.value) : null
  const forWorkers = newest?.place?.readOnly ?? null
  const kernel = kernelLines(mount, seen['kernel-log'])
  const proven = readOnly ? forWorkers === true || mount?.readOnly === true : kernel.length > 0
  const sandbox = forWorkers === true && mount?.readOnly === false
  const unit = processes.known ? (processes.value.masters[0]?.unit ?? 'nginx.service') : 'nginx.service'
  return {
    summary: readOnly
      ? sandbox
        ? `${folder} is read-only for ${unit}, though not for the host: its unit has a view of the files of its own`
        : `${folder} is on a read-only file system (${mount ? `${mount.device} on ${mount.mount}` : 'its mount is not known'}): nginx cannot write there`
      : `the disk below ${folder} gives I/O errors (${mount ? `${mount.device} on ${mount.mount}` : 'its mount is not known'})`,
    subject: { path: folder },
    failingNow: newest?.event.now === true && !(readOnly && !proven && forWorkers === false),
    impact: newest ? impactOfEvent(newest.event, seen.host) : null,
    evidence: [
      ...(newest ? [seenBy('error-log', `tail ${newest.group.log}`, newest.group.text)] : []),
      ...mountEvidence(mount),
      ...(sandbox ? [seenBy('nginx-paths', `grep ' ${folder}' /proc/PID/mounts   # of a worker`, `${folder} ro`)] : []),
      ...kernel,
    ],
    unlike: [
      ruledOut('disk-full', `the kernel said (${readOnly ? READ_ONLY : IO_ERROR}), not "no space left" (28)`),
      ruledOut(
        'temp-path-permission',
        `the kernel said (${readOnly ? READ_ONLY : IO_ERROR}), not "permission denied" (13)`,
      ),
      ...(proven ? [] : [unproven(readOnly, seen)]),
    ],
    ...(!sure && { atMost: 'possible' as const }),
    ...(sure && readOnly && forWorkers === false && { atMost: 'possible' as const }),
    explains: ['app-error', 'no-live-upstreams'],
    steps: sandbox
      ? [
          `systemctl cat ${unit}   # ReadOnlyPaths=, ProtectSystem=: add ReadWritePaths=${folder}`,
          `systemctl daemon-reload && systemctl restart ${unit}`,
        ]
      : stepsForMount(mount, readOnly),
  }
}

function unproven(readOnly: boolean, seen: Seen): LookAlike {
  if (readOnly) return notJudged('disk-error', 'the mount is not read-only as far as it was seen')
  return notJudged(
    'disk-error',
    seen['kernel-log'].known ? 'the kernel says nothing of a device' : seen['kernel-log'].reason,
  )
}
