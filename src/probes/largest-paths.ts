import { parsed, unusable } from '../diagnosis/fact.ts'
import { sections } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface LargestPaths {
  readonly mount: string
  /** kilobytes or inodes, as asked. */
  readonly unit: 'kB' | 'inodes'
  /** Largest first; a folder holds what is below it. Only what our user may read, and only what could be counted in time. */
  readonly paths: readonly { readonly path: string; readonly size: number }[]
}

/**
 * What fills a file system. "$@" are `kB:MOUNT` or `inodes:MOUNT`, from df; two seconds for each.
 *
 * Sample (coreutils 9.1):
 *     @mount kB /var/log
 *     4081236 /var/log
 *     3902112 /var/log/app/debug.log
 */
export const largestPaths = defineProbe({
  id: 'largest-paths',
  command: 'du -xka -d 4 MOUNT | sort -rn | head',
  seconds: 6,
  cap: 16_384,
  script: `
for a in "$@"; do
  m=\${a#*:}
  echo "@mount \${a%%:*} $m"
  case $a in
    inodes:*) timeout 2 du --inodes -x -d 4 "$m" 2>/dev/null ;;
    *) timeout 2 du -xka -d 4 "$m" 2>/dev/null ;;
  esac | sort -rn | head -n 8 | cut -c1-300
done`,
  parse(capture) {
    if (capture.truncated) return unusable('the list of paths was cut')
    return parsed<readonly LargestPaths[]>(
      sections(capture.stdout, ['mount']).flatMap(({ rest, body }) => {
        const match = /^(kB|inodes) (\/.*)$/.exec(rest)
        if (!match) return []
        const paths = body.flatMap((line) => {
          const row = /^(\d+)\s+(\/.*)$/.exec(line)
          return row ? [{ size: Number(row[1]), path: row[2] ?? '' }] : []
        })
        return [{ mount: match[2] ?? '', unit: match[1] === 'kB' ? ('kB' as const) : ('inodes' as const), paths }]
      }),
    )
  },
})
