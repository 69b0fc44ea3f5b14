/** Folders of unit files, in systemd's order (systemd.unit(5)). */
const unitFolders =
  '/etc/systemd/system /run/systemd/system /usr/local/lib/systemd/system /usr/lib/systemd/system /lib/systemd/system'

/**
 * `installed_units`: services whose ExecStart runs nginx or one of its forks, and the ones that packages are known to install. Those that
 * run come first, then those that failed, then those that are to run: a leftover unit is never taken for the one that is meant.
 */
export const installedUnitsScript = `
unit_files() {
  for d in ${unitFolders}; do
    grep -lsE '^ExecStart=[-@:+!|]*(/[^ ]*/)?(nginx|nginx-debug|openresty|angie|freenginx|tengine)( |$)' "$d"/*.service 2>/dev/null
  done | sed 's|.*/||' | grep -v '@[.]service$' | awk '!s[$0]++'
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
 * `all_masters`: "RANK PID WHERE" of each master, the one to judge first: of this host's own files (0 of a unit, 1 started by root, 2 by somebody
 * else) before those in containers (3 and more). WHERE is own, or other: its root directory or network is not ours (a container, RootDirectory=,
 * NetworkNamespacePath=). Without root the namespaces of others cannot be read; then the pid namespace and the cgroup tell.
 */
const mastersScript = `
own_root=$(stat -L -c %d:%i / 2>/dev/null); own_net=$(readlink /proc/self/ns/net 2>/dev/null)
cgroup_of() { sed -n 's/^0:[^:]*://p;s/^[0-9]*:name=systemd://p' "/proc/$1/cgroup" 2>/dev/null | grep -v '^/$' | head -n 1; }
where_is() {
  r=$(stat -L -c %d:%i "/proc/$1/root/." 2>/dev/null); n=$(readlink "/proc/$1/ns/net" 2>/dev/null)
  if [ -n "$r" ] && [ -n "$n" ]; then
    if [ "$r" = "$own_root" ] && [ "$n" = "$own_net" ]; then echo own; else echo other; fi; return
  fi
  set -- "$1" $(sed -n 's/^NSpid:[[:space:]]*//p' "/proc/$1/status" 2>/dev/null)
  [ $# -gt 2 ] && { echo other; return; }
  case $(cgroup_of "$1") in *docker*|*libpod*|*containerd*|*kubepods*|*crio*|*/lxc*|*/machine.slice/*) echo other ;; *) echo own ;; esac
}
all_masters() {
  for d in /proc/[0-9]*; do
    { read -r comm <"$d/comm"; } 2>/dev/null || continue
    case $comm in nginx|nginx-debug|openresty|angie|freenginx|tengine) ;; *) continue ;; esac
    title=$(tr '\\0' ' ' <"$d/cmdline" 2>/dev/null | head -c 400)
    case $title in
      'nginx: master process'*|'angie: master process'*) ;;
      ''|nginx:' '*|angie:' '*|*' -t '*|*' -T '*|*' -s '*|*' -v '*|*' -V '*|*' -h '*|*' -q '*) continue ;;
    esac
    p=\${d#/proc/}; w=$(where_is "$p"); k=2
    # no user can put a process into a unit of the system; one who names a program of his own nginx comes last
    [ "$(stat -c %u "$d" 2>/dev/null)" = 0 ] && k=1
    case $(cgroup_of "$p") in */user.slice/*|/user.slice/*) ;; *.service) k=0 ;; esac
    [ "$w" = other ] && k=$((k + 3))
    echo "$k $p $w"
  done | sort -n -k 1,1 -k 2,2
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
  if [ -n "$wanted" ]; then
    found=$(all_masters | grep -E "^[0-9]+ $wanted "); master=$wanted; elsewhere=; unit=
    [ -n "$found" ] || { echo "the master with pid $wanted is gone" >&2; exit 5; }
    case $found in *' other') elsewhere=$master ;; esac
    return 0
  fi
  found=$(all_masters | head -n 1); master=\${found#* }; master=\${master%% *}; elsewhere=; unit=
  case $found in *' other') elsewhere=$master ;; esac
  [ -d /run/systemd/system ] || return 0
  case $found in '0 '*)
    # another nginx runs as a service of its own; one that ran since boot and failed is the one that hurts
    own=$(cgroup_of "$master" | tr / '\\n' | grep '[.]service$' | tail -n 1)
    # started by hand it may be in the unit of sshd or cron, which is no nginx's
    files=$(unit_files); [ "$files" = "$own" ] && return 0
    printf '%s\\n' "$files" | grep -qxF "$own" || return 0
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
  while :; do
    case $(stat -L -c '%u %G %A' "$p" 2>/dev/null) in
      *' '????????w*) return 1 ;;
      '0 root '*|'0 staff '*|'0 '*' '?????-*) ;;
      *) return 1 ;;
    esac
    [ "$p" = / ] && return 0
    p=\${p%/*}; p=\${p:-/}
  done
}
choose_master
account=root; master_args=; bin=; not_run=
if [ -n "$master" ]; then
  master_args=$(tr '\\0' ' ' <"/proc/$master/cmdline" 2>/dev/null | head -c 400)
  account=$(stat -c %U "/proc/$master" 2>/dev/null)
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
        c=$(command -v "$n" 2>/dev/null) && [ "$c" -ef "$bin" ] && { bin=$c; break; }
      done ;;
  *) bin= ;;
esac
# A unit made from an init script starts that script, which would take -V for a verb.
[ -n "$bin" ] && [ "$(head -c 4 "$bin" 2>/dev/null | tail -c 3)" != ELF ] && [ -x "$bin" ] && bin=
case $bin in
  '') for n in nginx openresty angie freenginx tengine /usr/local/nginx/sbin/nginx /opt/nginx/sbin/nginx; do
        bin=$(command -v "$n" 2>/dev/null) && break
      done ;;
esac
[ -n "$elsewhere" ] && bin=
case $bin in /*) root_only "$bin" || { not_run=$bin; bin=; } ;; esac
build=$([ -n "$bin" ] && "$bin" -V 2>&1)
built() { printf '%s' "$build" | sed -n "s/.*--$1=\\([^ ]*\\).*/\\1/p"; }
option() { printf '%s' "$master_args" | sed -n "s/.* -$1 *\\([^] ;]*\\).*/\\1/p"; }
prefix=$(option p); prefix=\${prefix:-$(built prefix)}; prefix=\${prefix:-/usr/share/nginx}
conf=$(option c); conf=\${conf:-$(built conf-path)}; conf=\${conf:-/etc/nginx/nginx.conf}
case $conf in /*) ;; *) conf=\${prefix%/}/$conf ;; esac
confdir=\${conf%/*}
`
