import { logWindowScript } from './log-window.ts'
import { runningWorkerScript } from './running-worker-script.ts'

/**
 * One test and dump of the configuration, with the rights that tell most and change least: as root where nginx starts as root, as the user that
 * its unit names where it does not, not at all where root would chown what belongs to the running workers; else the files one by one.
 */
export const nginxConfigScript = `${logWindowScript}${runningWorkerScript}
[ -n "$bin" ] || [ -n "$not_run" ] || { echo 'no nginx binary on this host' >&2; exit 127; }
echo "@conf $conf"
echo '@build'
if [ "\${#build}" -lt 8192 ]; then printf '%s\\n\\n' "$build"; else printf '%s\\n' "$build" | head -c 8192; echo; fi
user_on_disk; disk_user=$said
running_worker; worker_user=
[ -n "$worker" ] && worker_user=$(stat -c %U "/proc/$worker")
# a test as root makes temporary folders and caches that are gone and gives others back to that user (ngx_create_paths): on a running nginx that
# would mend what is asked about
touched=
if [ -n "$worker_user" ]; then
  read_directives client_body_temp_path proxy_temp_path fastcgi_temp_path uwsgi_temp_path scgi_temp_path proxy_cache_path fastcgi_cache_path uwsgi_cache_path scgi_cache_path
  written=; wanted=
  for u in client-body proxy fastcgi uwsgi scgi; do
    name=$u; [ $u = client-body ] && name=client_body
    built "http-$u-temp-path"; written="$written $said"
    targets_of "\${name}_temp_path"; written="$written $targets"
    targets_of "\${name}_cache_path"; written="$written $targets"
  done
  set --
  for f in $written; do
    case $f in /*) ;; *) f=$prefix/$f ;; esac
    [ -x "\${f%/*}" ] && set -- "$@" "$f"
  done
  rights=$nl$([ $# -eq 0 ] || stat -L -c '%U %A %n' "$@" 2>/dev/null)$nl
  for f; do case $rights in *"$nl$disk_user d"rw[xs]??????" $f$nl"*) ;; *) touched=$f ;; esac; done
fi
set --
option c; own=$said; built conf-path; [ -n "$own" ] && [ "$conf" != "$said" ] && set -- "$@" -c "$conf"
option p; own=$said; built prefix; [ -n "$own" ] && [ "\${own%/}" != "$said" ] && set -- "$@" -p "$prefix"
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
hash=; [ -n "$dumped" ] && hash=$(dump | sha256sum 2>/dev/null)
echo "@test $rc \${hash%% *}"
printf '%s\\n' "$out" | awk '/^# configuration file / { over = 1 } over || said == 40 { next } /^(nginx|angie|openresty|freenginx|tengine): |^[0-9\\/]+ [0-9:]+ \\[/ { print substr($0, 1, 1000); said++ }'
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
  printf '%s' "$out" | sed -n 's/^# configuration file \\(\\/.*\\):$/\\1/p' | head -n 300 | while read -r f; do
    d=\${f%/*}; linked=
    while [ -n "$d" ] && [ "$d" != "$confdir" ]; do
      [ -L "$d" ] && { linked=yes; case $d in "$confdir"/*) ;; *) echo "$d" ;; esac; }
      d=\${d%/*}
    done
    # find does not follow the links to folders inside of it
    case $linked$f in "$confdir"/*) ;; *) echo "$f" ;; esac
  done | sort -u | head -n 100
}
found=$({ find -H "$confdir" -maxdepth 4 2>/dev/null | head -n 600; elsewhere; })
kinds=; links=; set -f; IFS=$nl
for f in $found; do
  if [ -L "$f" ]; then k=l; links=$links$nl$f; elif [ -d "$f" ]; then k=d; else k=f; fi
  kinds="$kinds$k $f$nl"
done
{
  stat -c 's %Y %.3Z %s %n' $found
  [ -z "$links" ] || stat -L -c 't %Y %.3Z %s %n' $links
  printf %s "$kinds"
} 2>/dev/null | awk '
  /^[st] / { match($0, /^. [^ ]+ [^ ]+ [^ ]+ /); stat[substr($0, 1, 1) substr($0, RLENGTH + 1)] = substr($0, 3); next }
  { f = substr($0, 3); if (("s" f) in stat) print substr($0, 1, 1) " " stat["s" f]; if (/^l / && ("t" f) in stat) print "f " stat["t" f] }'
true`
