import { parsed } from '../diagnosis/fact.ts'
import { sections, wholeLines } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface PathComponent {
  readonly path: string
  /** "srw-rw----", with a "+" behind it where an access control list decides besides; "-" when it is not there. */
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

export interface SocketPaths {
  /** Groups of the worker's user by now. */
  readonly workerGroups: readonly string[]
  /** Groups of a worker that runs; null when they were not seen. */
  readonly runningGroups: readonly string[] | null
  readonly paths: readonly SocketPath[]
}

/**
 * Mode and owner of every component of the paths of unix sockets, the groups that the worker's user has now, and those of the workers that
 * run (a process keeps the groups of its start, proc_pid_status(5)). "$1" is that user, the rest are paths.
 *
 * Sample (Debian 12; the user joined group orders after nginx was started):
 *     @groups www-data orders
 *     @running www-data
 *     @path /run/php/php8.2-fpm.sock
 *     drwxr-xr-x root root /
 *     drwxr-xr-x root root /run
 *     drwxr-xr-x+ root root /run/php
 *     srw-rw---- www-data www-data /run/php/php8.2-fpm.sock
 */
export const socketPaths = defineProbe({
  id: 'socket-paths',
  command: 'namei -l PATH',
  seconds: 3,
  cap: 32_768,
  script: `
echo "@groups $(id -nG "$1" 2>/dev/null)"
w=$(pgrep -o -u "$1" -f '^nginx: worker process' 2>/dev/null) && g=$(sed -n 's/^Gid:[[:space:]]*\\([0-9]*\\).*/\\1/p;s/^Groups:[[:space:]]*//p' "/proc/$w/status" 2>/dev/null) &&
  echo "@running $(for n in $g; do getent group "$n" 2>/dev/null | cut -d : -f 1 | grep . || echo "$n"; done | tr '\\n' ' ')"
shift
shown() { # mode, owner, group and name; ls alone tells of an access control list
  s=$(stat -L -c '%A %U %G %n' "$1" 2>/dev/null) || return 1
  case $(ls -ldL "$1" 2>/dev/null) in ??????????+*) s="\${s%% *}+ \${s#* }" ;; esac
  printf '%s\\n' "$s"
}
for p in "$@"; do
  echo "@path $p"
  rest=\${p#/}; at=
  stat -L -c '%A %U %G /' /
  while [ -n "$rest" ]; do
    part=\${rest%%/*}; case $rest in */*) rest=\${rest#*/} ;; *) rest= ;; esac
    [ -n "$part" ] || continue
    up=$at; at=$at/$part
    shown "$at" || {
      if [ -x "\${up:-/}" ]; then echo "missing $at"; else echo "hidden \${up:-/}"; fi; break; }
  done
done`,
  parse(capture) {
    const parts = sections(wholeLines(capture), ['groups', 'running', 'path'])
    const listed = (name: string): readonly string[] | null =>
      parts
        .find((part) => part.name === name)
        ?.rest.split(' ')
        .filter(Boolean) ?? null
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
    return parsed<SocketPaths>({ workerGroups: listed('groups') ?? [], runningGroups: listed('running'), paths })
  },
})
