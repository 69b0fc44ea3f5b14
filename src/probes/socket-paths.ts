import { parsed } from '../diagnosis/fact.ts'
import { sections, wholeLines } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface PathComponent {
  readonly path: string
  /** "srw-rw----", or "-" when it is not there. */
  readonly mode: string
  readonly owner: string
  readonly group: string
}

export interface SocketPath {
  readonly path: string
  /** From "/" down to the socket itself. */
  readonly components: readonly PathComponent[]
  /** The first component that is not there; null when the whole path exists. */
  readonly missing: string | null
  /** We could not look behind this component ourselves. */
  readonly hidden: string | null
}

/**
 * Mode and owner of every component of the paths of unix sockets, and the groups of the worker's user. "$1" is that user,
 * the rest are paths.
 *
 * Sample:
 *     @groups www-data
 *     @path /run/php/php8.2-fpm.sock
 *     drwxr-xr-x root root /
 *     drwxr-xr-x root root /run
 *     srw-rw---- www-data www-data /run/php/php8.2-fpm.sock
 */
export const socketPaths = defineProbe({
  id: 'socket-paths',
  command: 'namei -l PATH',
  seconds: 3,
  cap: 32_768,
  script: `
echo "@groups $(id -nG "$1" 2>/dev/null)"; shift
for p in "$@"; do
  echo "@path $p"
  rest=\${p#/}; at=
  stat -L -c '%A %U %G /' /
  while [ -n "$rest" ]; do
    part=\${rest%%/*}; case $rest in */*) rest=\${rest#*/} ;; *) rest= ;; esac
    [ -n "$part" ] || continue
    up=$at; at=$at/$part
    stat -L -c '%A %U %G %n' "$at" 2>/dev/null || {
      if [ -x "\${up:-/}" ]; then echo "missing $at"; else echo "hidden \${up:-/}"; fi; break; }
  done
done`,
  parse(capture) {
    const parts = sections(wholeLines(capture), ['groups', 'path'])
    const groups = (parts.find((part) => part.name === 'groups')?.rest ?? '').split(' ').filter(Boolean)
    const paths = parts
      .filter((part) => part.name === 'path')
      .map((part): SocketPath => {
        const components = part.body.flatMap((line): PathComponent[] => {
          const match = /^([a-z-]\S{9,10}) (\S+) (\S+) (\/.*)$/.exec(line)
          return match
            ? [{ mode: match[1] ?? '', owner: match[2] ?? '', group: match[3] ?? '', path: match[4] ?? '' }]
            : []
        })
        const ending = (word: string): string | null =>
          part.body.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? null
        return { path: part.rest, components, missing: ending('missing'), hidden: ending('hidden') }
      })
    return parsed<{ readonly workerGroups: readonly string[]; readonly paths: readonly SocketPath[] }>({
      workerGroups: groups,
      paths,
    })
  },
})
