import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Fact } from '../diagnosis/fact.ts'
import type { Mount } from '../probes/disk.ts'
import type { KernelLog } from '../probes/kernel-log.ts'
import { seenBy } from './knowledge.ts'

/** The kernel's lines about this device, or about any where the device has no name there. */
export function kernelLines(mount: Mount | null, log: Fact<KernelLog>): readonly Evidence[] {
  if (!log.known || mount === null) return []
  const name = mount.device.replace(/^\/dev\/(mapper\/)?/, '')
  const disk = name.replace(/p?\d+$/, '')
  return log.value.events
    .filter(({ kind }) => kind === 'io-error' || kind === 'read-only')
    .flatMap(({ lines }) =>
      lines.filter((text) => text.includes(name) || (disk !== '' && text.includes(`dev ${disk}`))).slice(-1),
    )
    .slice(0, 3)
    .map((text) => seenBy('kernel-log', 'journalctl -k', text))
}

export function mountEvidence(mount: Mount | null): readonly Evidence[] {
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

export function stepsForMount(mount: Mount | null, readOnly: boolean): readonly string[] {
  const device = mount?.device ?? 'THE-DEVICE'
  return [
    readOnly
      ? `see why it is read-only: journalctl -k | grep -iE 'remount|${device.replace(/^\/dev\//, '')}|error'; grep '${mount?.mount ?? ''}' /etc/fstab`
      : `see what the disk says: journalctl -k | grep -i 'i/o error'; smartctl -a ${device}`,
    'a file system that the kernel made read-only had errors: take it out of use and check it (fsck) before it is mounted for writing again',
  ]
}
