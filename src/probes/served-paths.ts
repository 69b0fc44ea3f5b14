import { parsed } from '../diagnosis/fact.ts'
import { type Section, sections } from './lines.ts'
import { foldersAbove } from './folders-above-script.ts'
import { defineProbe } from './probe.ts'
import { runningGroupsScript } from './running-groups-script.ts'
import type { PathComponent } from './socket-paths.ts'

export interface ServedPath {
  readonly path: string
  /** From "/" down to the path itself. */
  readonly components: readonly PathComponent[]
  /** The first component that is not there; null when the whole path exists. */
  readonly missing: string | null
  /** Our own user may not look behind this directory; null when it may. */
  readonly hidden: string | null
  /** Where a component that is a link to nothing points to. */
  readonly danglingTo: string | null
  /** Seconds since the epoch of its last change; null when it is not there. */
  readonly changed: number | null
  /** What lies in it, when it is a directory that was to be listed, at most 60, and before that some of what is closed to others up to four levels down. */
  readonly children: readonly PathComponent[]
}

/** A pool of php-fpm as its file says it. */
export interface FpmPool {
  readonly file: string
  readonly name: string
  readonly user: string | null
  readonly listen: string | null
  readonly chroot: string | null
}

export interface ServedPaths {
  readonly workerUser: string
  /** Groups of the workers' user by now. */
  readonly workerGroups: readonly string[]
  /** Groups of a worker that runs; null when they were not seen. */
  readonly runningGroups: readonly string[] | null
  readonly paths: readonly ServedPath[]
  readonly pools: readonly FpmPool[]
}

/**
 * Mode and owner along the paths that the configuration serves, tests or hands to FastCGI: document roots, index files, switch files.
 * "$1" is the workers' user, the rest are paths, all of them from the configuration; `list:` in front asks for what lies in it.
 *
 * Sample (Debian 12):
 *     @user www-data www-data webdata
 *     @running www-data
 *     @path /srv/www
 *     drwxr-xr-x root root /
 *     drwxr-xr-x root root /srv
 *     drwx------ root root /srv/www
 *     there 1795230000
 *     @path /srv/app/current/public/index.php
 *     drwxr-xr-x root root /srv/app
 *     missing /srv/app/current
 *     dangling /srv/app/releases/41
 *     @children /srv/www
 *     -rw-r--r-- root root index.html
 *     @pool /etc/php/8.2/fpm/pool.d/www.conf
 *     [www]
 *     user = www-data
 *     listen = /run/php/php8.2-fpm.sock
 */
export const servedPaths = defineProbe({
  id: 'served-paths',
  command: 'namei -l PATH',
  seconds: 4,
  cap: 65_536,
  script: `${runningGroupsScript}
${foldersAbove}
echo "@user $1 $(id -nG "$1" 2>/dev/null)"
worker=$1
nl='
'
told() { # OPTION FOLDER, $names in lines: mode, owner and group of each, only the name of one that cannot be followed
  ways=; set -f; IFS=$nl
  for c in $names; do ways="$ways$2/$c$nl"; done
  rights=$([ -z "$ways" ] || stat $1 -c '%A %U %G %n' $ways 2>/dev/null)
  for c in $names; do
    line=\${rights%%"$nl"*}
    case $line in *" $2/$c") echo "\${line%"$2/$c"}$c"; rights=\${rights#*"$nl"} ;; *) echo "$c" ;; esac
  done
  unset IFS; set +f
}
# Deeper down only what is closed to others, and in the first folders alone: a tree may be large.
deeper() {
  tries=$((\${tries:-0} + 1)); [ "$tries" -le 2 ] && command -v find >/dev/null || return 0
  find=find; command -v timeout >/dev/null && find='timeout 1 find'
  names=$(cd "$1" && $find . -xdev -mindepth 2 -maxdepth 4 ! -user "$worker" \\( -type f ! -perm -0004 -o -type d ! -perm -0005 \\) 2>/dev/null | head -n 30 | sed 's|^[.]/||')
  told '' "$1"
}
along() { # PATH: mode and owner of each component that is there; sets up, at and gone for the first that is not
  rest=\${1#/}; at=; gone=; set -- /
  while [ -n "$rest" ]; do
    part=\${rest%%/*}; case $rest in */*) rest=\${rest#*/} ;; *) rest= ;; esac
    [ -n "$part" ] || continue
    up=$at; at=$at/$part
    [ -e "$at" ] || { gone=yes; break; }
    set -- "$@" "$at"
  done
  stat -L -c '%A %U %G %n' "$@" 2>/dev/null
}
running_groups "$1"; shift
for ask in "$@"; do
  p=\${ask#list:}
  echo "@path $p"
  folders_behind "$p"
  along "$p"
  if [ -n "$gone" ]; then
    d=$(closed_behind "$at")
    if [ -n "$d" ]; then echo "hidden $d"; elif [ -x "\${up:-/}" ]; then echo "missing $at"; [ -L "$at" ] && echo "dangling $(readlink "$at")"; else echo "hidden \${up:-/}"; fi
  fi
  [ -n "$gone" ] || stat -L -c 'there %Z' "$p"
  [ "$p" != "$ask" ] && [ -z "$gone" ] && [ -d "$p" ] && [ -r "$p" ] && { echo "@children $p"; deeper "$p"; names=$(ls -A "$p" | head -n 60); told -L "$p"; }
done
for f in /etc/php/*/fpm/pool.d/*.conf /etc/php-fpm.d/*.conf; do
  [ -r "$f" ] && { echo "@pool $f"; grep -hE '^[[:space:]]*(\\[|user[[:space:]]*=|listen[[:space:]]*=|chroot[[:space:]]*=)' "$f" | head -n 40; }
done
true`,
  parse(capture) {
    // The last part of an answer that was cut is not whole.
    const all = sections(capture.stdout, ['user', 'running', 'path', 'children', 'pool'])
    const parts = capture.truncated ? all.slice(0, -1) : all
    const [workerUser = '', ...workerGroups] = (parts.find((part) => part.name === 'user')?.rest ?? '').split(' ')
    return parsed<ServedPaths>({
      workerUser,
      workerGroups: workerGroups.filter(Boolean),
      runningGroups:
        parts
          .find((part) => part.name === 'running')
          ?.rest.split(' ')
          .filter(Boolean) ?? null,
      paths: parts.filter((part) => part.name === 'path').flatMap((part) => readPath(part, parts)),
      pools: parts.filter((part) => part.name === 'pool').flatMap(readPools),
    })
  },
})

function readPath(part: Section, parts: readonly Section[]): ServedPath[] {
  const said = (word: string): string | null =>
    part.body.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? null
  const [missing, hidden, there] = [said('missing'), said('hidden'), said('there')]
  if (missing === null && hidden === null && there === null) return []
  const listed = parts.find((each) => each.name === 'children' && each.rest === part.rest)
  return [
    {
      path: part.rest,
      components: onceEach(part.body.flatMap((line) => component(line))),
      missing,
      hidden,
      danglingTo: said('dangling'),
      changed: there === null ? null : Number(there),
      children: listed?.body.flatMap((line) => component(line, `${part.rest.replace(/\/$/, '')}/`)) ?? [],
    },
  ]
}

/** Folders behind a link come first, and some of them again on the way to it. */
function onceEach(components: readonly PathComponent[]): readonly PathComponent[] {
  return [...new Map(components.map((each) => [each.path, each])).values()]
}

function component(line: string, folder = ''): PathComponent[] {
  const match = /^([a-z-]\S{9,10}) (\S+) (\S+) (.+)$/.exec(line)
  if (!match) return []
  return [{ mode: match[1] ?? '', owner: match[2] ?? '', group: match[3] ?? '', path: folder + (match[4] ?? '') }]
}

function readPools(part: Section): FpmPool[] {
  const pools: FpmPool[] = []
  for (const line of part.body) {
    const name = /^\s*\[([^\]]+)\]/.exec(line)?.[1]
    if (name !== undefined) pools.push({ file: part.rest, name, user: null, listen: null, chroot: null })
    const setting = /^\s*(user|listen|chroot)\s*=\s*"?([^";\s]+)/.exec(line)
    const last = pools.pop()
    if (last) pools.push(setting ? { ...last, [setting[1] ?? '']: setting[2] ?? null } : last)
  }
  // $pool is php-fpm's own variable for the name of the pool.
  return pools.map((pool) => ({ ...pool, listen: pool.listen?.replaceAll('$pool', pool.name) ?? null }))
}
