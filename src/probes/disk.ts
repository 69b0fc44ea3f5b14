import { parsed, unusable } from '../diagnosis/fact.ts'
import { sections } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface FileSystem {
  readonly mount: string
  readonly device: string
  /** Percent of blocks in use, as df -P rounds it. */
  readonly usedPercent: number
  readonly inodesUsedPercent: number | null
  readonly freeKb: number
}

/**
 * Space and inodes of every local file system.
 *
 * Sample (coreutils df -kP): /dev/vda1 8123880 3998212 3694336 52% /
 */
export const disk = defineProbe({
  id: 'disk',
  command: 'df -kP; df -iP',
  seconds: 4,
  cap: 32_768,
  script: `
echo @blocks; df -kPl 2>/dev/null || df -kP
echo @inodes; df -iPl 2>/dev/null || df -iP 2>/dev/null
true`,
  parse(capture) {
    const parts = sections(capture.stdout, ['blocks', 'inodes'])
    const blocks = rows(parts[0]?.body ?? [])
    const inodes = new Map(rows(parts[1]?.body ?? []).map((row) => [row.mount, row.percent]))
    if (blocks.length === 0) return unusable('df listed no file system')
    return parsed<{ readonly fileSystems: readonly FileSystem[] }>({
      fileSystems: blocks.map((row) => ({
        mount: row.mount,
        device: row.device,
        usedPercent: row.percent,
        inodesUsedPercent: inodes.get(row.mount) ?? null,
        freeKb: row.free,
      })),
    })
  },
})

interface Row {
  readonly device: string
  readonly free: number
  readonly percent: number
  readonly mount: string
}

function rows(lines: readonly string[]): Row[] {
  return lines.flatMap((line) => {
    const match = /^(\S+)\s+\d+\s+\d+\s+(\d+)\s+(\d+)%\s+(\/.*)$/.exec(line)
    return match
      ? [{ device: match[1] ?? '', free: Number(match[2]), percent: Number(match[3]), mount: match[4] ?? '' }]
      : []
  })
}
