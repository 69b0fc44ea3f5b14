import type { Fact } from '../diagnosis/fact.ts'
import { linuxErrno } from '../nginx/errno.ts'
import { canFill, type Disks, type FileSystem, type Mount } from '../probes/disk.ts'
import type { LogGroup } from '../probes/error-log.ts'
import type { NginxPath, NginxPaths } from '../probes/nginx-paths.ts'
import type { Event } from '../symptoms/events.ts'

/** nginx could not write, make or open a file. */
export interface WriteFailure {
  readonly event: Event
  readonly group: LogGroup
  /** As nginx names it: /var/lib/nginx/proxy/1/00/0000000001. */
  readonly path: string
  /** The folder of nginx that it lies in; null for a file elsewhere, or when the folders are not known. */
  readonly place: NginxPath | null
}

/** Entries with this error number that name a file, newest first. */
export function writeFailures(
  events: readonly Event[],
  paths: Fact<NginxPaths>,
  ...errnos: readonly number[]
): readonly WriteFailure[] {
  return events
    .filter((event) => errnos.includes(linuxErrno(event.line.errno) ?? -1))
    .toSorted((a, b) => a.lastAgo - b.lastAgo)
    .flatMap((event) =>
      event.groups
        .toSorted((a, b) => b.last.localeCompare(a.last))
        .flatMap((group) => {
          const path = /"(\/[^"]{1,400})"/.exec(group.line.message)?.[1]
          return path === undefined
            ? []
            : [{ event, group, path, place: paths.known ? folderOf(path, paths.value) : null }]
        }),
    )
}

/** Temporary folders and caches before log folders, the longest path of them. */
function folderOf(path: string, { paths }: NginxPaths): NginxPath | null {
  const around = paths.filter((each) => isBelow(path, each.path))
  return around.toSorted((a, b) => b.path.length - a.path.length)[0] ?? null
}

export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}

/** No block or no inode is left for an ordinary user. ext4 keeps some for root, so that what is used may well be below 100 %. */
export function isFull(each: FileSystem): 'space' | 'inodes' | null {
  if (each.sizeKb > 0 ? each.freeKb === 0 : each.usedPercent >= 100) return 'space'
  if (each.usedPercent >= 99 && each.freeKb < 1024) return 'space'
  return (each.inodesUsedPercent ?? 0) >= 100 ? 'inodes' : null
}

/** File systems without room, those with what a program may write to; images that are full by nature left out. */
export function fullFileSystems({ fileSystems, mounts }: Disks): readonly FileSystem[] {
  return fileSystems.filter((each) => canFill(each, mounts) && isFull(each) !== null)
}

export function fileSystemOf(path: string, { fileSystems }: Disks): FileSystem | null {
  return (
    fileSystems.filter((each) => isBelow(path, each.mount)).toSorted((a, b) => b.mount.length - a.mount.length)[0] ??
    null
  )
}

/** The mount that a path lies on; of several at one place the last one is on top. */
export function mountOf(path: string, { mounts }: Disks): Mount | null {
  const around = mounts.filter((each) => isBelow(path, each.mount))
  const longest = Math.max(0, ...around.map((each) => each.mount.length))
  return around.findLast((each) => each.mount.length === longest) ?? null
}

/** "/var/lib/nginx (tmpfs, 2 MB): no space left" */
export function fullWords(each: FileSystem): string {
  const size =
    each.sizeKb >= 10_485_760
      ? `${Math.round(each.sizeKb / 1_048_576)} GB`
      : `${Math.max(1, Math.round(each.sizeKb / 1024))} MB`
  return isFull(each) === 'inodes'
    ? `${each.mount} (${each.device}) has no inode left: no file can be made there`
    : `${each.mount} (${each.device}, ${size}) is full`
}
