import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Fact } from '../diagnosis/fact.ts'
import type { FileSystem } from '../probes/disk.ts'
import type { LargestPaths } from '../probes/largest-paths.ts'
import { seenBy } from './knowledge.ts'
import { isFull } from './write-failures.ts'

/** df of one file system, as evidence. */
export function systemEvidence(each: FileSystem): Evidence {
  const inodes = each.inodesUsedPercent === null ? '' : `, inodes ${each.inodesUsedPercent}% used`
  return seenBy(
    'disk',
    `df -h ${each.mount}; df -i ${each.mount}`,
    `${each.device} on ${each.mount}: ${each.usedPercent}% used, ${each.freeKb} kB of ${each.sizeKb} kB free${inodes}`,
  )
}

/** What fills it, as far as our user may look. */
export function largestEvidence(each: FileSystem, found: Fact<readonly LargestPaths[]>): readonly Evidence[] {
  const largest = found.known ? found.value.filter(({ mount }) => mount === each.mount) : []
  return largest
    .filter(({ paths }) => paths.length > 0)
    .map(({ unit, mount, paths }) =>
      seenBy(
        'largest-paths',
        unit === 'kB' ? `du -xka -d 4 ${mount} | sort -rn | head` : `du --inodes -x -d 4 ${mount} | sort -rn | head`,
        paths.map(({ path, size }) => `${size} ${unit} ${path}`).join('\n'),
      ),
    )
}

/** What a person would do about it. */
export function stepsForRoom(each: FileSystem): readonly string[] {
  const inodes = isFull(each) === 'inodes'
  return [
    inodes
      ? `see where the many small files are: du --inodes -x ${each.mount} | sort -rn | head -20`
      : `see what fills it: du -xh ${each.mount} | sort -rh | head -20; files that are deleted and still open: lsof +L1 ${each.mount}`,
    'make room by hand; nothing is deleted from here. Logs that no logrotate looks after are what it mostly is',
  ]
}
