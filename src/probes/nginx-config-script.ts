import { logWindowScript } from './log-window.ts'
import { runningWorkerScript } from './running-worker-script.ts'

/**
 * One test and dump of the configuration, with the rights that tell most and change least: as root where nginx starts as root, as the user that
 * its unit names where it does not, not at all where root would chown what belongs to the running workers; else the files one by one.
 */
export const nginxConfigScript = `${logWindowScript}${runningWorkerScript}
[ -n "$bin" ] || [ -n "$not_run" ] || { echo 'no nginx binary on this host' >&2; exit 127; }
echo "@conf $conf"
echo '@build'; printf '%s\\n' "$build" | head -c 8192; echo
disk_user=$(sed -n 's/^[[:space:]]*user[[:space:]][[:space:]]*\\([A-Za-z0-9_.-]*\\).*/\\1/p' "$conf" 2>/dev/null | head -n 1)
[ -n "$disk_user" ] || disk_user=$(built user)
worker=$(running_worker); worker_user=
[ -n "$worker" ] && worker_user=$(stat -c %U "/proc/$worker")
# a test as root makes temporary folders and caches that are gone and gives others back to that user (ngx_create_paths): on a running nginx that
# would mend what is asked about
touched=
if [ -n "$worker_user" ]; then
  for u in client-body proxy fastcgi uwsgi scgi; do
    name=$(echo "$u" | tr - _)
    for f in $(built "http-$u-temp-path") $(directive_paths "\${name}_temp_path") $(directive_paths "\${name}_cache_path"); do
      case $f in /*) ;; *) f=$prefix/$f ;; esac
      [ -x "\${f%/*}" ] || continue
      case $(stat -L -c '%U %A' "$f" 2>/dev/null) in "$disk_user d"rw[xs]*) ;; *) touched=$f ;; esac
    done
  done
fi
set --
own_conf=$(option c); [ -n "$own_conf" ] && [ "$conf" != "$(built conf-path)" ] && set -- "$@" -c "$conf"
own_prefix=$(option p); [ -n "$own_prefix" ] && [ "\${own_prefix%/}" != "$(built prefix)" ] && set -- "$@" -p "$prefix"
mode=root; rc=; out=
# the line behind keeps the end of the dump as it is, so that its hash is that of what nginx wrote
split_rc() { rc=\${out##*rc }; out=\${out%rc *}; }
if [ -n "$not_run" ]; then
  mode="left-out others than root may change $not_run"
elif [ -n "$account" ] && [ "$account" != root ]; then
  # as root the test would make logs and pid file that this user could not write to
  if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null 2>&1; then
    mode="as $account"
    out=$(setpriv --reuid="$account" --regid="$(id -g "$account")" --init-groups "$bin" -T "$@" 2>&1; echo "rc $?"); split_rc
  else
    mode="left-out it starts as $account, and only root may try it as that user"
  fi
elif [ -n "$worker_user" ] && [ "$(id -u)" = 0 ] && [ "$disk_user" != "$worker_user" ] && [ "$worker_user" != root ]; then
  mode="left-out the user on disk is $disk_user, the running workers are $worker_user"
elif [ -n "$touched" ]; then
  mode="left-out it would change $touched"
else
  out=$(as_root "$bin" -T "$@" 2>&1; echo "rc $?"); split_rc
  [ "$rc" = 126 ] && { mode=user; out=$("$bin" -T "$@" 2>&1; echo "rc $?"); split_rc; }
fi
case $out in *'# configuration file '*) dumped=yes ;; *) dumped= ;; esac
dump() { printf '%s' "$out" | sed -n '/^# configuration file /,$p'; }
echo "@mode $mode"
echo "@test $rc $([ -n "$dumped" ] && dump | sha256sum 2>/dev/null | cut -d' ' -f1)"
printf '%s\\n' "$out" | sed '/^# configuration file /,$d' | grep -E '^(nginx|angie|openresty|freenginx|tengine): |^[0-9/]+ [0-9:]+ \\[' | cut -c1-1000 | head -n 40
if [ -n "$dumped" ]; then
  echo '@dump nginx'; dump
else
  echo '@dump files'
  find -L "$confdir" -maxdepth 4 -type f -size -512k 2>/dev/null | sort | head -n 300 | while read -r f; do
    case $f in *.pem|*.key|*.crt|*.p12|*htpasswd*|*.mmdb) continue ;; esac
    [ -r "$f" ] && LC_ALL=C grep -qI . "$f" && { printf '# configuration file %s:\\n' "$f"; cat "$f"; echo; }
  done
fi
echo '@end'
echo '@stats'
# what is included from elsewhere, and the links that lead there
elsewhere() {
  [ -n "$dumped" ] || return
  dump | sed -n 's/^# configuration file \\(\\/.*\\):$/\\1/p' | head -n 300 | while read -r f; do
    d=\${f%/*}; linked=
    while [ -n "$d" ] && [ "$d" != "$confdir" ]; do
      [ -L "$d" ] && { linked=yes; case $d in "$confdir"/*) ;; *) echo "$d" ;; esac; }
      d=\${d%/*}
    done
    # find does not follow the links to folders inside of it
    case $linked$f in "$confdir"/*) ;; *) echo "$f" ;; esac
  done | sort -u | head -n 100
}
{ find -H "$confdir" -maxdepth 4 2>/dev/null | head -n 600; elsewhere; } | while read -r f; do
  if [ -L "$f" ]; then k=l; elif [ -d "$f" ]; then k=d; else k=f; fi
  stat -c "$k %Y %.3Z %s %n" "$f"
  [ $k = l ] && stat -L -c "f %Y %.3Z %s %n" "$f"
done 2>/dev/null
true`
