import { parsed, unusable } from '../diagnosis/fact.ts'
import { sections } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface Mount {
  readonly mount: string
  readonly device: string
  readonly type: string
  readonly readOnly: boolean
}

export interface Disks {
  readonly fileSystems: readonly FileSystem[]
  /** What is mounted where, as our own session sees it; a unit can have another view. Empty in captures that did not ask. */
  readonly mounts: readonly Mount[]
}

export interface FileSystem {
  readonly mount: string
  readonly device: string
  /** Percent of blocks in use, as df -P rounds it. */
  readonly usedPercent: number
  readonly inodesUsedPercent: number | null
  readonly freeKb: number
  readonly sizeKb: number
}

/**
 * Space and inodes of every local file system, and which mounts are read-only.
 *
 * Sample (coreutils 9.1, df -kP): /dev/vda1 8123880 3998212 3694336 52% /
 * Sample (/proc/self/mounts): /dev/vda1 / ext4 rw,relatime,errors=remount-ro 0 0
 */
export const disk = defineProbe({
  id: 'disk',
  command: 'df -kP; df -iP; cat /proc/self/mounts',
  seconds: 4,
  cap: 32_768,
  script: `
echo @blocks; df -kPl 2>/dev/null || df -kP
echo @inodes; df -iPl 2>/dev/null || df -iP 2>/dev/null
echo @mounts; grep -vE '^[^ ]+ [^ ]+ (proc|sysfs|cgroup2?|devpts|mqueue|debugfs|tracefs|securityfs|pstore|bpf|configfs|autofs|nsfs|binfmt_misc|rpc_pipefs|fusectl|hugetlbfs) ' /proc/self/mounts | cut -c1-400 | head -n 150
true`,
  parse(capture) {
    const parts = sections(capture.stdout, ['blocks', 'inodes', 'mounts'])
    const blocks = rows(parts[0]?.body ?? [])
    const inodes = new Map(rows(parts[1]?.body ?? []).map((row) => [row.mount, row.percent]))
    if (capture.truncated) return unusable('the list of file systems was cut')
    if (blocks.length === 0) return unusable('df listed no file system')
    return parsed<Disks>({
      fileSystems: blocks.map((row) => ({
        mount: row.mount,
        device: row.device,
        usedPercent: row.percent,
        inodesUsedPercent: inodes.get(row.mount) ?? null,
        freeKb: row.free,
        sizeKb: row.size,
      })),
      mounts: (parts[2]?.body ?? []).flatMap(readMount),
    })
  },
})

interface Row {
  readonly device: string
  readonly size: number
  readonly free: number
  readonly percent: number
  readonly mount: string
}

function rows(lines: readonly string[]): Row[] {
  return lines.flatMap((line) => {
    const match = /^(\S+)\s+(\d+)\s+\d+\s+(\d+)\s+(\d+)%\s+(\/.*)$/.exec(line)
    return match
      ? [
          {
            device: match[1] ?? '',
            size: Number(match[2]),
            free: Number(match[3]),
            percent: Number(match[4]),
            mount: match[5] ?? '',
          },
        ]
      : []
  })
}

/** Images are full from the day they are made: squashfs of snaps, CDs, and whatever else is mounted read-only. */
export function canFill(each: FileSystem, mounts: readonly Mount[]): boolean {
  const mount = mounts.findLast((one) => one.mount === each.mount)
  if (/^(\/snap|\/var\/lib\/snapd)\//.test(each.mount) || /^\/dev\/(sr|loop)\d/.test(each.device)) return false
  return mount === undefined || !(mount.readOnly || /^(squashfs|erofs|iso9660|udf|ramfs|cramfs)$/.test(mount.type))
}

/** One line of `df -kP`, without inodes. */
export function readFileSystem(line: string): FileSystem | null {
  const row = rows([line])[0]
  if (!row) return null
  const { mount, device, percent, free, size } = row
  return { mount, device, usedPercent: percent, inodesUsedPercent: null, freeKb: free, sizeKb: size }
}

/** Device, place, type and options of a line of /proc/PID/mounts; blanks in names are written \\040 there (proc(5)). */
export function readMount(line: string): Mount[] {
  const [device, mount, type, options] = line.split(' ')
  if (device === undefined || !mount?.startsWith('/') || type === undefined || options === undefined) return []
  return [{ device, mount: mount.replaceAll('\\040', ' '), type, readOnly: options.split(',').includes('ro') }]
}
