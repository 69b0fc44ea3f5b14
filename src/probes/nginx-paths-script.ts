import { foldersAbove } from './folders-above-script.ts'
import { logWindowScript } from './log-window.ts'
import { runningGroupsScript } from './running-groups-script.ts'
import { runningWorkerScript } from './running-worker-script.ts'

/** Every folder of nginx that it writes to, component by component, with the space and the mount behind it. */
export const nginxPathsScript = `${logWindowScript}${runningGroupsScript}${runningWorkerScript}
[ -n "$elsewhere" ] && { echo "nginx runs in a container, or with files of its own (pid $elsewhere)" >&2; exit 4; }
worker=$(running_worker); user=
[ -n "$worker" ] && user=$(stat -c %U "/proc/$worker")
[ -n "$user" ] || user=$(sed -n 's/^[[:space:]]*user[[:space:]][[:space:]]*\\([A-Za-z0-9_.-]*\\).*/\\1/p' "$conf" 2>/dev/null | head -n 1)
[ -n "$user" ] || user=$(built user); [ -n "$user" ] || user=nobody
mounts=/proc/self/mounts; view=session
[ -n "$worker" ] && [ -r "/proc/$worker/mounts" ] && { mounts=/proc/$worker/mounts; view=workers; }
echo "@user $user $view"
echo "@groups $(id -nG "$user" 2>/dev/null)"
[ -n "$worker" ] && running_groups "$user"
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
  # ls alone tells of an access control list
  [ "$use" = log ] || ls -ldL "$@" 2>/dev/null | sed -n 's|^[^ ]*+ [^/]*/|acl /|p'
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
true`
