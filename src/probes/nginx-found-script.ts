/** Folders of unit files, in systemd's order (systemd.unit(5)). */
const unitFolders =
  '/etc/systemd/system /run/systemd/system /usr/local/lib/systemd/system /usr/lib/systemd/system /lib/systemd/system'

/**
 * `installed_units`: services whose ExecStart runs nginx or one of its forks, and the ones that packages are known to install. Those that
 * run come first, then those that failed, then those that are to run: a leftover unit is never taken for the one that is meant.
 */
export const installedUnitsScript = `
unit_files() {
  set --
  for d in ${unitFolders}; do
    # one folder by two names where /lib is a link to /usr/lib
    [ "$d" = /lib/systemd/system ] && [ "$d" -ef /usr/lib/systemd/system ] || set -- "$@" "$d"/*.service
  done
  grep -lsE '^ExecStart=[-@:+!|]*(/[^ ]*/)?(nginx|nginx-debug|openresty|angie|freenginx|tengine)( |$)' "$@" 2>/dev/null |
    awk '{ sub(/.*\\//, "") } !/@[.]service$/ && !s[$0]++'
}
ranked_units() { # "RANK STATE UNIT": 0 runs, 1 failed or on its way, 2 is to run, 3 is there; STATE is lost for one that ran since boot and failed
  { unit_files
    printf '%s\\n' nginx.service openresty.service angie.service freenginx.service tengine.service
  } | awk '!s[$0]++' | head -n 12 | xargs systemctl show -p Id,LoadState,ActiveState,UnitFileState,ActiveEnterTimestampMonotonic 2>/dev/null |
    awk -v RS= -F '\\n' '{
      for (k in v) delete v[k]
      for (i = 1; i <= NF; i++) { e = index($i, "="); v[substr($i, 1, e - 1)] = substr($i, e + 1) }
      id = v["Id"]; a = v["ActiveState"]; if (v["LoadState"] == "not-found" || id in s) next; s[id] = 1
      r = (a == "active" || a == "reloading") ? 0 : (a == "failed" || a == "activating") ? 1 : v["UnitFileState"] ~ /^enabled/ ? 2 : 3
      print r, (a == "failed" && v["ActiveEnterTimestampMonotonic"] + 0 > 0 ? "lost" : "-"), id
    }' | sort -s -n -k 1,1
}
installed_units() { ranked_units | sed 's/.* //'; }
`

/**
 * `find_masters` sets `masters`, "RANK PID WHERE" of each master in lines, the one to judge first: of this host's own files (0 of a unit, 1 started
 * by root, 2 by somebody else) before those in containers (3 and more). WHERE is own, or other: its root directory or network is not ours (a
 * container, RootDirectory=, NetworkNamespacePath=). Without root the namespaces of others cannot be read; then the pid namespace and the cgroup tell.
 *
 * What is asked for each process is read by the shell itself and left in variables: a program started, or a sub-shell made, for each costs more
 * than the rest of the probe. `read` drops NUL bytes and has no end but a newline, so that it is used for the title of processes that root
 * started only; that of any other, which may be as long as somebody likes, is cut by `head`.
 */
const mastersScript = `
nl='
'
about() { # PID: sets parent and uid, the effective one
  parent=; uid=
  { while read -r key a b rest; do
    case $key in PPid:) parent=$a ;; Uid:) uid=$b; break ;; esac
  done <"/proc/$1/status"; } 2>/dev/null
}
named_nginx() { # PID
  { IFS= read -r comm <"/proc/$1/comm"; } 2>/dev/null || return 1
  case $comm in nginx|nginx-debug|openresty|angie|freenginx|tengine) ;; *) return 1 ;; esac
}
title_of() { # PID, after about PID: sets title, its command line with spaces for NULs
  title=
  if [ "$uid" != 0 ] && [ "\${parent:-0}" != 0 ] && named_nginx "$parent"; then about "$parent"; fi
  if [ "$uid" = 0 ]; then
    { IFS= read -r title <"/proc/$1/cmdline"; } 2>/dev/null && title=
    [ "\${#title}" -lt 300 ] || title=
  fi
  case $title in 'nginx: '*|'angie: '*) title="$title "; return ;; esac
  title=$(tr '\\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | head -c 400)
}
cgroup_of() { # PID: sets cgroup
  cgroup=
  { while IFS= read -r line; do
    case $line in
      0:*) line=\${line#*:*:} ;;
      *:name=systemd:*) line=\${line#*:name=systemd:} ;;
      *) continue ;;
    esac
    [ "$line" = / ] || { cgroup=$line; break; }
  done <"/proc/$1/cgroup"; } 2>/dev/null
}
where_is() { # PID, after cgroup_of PID: sets where
  where=own
  if [ -e "/proc/$1/root/." ] && [ -e "/proc/$1/ns/net" ]; then
    [ "/proc/$1/root/." -ef / ] && [ "/proc/$1/ns/net" -ef /proc/self/ns/net ] || where=other
    return
  fi
  { while read -r key a b rest; do
    [ "$key" = NSpid: ] && { [ -z "$b" ] || where=other; break; }
  done <"/proc/$1/status"; } 2>/dev/null
  case $cgroup in *docker*|*libpod*|*containerd*|*kubepods*|*crio*|*/lxc*|*/machine.slice/*) where=other ;; esac
}
find_masters() {
  masters=; several=
  for d in /proc/[0-9]*; do
    p=\${d#/proc/}
    named_nginx "$p" || continue
    about "$p"; owner=$uid; title_of "$p"
    case $title in
      'nginx: master process'*|'angie: master process'*) ;;
      ''|nginx:' '*|angie:' '*|*' -t '*|*' -T '*|*' -s '*|*' -v '*|*' -V '*|*' -h '*|*' -q '*) continue ;;
    esac
    cgroup_of "$p"; where_is "$p"; k=2
    # no user can put a process into a unit of the system; one who names a program of his own nginx comes last
    [ "$owner" = 0 ] && k=1
    case $cgroup in */user.slice/*|/user.slice/*) ;; *.service) k=0 ;; esac
    [ "$where" = other ] && k=$((k + 3))
    several=\${masters:+yes}; masters="$masters$k $p $where$nl"
  done
  [ -z "$several" ] || masters="$(printf '%s' "$masters" | sort -n -k 1,1 -k 2,2)$nl"
}
`

/**
 * `choose_master` sets `master` (pid of the one that is judged, or empty), `elsewhere` (the same when its files or network are not ours) and,
 * when none of the host's own runs, `unit`: where a nginx of the host itself is to run and does not, that one is meant. A parameter
 * `master:PID` of the script asks for another one of those that run (src/examine/other-masters.ts).
 */
export const chosenMasterScript = `${installedUnitsScript}${mastersScript}
wanted=
for word; do case $word in master:*[!0-9]*) ;; master:?*) wanted=\${word#master:} ;; esac; done
choose_master() {
  find_masters
  if [ -n "$wanted" ]; then
    found=; for k in 0 1 2 3 4 5; do case $nl$masters in
      *"$nl$k $wanted own$nl"*) found="$k $wanted own" ;;
      *"$nl$k $wanted other$nl"*) found="$k $wanted other" ;;
    esac; done
    master=$wanted; elsewhere=; unit=
    [ -n "$found" ] || { echo "the master with pid $wanted is gone" >&2; exit 5; }
    case $found in *' other') elsewhere=$master ;; esac
    return 0
  fi
  found=\${masters%%"$nl"*}; master=\${found#* }; master=\${master%% *}; elsewhere=; unit=
  case $found in *' other') elsewhere=$master ;; esac
  [ -d /run/systemd/system ] || return 0
  case $found in '0 '*)
    # another nginx runs as a service of its own; one that ran since boot and failed is the one that hurts
    cgroup_of "$master"; own=; rest=$cgroup/
    while [ -n "$rest" ]; do
      case \${rest%%/*} in *.service) own=\${rest%%/*} ;; esac
      rest=\${rest#*/}
    done
    # started by hand it may be in the unit of sshd or cron, which is no nginx's
    files=$(unit_files); [ "$files" = "$own" ] && return 0
    case $nl$files$nl in *"$nl$own$nl"*) ;; *) return 0 ;; esac
    lost=$(ranked_units | awk -v own="$own" '$2 == "lost" && $3 != own { print $3; exit }')
    [ -n "$lost" ] && { master=; unit=$lost; return 0; } ;;
  esac
  case $found in '0 '*|'1 '*) return 0 ;; esac
  unit=$(installed_units | head -n 1)
  if [ -n "$found" ]; then
    case $(systemctl show -p LoadState,ActiveState,UnitFileState "$unit" 2>/dev/null | tr '\\n' ' ') in
      *ActiveState=failed*|*UnitFileState=enabled*) master=; elsewhere= ;;
      *) unit= ;;
    esac
  fi
}
`

/**
 * Which nginx is judged, from what runs, else from what is installed: beside what `choose_master` sets `master_args` (its title, or ExecStart
 * of the unit), `bin`, `build` (what -V says), `conf`, `prefix`, `confdir` and `account` (the user it starts as). A program is run only
 * when nobody but root could have changed it: `not_run` names one that was left alone.
 */
export const nginxFoundScript = `${chosenMasterScript}
root_only() { # FILE: it and every directory above belong to root, and nobody else may write to them
  p=$(readlink -f "$1" 2>/dev/null); [ -n "$p" ] && [ -x "$p" ] || return 1
  set -- "$p"
  while [ "$p" != / ]; do p=\${p%/*}; p=\${p:-/}; set -- "$@" "$p"; done
  rights=$(stat -L -c '%u %G %A' "$@" 2>/dev/null) || return 1
  rights=$rights$nl; seen=0
  while [ -n "$rights" ]; do
    case \${rights%%"$nl"*} in
      *' '????????w*) return 1 ;;
      '0 root '*|'0 staff '*|'0 '*' '?????-*) seen=$((seen + 1)) ;;
      *) return 1 ;;
    esac
    rights=\${rights#*"$nl"}
  done
  [ "$seen" = $# ]
}
on_path() { # NAME: sets at, where a shell finds that program
  at=; set -f; IFS=:
  for d in $PATH; do [ -f "$d/$1" ] && [ -x "$d/$1" ] && { at=$d/$1; break; }; done
  unset IFS; set +f
  [ -n "$at" ]
}
choose_master
account=root; master_args=; bin=; not_run=
if [ -n "$master" ]; then
  about "$master"; account=root; [ "$uid" = 0 ] || account=$(stat -c %U "/proc/$master" 2>/dev/null)
  title_of "$master"; master_args=$title
  bin=$(readlink "/proc/$master/exe" 2>/dev/null); bin=\${bin% (deleted)}
  [ -n "$bin" ] || { bin=\${master_args#*master process }; bin=\${bin#*\\[}; bin=\${bin%% *}; bin=\${bin%\\]}; }
elif [ -n "$unit" ]; then
  master_args=$(systemctl show -p ExecStart --value "$unit" 2>/dev/null | head -n 1)
  bin=\${master_args#*path=}; bin=\${bin%% ;*}
  master_args="\${master_args#*argv\\[\\]=}"; master_args="\${master_args%% ; ignore_errors*} "
  account=$(systemctl show -p User --value "$unit" 2>/dev/null); account=\${account:-root}
fi
case $bin in
  /*) for n in nginx openresty angie freenginx tengine; do
        on_path "$n" && [ "$at" -ef "$bin" ] && { bin=$at; break; }
      done ;;
  *) bin= ;;
esac
# A unit made from an init script starts that script, which would take -V for a verb.
[ -n "$bin" ] && [ -x "$bin" ] && case $(head -c 4 "$bin" 2>/dev/null) in ?ELF) ;; *) bin= ;; esac
case $bin in
  '') for n in nginx openresty angie freenginx tengine /usr/local/nginx/sbin/nginx /opt/nginx/sbin/nginx; do
        bin=$(command -v "$n" 2>/dev/null) && break
      done ;;
esac
[ -n "$elsewhere" ] && bin=
case $bin in /*) root_only "$bin" || { not_run=$bin; bin=; } ;; esac
build=; [ -n "$bin" ] && build=$("$bin" -V 2>&1)
built() { # NAME: sets said, what the program was built with
  said=; set -f
  for word in $build; do case $word in *"--$1="*) said=\${word##*"--$1="} ;; esac; done
  set +f
}
option() { # LETTER: sets said, what stands behind that option of the master
  said=; case $master_args in *" -$1"*) said=\${master_args##*" -$1"} ;; *) return ;; esac
  while :; do case $said in ' '*) said=\${said# } ;; *) break ;; esac; done
  said=\${said%%[] ";$nl"]*}
}
user_on_disk() { # sets said, the user that the main file names, else the one that the program was built with
  said=$(sed -n '/^[[:space:]]*user[[:space:]]/{s/^[[:space:]]*user[[:space:]][[:space:]]*\\([A-Za-z0-9_.-]*\\).*/\\1/p;q;}' "$conf" 2>/dev/null)
  [ -n "$said" ] || built user
}
option p; prefix=$said; [ -n "$prefix" ] || { built prefix; prefix=\${said:-/usr/share/nginx}; }
option c; conf=$said; [ -n "$conf" ] || { built conf-path; conf=\${said:-/etc/nginx/nginx.conf}; }
case $conf in /*) ;; *) conf=\${prefix%/}/$conf ;; esac
confdir=\${conf%/*}
`
