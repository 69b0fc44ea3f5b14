import type { Fact } from '../diagnosis/fact.ts'
import type { Claim, LookAlike } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { linuxErrno } from '../nginx/errno.ts'
import { fileInMessage } from '../nginx/start-message.ts'
import type { Disks } from '../probes/disk.ts'
import type { KernelLog } from '../probes/kernel-log.ts'
import { kernelLines, mountEvidence, stepsForMount } from './disk-mount.ts'
import {
  loadSteps,
  nginxUnitName,
  refusalsFor,
  startClaim,
  startEvidence,
  startsAsOther,
  type StartSeen,
  stillStands,
} from './start-refusal.ts'
import { mountOf } from './write-failures.ts'

type Seen = StartSeen & { readonly disk: Fact<Disks>; readonly 'kernel-log': Fact<KernelLog> }

/** EROFS. */
const READ_ONLY = 30

/**
 * nginx does not start, or does not take over what is on disk, because a file that it opens then (a log, its pid file, a cache) lies on a
 * file system that is read-only or gives I/O errors. A pid file that only the unit itself may not write is pid-path-missing.
 */
export function startDiskError(seen: Seen): Claim[] {
  const refusal = refusalsFor('disk-error', seen)[0]
  const path = refusal ? fileInMessage(refusal.line) : null
  if (!refusal || path === null) return []
  const readOnly = linuxErrno(refusal.line.errno) === READ_ONLY
  const folder = path.replace(/\/[^/]*$/, '') || '/'
  const mount = seen.disk.known ? mountOf(folder, seen.disk.value) : null
  const forUnit = readOnly && mount?.readOnly === false && startsAsOther(seen)
  if (readOnly && mount?.readOnly === false && (path.endsWith('.pid') || (!forUnit && refusal.from !== 'test')))
    return []
  const kernel = kernelLines(mount, seen['kernel-log'])
  const proven = readOnly ? mount?.readOnly === true || forUnit : kernel.length > 0
  const { consequence, ...common } = startClaim(seen, refusal)
  const unit = nginxUnitName(seen)
  const where = mount ? `${mount.device} on ${mount.mount}` : 'its mount is not known'
  const what = forUnit
    ? `${folder} is read-only for ${unit}, though not for the host`
    : `${folder} is on a ${readOnly ? 'read-only file system' : 'disk with I/O errors'} (${where}): nginx cannot open ${path}`
  return [
    {
      ...common,
      summary: `${what}; ${consequence}`,
      subject: { path: folder },
      evidence: [...startEvidence(seen, [refusal]), ...mountEvidence(mount), ...kernel],
      unlike: alikes(readOnly, proven),
      // A unit may see as read-only what the host does not: without the mount nobody can tell the two apart.
      ...(!proven && ((readOnly && mount === null) || !stillStands(refusal, seen)) && { atMost: 'possible' as const }),
      steps: forUnit
        ? [
            `systemctl cat ${unit}   # ReadOnlyPaths=, ProtectSystem=: add ReadWritePaths=${folder}`,
            `systemctl daemon-reload && systemctl restart ${unit}`,
          ]
        : [...stepsForMount(mount, readOnly), ...loadSteps(seen)],
    },
  ]
}

function alikes(readOnly: boolean, proven: boolean): readonly LookAlike[] {
  const number = readOnly ? READ_ONLY : 5
  return [
    ruledOut('disk-full', `the kernel said (${number}), not "no space left" (28)`),
    ruledOut('temp-path-permission', `the kernel said (${number}), not "permission denied" (13)`),
    ruledOut('config-invalid', 'nginx read the configuration up to this file, and names the file'),
    ...(proven
      ? []
      : [
          notJudged(
            'disk-error',
            readOnly ? 'no read-only mount was seen there' : 'the kernel says nothing of a device',
          ),
        ]),
  ]
}
