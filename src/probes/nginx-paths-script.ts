import { logWindowScript } from './log-window.ts'
import { runningGroupsScript } from './running-groups-script.ts'
import { runningWorkerScript } from './running-worker-script.ts'

/** Every folder of nginx that it writes to, component by component, with the space and the mount behind it. */
export const nginxPathsScript = `${logWindowScript}${runningGroupsScript}${runningWorkerScript}
[ -n "$elsewhere" ] && { echo "nginx runs in a container, or with files of its own (pid $elsewhere)" >&2; exit 4; }
running_worker; user=
[ -n "$worker" ] && user=$(stat -c %U "/proc/$worker")
[ -n "$user" ] || { user_on_disk; user=\${said:-nobody}; }
mounts=/proc/self/mounts; view=session
[ -n "$worker" ] && [ -r "/proc/$worker/mounts" ] && { mounts=/proc/$worker/mounts; view=workers; }
echo "@user $user $view"
echo "@groups $(id -nG "$user" 2>/dev/null)"
[ -n "$worker" ] && running_groups "$user"
# Each path is planned first, in lines of a letter and a text; then every program is asked once for all of them, and awk puts the answers to the plan.
plan=; told=
planned() { plan="$plan$1 $2$nl"; }
tell() { # use path
  case $2 in /*) p=$2 ;; *) p=$prefix/$2 ;; esac
  case $p in *'$'*|/dev/*) return ;; esac
  case " $told " in *" $1:$p "*) return ;; esac
  told="$told $1:$p"
  planned P "$1 $p"
  paths="$paths$p$nl"
  rest=\${p#/}; at=; along="C /$nl"
  while [ -n "$rest" ]; do
    part=\${rest%%/*}; case $rest in */*) rest=\${rest#*/} ;; *) rest= ;; esac
    [ -n "$part" ] || continue
    up=$at; at=$at/$part
    if [ -e "$at" ]; then along="\${along}C $at$nl"; continue; fi
    if [ -x "\${up:-/}" ]; then planned T "missing $at"; else planned T "hidden \${up:-/}"; fi
    at=$up; break
  done
  planned L "$p"
  plan=$plan$along; at=\${at:-/}
  if [ -r "$p" ] && [ -x "$p" ]; then
    [ "$1" = log ] || { planned F "$p"; open="$open$p$nl"; }
  else
    [ -e "$p" ] && planned T closed
  fi
  planned A "$at"; ends="$ends$at$nl"
}
read_directives client_body_temp_path proxy_temp_path fastcgi_temp_path uwsgi_temp_path scgi_temp_path proxy_pass fastcgi_pass uwsgi_pass scgi_pass proxy_cache_path fastcgi_cache_path uwsgi_cache_path scgi_cache_path error_log access_log
paths=; open=; ends=
for u in client-body proxy fastcgi uwsgi scgi; do
  name=$u; [ $u = client-body ] && name=client_body
  [ $u = client-body ] || { targets_of \${u}_pass; [ -n "\${targets# }" ]; } || continue
  targets_of "\${name}_temp_path"; for f in $targets; do tell $u "$f"; done
  built "http-$u-temp-path"; tell $u "\${said:-\${name}_temp}"
done
for u in proxy fastcgi uwsgi scgi; do targets_of "\${u}_cache_path"; for f in $targets; do tell cache "$f"; done; done
targets_of error_log; logs=$targets; targets_of access_log; logs="$logs $targets"
built error-log-path; logs="$logs $said"; built http-log-path; logs="$logs $said"
for f in $logs; do
  case $f in off|stderr|syslog:*|memory:*) continue ;; /*) ;; *) f=$prefix/$f ;; esac
  tell log "\${f%/*}"
done
[ -n "$plan" ] || exit 0
set -f; IFS=$nl
# the folders that a path leads through by links in it
behind=; set -- $paths
real=$(readlink -m "$@" 2>/dev/null)
if [ -n "$real" ] && [ "$real$nl" != "$paths" ]; then
  for p; do
    d=$(readlink -m "$p" 2>/dev/null); [ "$d" != "$p" ] || continue
    list=
    while d=\${d%/*}; [ -n "$d" ]; do list="b $d$nl$list"; done
    behind="\${behind}l $p$nl$list"
  done
fi
names=; listed=; use=
for line in $plan $behind; do
  case $line in
    'P log '*) use=log ;;
    P*) use= ;;
    [Cb]*) names="$names\${line#? }$nl"; [ "$line" = "b \${line#b }" ] || [ "$use" = log ] || listed="$listed\${line#? }$nl" ;;
  esac
done
# in nearly all cases there is nothing foreign anywhere
[ -n "$open" ] && [ -n "$(find $open -mindepth 1 -maxdepth 3 ! -user "$user" 2>/dev/null | head -n 1)" ] || open=
df_rows() { # OPTION: a row for each of $ends, "-" where it has none
  set -- "$1" $(df "$1" $ends 2>/dev/null)
  option=$1; shift
  if [ $# -eq $((count + 1)) ]; then shift; printf '%s\\n' "$@"; return; fi
  for at in $ends; do row=$(df "$option" "$at" 2>/dev/null | sed -n 2p); echo "\${row:--}"; done
}
set -- $ends; count=$#
{
  echo =stat; stat -L -c '%A %U %G %n' $names
  # ls alone tells of an access control list
  echo =ls; [ -z "$listed" ] || ls -ldL $listed
  echo =foreign
  for p in $open; do
    echo "=of $p"
    { find "$p" -mindepth 1 -maxdepth 1 ! -user "$user" | head -n 16; find "$p" -mindepth 2 -maxdepth 3 ! -user "$user" | head -n 4; } | tr '\\n' '\\0' | xargs -0 -r stat -c 'foreign %A %U %G %n'
  done
  echo =blocks; df_rows -kP
  echo =inodes; df_rows -iP
  echo =mounts; cat "$mounts"
  echo =plan; printf %s "$behind$plan"
} 2>/dev/null | awk '
  /^=(stat|ls|foreign|blocks|inodes|mounts|plan)$/ { part = $0; next }
  part == "=stat" { path = $0; sub(/^[^ ]* [^ ]* [^ ]* /, "", path); stat[path] = $0 "\\n" }
  part == "=ls" && match($0, /^[^ ]*[+] [^\\/]*\\//) { acl["/" substr($0, RLENGTH + 1)] = 1 }
  part == "=foreign" { if (/^=of /) of = substr($0, 5); else foreign[of] = foreign[of] $0 "\\n" }
  part == "=blocks" { blocks[++b] = $0 }
  part == "=inodes" { inodes[++i] = $4 " " $5; if ($0 == "-") inodes[i] = "" }
  part == "=mounts" { point[++m] = $2; mount[m] = $0 }
  part != "=plan" { next }
  { kind = substr($0, 1, 1); text = substr($0, 3) }
  kind == "l" { from = text }
  kind == "b" { behind[from] = behind[from] stat[text] }
  kind == "P" { printf "%s", lists; lists = ""; listed = text !~ /^log /; print "@path " text }
  kind == "T" { printf "%s", lists; lists = ""; print text }
  kind == "L" { printf "%s", behind[text] }
  kind == "C" { printf "%s", stat[text]; if (listed && text in acl) lists = lists "acl " text "\\n" }
  kind == "F" { printf "%s%s", lists, foreign[text]; lists = "" }
  kind == "A" {
    printf "%s", lists; lists = ""; n++
    if (blocks[n] != "-") print "fs " blocks[n]; if (inodes[n] != "") print "inodes " inodes[n]
    best = 0; line = ""
    for (k = 1; k <= m; k++) if (point[k] == text || point[k] == "/" || index(text, point[k] "/") == 1) if (length(point[k]) >= best) { best = length(point[k]); line = mount[k] }
    if (line != "") print "mount " substr(line, 1, 400)
  }'
true`
