import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { FileSystem } from '../probes/disk.ts'
import type { NginxPaths } from '../probes/nginx-paths.ts'
import { largestEvidence, stepsForRoom, systemEvidence } from './disk-room.ts'
import type { Knowledge } from './knowledge.ts'
import { isFull } from './write-failures.ts'

/** Percent in use, of blocks or of inodes: what df rounds to this may be gone within hours. A reserve of 5 % for root is usual (mke2fs(8), -m). */
const SCARCE = 95

/** Nothing fails yet where nginx writes, and little is left: one claim for each file system. */
export function scarceClaims(
  { paths }: NginxPaths,
  largest: Knowledge['largest-paths'],
  told: readonly string[],
): Claim[] {
  const systems = paths.flatMap(({ fileSystem }) => (fileSystem !== null && isScarce(fileSystem) ? [fileSystem] : []))
  const fresh = systems.filter(({ mount }) => !told.includes(mount))
  return [...new Map(fresh.map((each) => [each.mount, each])).values()].map((each) => ({
    kind: 'latent',
    summary: `${scarceWords(each)}; nginx writes to ${namesOf(paths, each)}`,
    subject: { path: each.mount },
    failingNow: false,
    impact: null,
    evidence: [systemEvidence(each), ...largestEvidence(each, largest)],
    unlike: [ruledOut('temp-path-permission', 'df shows how much is left, whatever the modes are')],
    steps: stepsForRoom(each),
  }))
}

function isScarce(each: FileSystem): boolean {
  return isFull(each) === null && (each.usedPercent >= SCARCE || (each.inodesUsedPercent ?? 0) >= SCARCE)
}

function scarceWords(each: FileSystem): string {
  if (each.usedPercent < SCARCE) return `${each.mount} has used ${each.inodesUsedPercent}% of its inodes`
  return `${each.mount} is ${each.usedPercent}% full, ${Math.round(each.freeKb / 1024)} MB are free`
}

function namesOf(paths: NginxPaths['paths'], { mount }: FileSystem): string {
  const there = paths.filter(({ fileSystem }) => fileSystem?.mount === mount).map(({ path }) => path)
  return `${there.slice(0, 2).join(', ')}${there.length > 2 ? ` and ${there.length - 2} more` : ''}`
}
