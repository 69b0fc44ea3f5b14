import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { linuxErrno } from '../nginx/errno.ts'
import type { Mount } from '../probes/disk.ts'
import { ailingUnits, type AilingUnit, nameOf, unitClaim } from './ailing-units.ts'
import { lineEvidence } from './answered-by.ts'
import { defineRule, impactOfEvent, type Knowledge, seenBy } from './knowledge.ts'
import { isOwnEntry } from './own-entry.ts'
import { mountOf, type WriteFailure, writeFailures } from './write-failures.ts'

type Seen = View<
  Knowledge,
  'place' | 'host' | 'troubles',
  'disk' | 'events' | 'nginx-paths' | 'nginx-processes' | 'backend-units' | 'error-log' | 'kernel-log'
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
  settles: ['disk', 'events', 'nginx-paths', 'nginx-processes', 'backend-units', 'error-log', 'kernel-log'],
  atBackend: true,
  judge: (seen) => [
    ...(seen.place.of === 'nginx' ? nginxClaims(seen) : []),
    ...ailingUnits(seen.troubles, seen['backend-units'], seen.host, seen['error-log'], 'read-only').map((each) =>
      backendClaim(each, seen),
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

function nginxClaim(folder: string, failures: readonly WriteFailure[], seen: Seen): Claim {
  const [newest] = failures
  const readOnly = newest !== undefined && linuxErrno(newest.event.line.errno) === READ_ONLY
  const processes = seen['nginx-processes']
  const sure = processes.known && failures.some(({ event }) => isOwnEntry(event, processes.value))
  const mount = seen.disk.known ? mountOf(folder, seen.disk.value) : null
  const forWorkers = newest?.place?.readOnly ?? null
  const kernel = kernelLines(mount, seen)
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
      : stepsFor(mount, readOnly),
  }
}

function backendClaim(ailing: AilingUnit, seen: Seen): Claim {
  const { unit, line } = ailing
  const name = nameOf(ailing)
  const path = /(?:^|[\s'"(:])(\/[^\s'":,)]{2,300})/.exec(line.newest)?.[1] ?? null
  const mount = path === null || !seen.disk.known ? null : mountOf(path, seen.disk.value)
  const proven = mount?.readOnly === true
  const kernel = kernelLines(mount, seen)
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
          ...stepsFor(mount, true),
          `systemctl restart ${unit?.id ?? 'THE-BACKEND'}   # if it does not recover by itself`,
        ]
      : [
          `systemctl cat ${unit?.id ?? 'THE-BACKEND'}   # ReadOnlyPaths=, ProtectSystem=, ReadWritePaths=`,
          `findmnt ${path === null ? '' : `-T ${path} `}-o TARGET,SOURCE,OPTIONS`,
        ],
  }
}

function unproven(readOnly: boolean, seen: Seen): LookAlike {
  if (readOnly) return notJudged('disk-error', 'the mount is not read-only as far as it was seen')
  return notJudged(
    'disk-error',
    seen['kernel-log'].known ? 'the kernel says nothing of a device' : seen['kernel-log'].reason,
  )
}

/** The kernel's lines about this device, or about any where the device has no name there. */
function kernelLines(mount: Mount | null, seen: Seen): readonly Evidence[] {
  if (!seen['kernel-log'].known || mount === null) return []
  const name = mount.device.replace(/^\/dev\/(mapper\/)?/, '')
  const disk = name.replace(/p?\d+$/, '')
  return seen['kernel-log'].value.events
    .filter(({ kind }) => kind === 'io-error' || kind === 'read-only')
    .flatMap(({ lines }) =>
      lines.filter((text) => text.includes(name) || (disk !== '' && text.includes(`dev ${disk}`))).slice(-1),
    )
    .slice(0, 3)
    .map((text) => seenBy('kernel-log', 'journalctl -k', text))
}

function mountEvidence(mount: Mount | null): readonly Evidence[] {
  return mount
    ? [
        seenBy(
          'disk',
          `findmnt ${mount.mount}`,
          `${mount.device} on ${mount.mount} type ${mount.type} (${mount.readOnly ? 'ro' : 'rw'})`,
        ),
      ]
    : []
}

function stepsFor(mount: Mount | null, readOnly: boolean): readonly string[] {
  const device = mount?.device ?? 'THE-DEVICE'
  return [
    readOnly
      ? `see why it is read-only: journalctl -k | grep -iE 'remount|${device.replace(/^\/dev\//, '')}|error'; grep '${mount?.mount ?? ''}' /etc/fstab`
      : `see what the disk says: journalctl -k | grep -i 'i/o error'; smartctl -a ${device}`,
    'a file system that the kernel made read-only had errors: take it out of use and check it (fsck) before it is mounted for writing again',
  ]
}
