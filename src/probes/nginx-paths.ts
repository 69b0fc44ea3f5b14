import { parsed, unusable } from '../diagnosis/fact.ts'
import { type FileSystem, readFileSystem, readMount } from './disk.ts'
import { type Section, sections } from './lines.ts'
import { foldersAbove } from './folders-above-script.ts'
import { logWindowScript } from './log-window.ts'
import { defineProbe } from './probe.ts'
import type { PathComponent } from './socket-paths.ts'

/** A folder that nginx writes to, with all that can keep it from doing so. */
export interface NginxPath {
  /** "client-body", "proxy", "fastcgi", "uwsgi", "scgi": where answers and uploads are put while they are on their way. */
  readonly use: 'client-body' | 'proxy' | 'fastcgi' | 'uwsgi' | 'scgi' | 'cache' | 'log'
  readonly path: string
  /** From "/" down to the folder, as far as it is there and we may look. */
  readonly components: readonly PathComponent[]
  readonly missing: string | null
  readonly hidden: string | null
  /** What stands inside, three levels down at most, and does not belong to the workers' user: twenty of them, the outer ones first. */
  readonly foreign: readonly PathComponent[]
  /** We may not look inside ourselves. */
  readonly closed: boolean
  readonly fileSystem: FileSystem | null
  /** As the mount is seen by the workers where `view` is theirs. */
  readonly readOnly: boolean | null
}

export interface NginxPaths {
  /** The user that the workers run as, else the one they would. */
  readonly user: string
  readonly groups: readonly string[]
  /** A unit may have mounts of its own (ReadOnlyPaths=, PrivateTmp=): whether the workers' were read, or only our session's. */
  readonly view: 'workers' | 'session'
  readonly paths: readonly NginxPath[]
}

/**
 * The temporary folders, caches and log folders of nginx: mode and owner of every component, space, inodes, and whether the mount is
 * read-only for the workers. Asked before `nginx -T`, which gives temporary folders back to the workers' user (ngx_create_paths).
 *
 * Sample (nginx 1.22.1, Debian 12):
 *     @user www-data workers
 *     @groups www-data
 *     @path proxy /var/lib/nginx/proxy
 *     drwxr-xr-x root root /
 *     drwx------ www-data root /var/lib/nginx/proxy
 *     foreign drwx------ nobody nogroup /var/lib/nginx/proxy/3
 *     fs tmpfs 2048 2048 0 100% /var/lib/nginx
 *     inodes 12 100%
 *     mount tmpfs /var/lib/nginx tmpfs rw,relatime,size=2048k 0 0
 */
export const nginxPaths = defineProbe({
  id: 'nginx-paths',
  command: 'namei -l, df and mount of the temporary, cache and log folders of nginx',
  seconds: 4,
  cap: 65_536,
  script: `${logWindowScript}
[ -n "$elsewhere" ] && { echo "nginx runs in a container, or with files of its own (pid $elsewhere)" >&2; exit 4; }
user= worker=
for d in /proc/[0-9]*; do
  case $(tr '\\0' ' ' <"$d/cmdline" 2>/dev/null | head -c 60) in *': worker process is'*) continue ;; 'nginx: worker process'*|'angie: worker process'*) ;; *) continue ;; esac
  [ -z "$master" ] || [ "$(sed -n 's/^PPid:[[:space:]]*//p' "$d/status" 2>/dev/null)" = "$master" ] || continue
  user=$(stat -c %U "$d"); worker=\${d#/proc/}; break
done
[ -n "$user" ] || user=$(sed -n 's/^[[:space:]]*user[[:space:]][[:space:]]*\\([A-Za-z0-9_.-]*\\).*/\\1/p' "$conf" 2>/dev/null | head -n 1)
[ -n "$user" ] || user=$(built user); [ -n "$user" ] || user=nobody
mounts=/proc/self/mounts; view=session
[ -n "$worker" ] && [ -r "/proc/$worker/mounts" ] && { mounts=/proc/$worker/mounts; view=workers; }
echo "@user $user $view"
echo "@groups $(id -nG "$user" 2>/dev/null)"
${foldersAbove}
tell() { # use path
  case $2 in /*) p=$2 ;; *) p=$prefix/$2 ;; esac
  case $p in *'$'*|/dev/*) return ;; esac
  case " $told " in *" $1:$p "*) return ;; esac
  told="$told $1:$p"
  echo "@path $1 $p"
  rest=\${p#/}; at=; set -- "$1" /
  while [ -n "$rest" ]; do
    part=\${rest%%/*}; case $rest in */*) rest=\${rest#*/} ;; *) rest= ;; esac
    [ -n "$part" ] || continue
    up=$at; at=$at/$part
    if [ -e "$at" ]; then set -- "$@" "$at"; continue; fi
    if [ -x "\${up:-/}" ]; then echo "missing $at"; else echo "hidden \${up:-/}"; fi
    at=$up; break
  done
  use=$1; shift
  folders_behind "$p"
  stat -L -c '%A %U %G %n' "$@" 2>/dev/null
  at=\${at:-/}
  if [ -r "$p" ] && [ -x "$p" ]; then
    [ "$use" = log ] || { find "$p" -mindepth 1 -maxdepth 1 ! -user "$user" 2>/dev/null | head -n 16; find "$p" -mindepth 2 -maxdepth 3 ! -user "$user" 2>/dev/null | head -n 4; } | tr '\\n' '\\0' | xargs -0 -r stat -c 'foreign %A %U %G %n' 2>/dev/null
  else
    [ -e "$p" ] && echo closed
  fi
  df -kP "$at" 2>/dev/null | sed -n '2s/^/fs /p'
  df -iP "$at" 2>/dev/null | awk 'NR == 2 { print "inodes " $4 " " $5 }'
  awk -v p="$at" '{ m = $2; if (m == p || m == "/" || index(p, m "/") == 1) { if (length(m) >= best) { best = length(m); line = $0 } } } END { if (line != "") print "mount " substr(line, 1, 400) }' "$mounts"
}
for u in client-body proxy fastcgi uwsgi scgi; do
  [ $u = client-body ] || [ -n "$(directive_paths \${u}_pass | head -n 1)" ] || continue
  name=$(echo "$u" | tr - _)
  for f in $(directive_paths "\${name}_temp_path"); do tell $u "$f"; done
  f=$(built "http-$u-temp-path"); tell $u "\${f:-\${name}_temp}"
done
for u in proxy fastcgi uwsgi scgi; do for f in $(directive_paths "\${u}_cache_path"); do tell cache "$f"; done; done
for f in $(directive_paths error_log) $(directive_paths access_log) $(built error-log-path) $(built http-log-path); do
  case $f in off|stderr|syslog:*|memory:*) continue ;; /*) ;; *) f=$prefix/$f ;; esac
  tell log "\${f%/*}"
done
true`,
  parse(capture) {
    if (capture.exitCode === 4) return unusable('nginx runs with files of its own')
    if (capture.truncated) return unusable('the list of folders was cut')
    const parts = sections(capture.stdout, ['user', 'groups', 'path'])
    const [user, view] = (parts.find((part) => part.name === 'user')?.rest ?? '').split(' ')
    const paths = parts.filter((part) => part.name === 'path').flatMap(readPath)
    if (!user || paths.length === 0) return unusable('no folder of nginx was found')
    return parsed<NginxPaths>({
      user,
      groups: (parts.find((part) => part.name === 'groups')?.rest ?? '').split(' ').filter(Boolean),
      view: view === 'workers' ? 'workers' : 'session',
      paths,
    })
  },
})

const uses: readonly NginxPath['use'][] = ['client-body', 'proxy', 'fastcgi', 'uwsgi', 'scgi', 'cache', 'log']

function readPath({ rest, body }: Section): NginxPath[] {
  const use = uses.find((each) => rest.startsWith(`${each} `))
  if (use === undefined) return []
  const after = (word: string): string | null =>
    body.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? null
  const inodes = Number(/ (\d+)%$/.exec(after('inodes') ?? '')?.[1] ?? NaN)
  const space = readFileSystem(after('fs') ?? '')
  return [
    {
      use,
      path: rest.slice(use.length + 1),
      components: body.flatMap(readComponent),
      missing: after('missing'),
      hidden: after('hidden'),
      foreign: body.filter((line) => line.startsWith('foreign ')).flatMap((line) => readComponent(line.slice(8))),
      closed: body.includes('closed'),
      fileSystem: space && { ...space, inodesUsedPercent: Number.isNaN(inodes) ? null : inodes },
      readOnly: readMount(after('mount') ?? '')[0]?.readOnly ?? null,
    },
  ]
}

function readComponent(line: string): PathComponent[] {
  const match = /^([a-z-][rwxsStT.+-]{9,10}) (\S+) (\S+) (\/.*)$/.exec(line)
  return match ? [{ mode: match[1] ?? '', owner: match[2] ?? '', group: match[3] ?? '', path: match[4] ?? '' }] : []
}
