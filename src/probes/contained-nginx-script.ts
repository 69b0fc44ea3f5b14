/**
 * Looks at an nginx with files and a network of its own from outside: its files through /proc/PID/root (proc(5)), its log through the engine. Nothing is run inside
 * of the container. "$1" is the pid of its master. A link in the container may lead to this host's own files when it is followed from here, so none is: one that
 * stands in the configuration folder is read where its text says, when that is below the folder as well.
 */
export const containedNginxScript = `
[ "$(id -u)" = 0 ] || { echo "only root may look into the container of pid $1" >&2; exit 126; }
p=$1; base=/proc/$p/root
case $(tr '\\0' ' ' <"/proc/$p/cmdline" 2>/dev/null | head -c 60) in *'master process'*) ;; *) echo "no master with pid $p" >&2; exit 5 ;; esac
conf=$(tr '\\0' ' ' <"/proc/$p/cmdline" 2>/dev/null | head -c 400 | sed -n 's/.* -c *\\([^] ;]*\\).*/\\1/p'); conf=\${conf:-/etc/nginx/nginx.conf}
case $conf in *..*|*[!A-Za-z0-9_./-]*|[!/]*) echo "its configuration is at an unusual path" >&2; exit 4 ;; esac
confdir=\${conf%/*}
linkless() { d=$1; while [ -n "$d" ]; do [ -L "$base$d" ] && return 1; d=\${d%/*}; done; }
[ -f "$base$conf" ] && linkless "$conf" || { echo "$conf of the container is a link or not there" >&2; exit 4; }
groups=$(cat "/proc/$p/cgroup" 2>/dev/null)
id=$(printf '%s' "$groups" | sed -n 's/.*\\([0-9a-f]\\{64\\}\\).*/\\1/p' | head -n 1)
case $groups in *libpod*) engine=podman ;; *docker*) engine=docker ;; *) engine=- ;; esac
echo "@container $p $engine \${id:--} $conf"
echo '@log'
recent() { LC_ALL=C grep -aE '^[12][0-9]{3}/[01][0-9]/[0-3][0-9] [0-9:]{8} \\[(warn|error|crit|alert|emerg)\\] ' | tail -n 300 | cut -c1-2048; }
by_engine() { [ -n "$said" ] || [ "$engine" = - ] || [ -z "$id" ] || { said=1; echo '@lines engine'; timeout 4 "$engine" logs --since 600s "$id" 2>&1 </dev/null | recent; }; }
said=; seen=
targets=$(find "$base$confdir" -maxdepth 3 -type f -size -512k 2>/dev/null | head -n 200 | tr '\\n' '\\0' |
  xargs -0 -r sed -n 's/^[[:space:]]*\\(.*[{;][[:space:]]*\\)\\{0,1\\}error_log[[:space:]][[:space:]]*\\([^;[:space:]]*\\).*/\\2/p' 2>/dev/null | awk '!s[$0]++' | head -n 20)
for n in $targets /var/log/nginx/error.log; do
  case " $seen " in *" $n "*) continue ;; esac
  seen="$seen $n"; f=$base$n
  case $n in stderr|/dev/stderr|/dev/stdout) by_engine; continue ;; *..*|*[!A-Za-z0-9_./-]*|[!/]*|/dev/*|/proc/*) continue ;; esac
  # the images of nginx link it to the standard error, which the engine keeps
  if [ -L "$f" ]; then by_engine
  elif [ -f "$f" ] && linkless "$n"; then
    echo "@lines $(( $(date +%s) - $(stat -c %Y "$f") )) $n"; tail -c 262144 "$f" | recent
  fi
done
echo '@files'
find "$base$confdir" -maxdepth 3 \\( -type f -o -type l \\) -size -512k 2>/dev/null | sort | head -n 200 | while read -r f; do
  n=\${f#"$base"}; t=$n
  case $n in *.pem|*.key|*.crt|*.p12|*htpasswd*|*.mmdb|*.so) continue ;; esac
  if [ -L "$f" ]; then
    t=$(readlink "$f"); d=\${n%/*}
    case $t in *..*..*) continue ;; /*) ;; ../*) t=\${d%/*}/\${t#../} ;; *) t=$d/$t ;; esac
    case $t in "$confdir"/*) linkless "$t" || continue ;; *) continue ;; esac
  fi
  [ -f "$base$t" ] && LC_ALL=C grep -qI . "$base$t" && { printf '# configuration file %s:\\n' "$n"; head -c 524288 "$base$t"; echo; }
done
echo '@end'`
