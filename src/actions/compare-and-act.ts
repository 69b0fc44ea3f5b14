import { guardShell } from './guard.ts'
import { masterLogShell } from './master-log.ts'

/** Where the script finds things on the host; other values only in tests. */
export interface ScriptPlaces {
  readonly path: string
  readonly proc: string
  /** Directories, the first that exists is locked: flock on a directory writes nothing. */
  readonly lockDirectories: string
}

const places: ScriptPlaces = {
  path: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/openresty/nginx/sbin',
  proc: '/proc',
  lockDirectories: '/run/lock /run',
}

/**
 * The one script that changes a host. Constant text; run as `sh -s -- KIND UNIT EXPECTED TEST LIMIT SETTLE ARGV...` by the act
 * user, who is root or may `sudo -n` exactly the argv (and `nginx -t`, `nginx -T` of the nginx that the unit starts, `systemctl reset-failed UNIT`).
 *
 * Under a lock of the host: compute the guard, compare it with EXPECTED (else nothing runs), pass `nginx -t` when TEST is
 * `test`, run ARGV for at most LIMIT seconds, wait at most SETTLE seconds until the target has settled, or until nginx
 * has said why it refuses. It answers in lines `@key value`; text of programs is prefixed with `| `, the [emerg] lines of
 * nginx after a reload with `! `, so that neither can look like an answer.
 */
export function compareAndActScript({ path, proc, lockDirectories }: ScriptPlaces = places): string {
  return `
set -fu; umask 077; trap '' HUP PIPE
LC_ALL=C; LANG=C; SYSTEMD_PAGER=; SYSTEMD_COLORS=0; PATH='${path}'
export LC_ALL LANG SYSTEMD_PAGER SYSTEMD_COLORS PATH
proc='${proc}'
kind=$1; unit=$2; expected=$3; test=$4; limit=$5; settle=$6; shift 6
action=\${2-}
say() { printf '@%s %s\\n' "$1" "$2"; }
text() { printf '%s\\n' "$1" | head -c 2000 | sed 's/^/| /'; }
refuse() { say refused "$1"; text "\${2-}"; say end refused; exit 0; }
uid=$(id -u)
as_root() { if [ "$uid" = 0 ]; then "$@" </dev/null; else sudo -n "$@" </dev/null; fi; }
limited() {
  [ "$uid" = 0 ] || set -- sudo -n "$@"
  if command -v timeout >/dev/null 2>&1; then set -- timeout -k 5 "$limit" "$@"; fi
  "$@" </dev/null
}
${guardShell}
${masterLogShell}
guard() { case $kind in unit) unit_guard "$unit" ;; *) nginx_guard "$unit" "$expected" ;; esac; }
# The same without the dump: it is asked every second and must not run nginx each time.
glance() { case $kind in unit) unit_guard "$unit" ;; *) nginx_guard "$unit" 'nginx - -' ;; esac; }
settled() {
  case $1 in *' busy '*) return 1 ;; esac
  [ "$kind $action" = 'nginx reload' ] || return 0
  [ "\${1##* }" != "\${before##* }" ] && [ "\${1##* }" != - ]
}
command -v systemctl >/dev/null 2>&1 || refuse no-systemctl
command -v flock >/dev/null 2>&1 || refuse no-flock
for lock in ${lockDirectories}; do [ -d "$lock" ] && break; done
exec 9<"$lock"
flock -w 5 9 || refuse locked
before=$(guard)
say before "$before"
if [ "$before" != "$expected" ]; then
  out=; [ "$test" = test ] && out=$(nginx_run "$unit" -t 2>&1) && out=
  refuse changed "$out"
fi
case $(show "$unit" LoadState) in loaded) ;; masked) refuse masked ;; *) refuse not-loaded ;; esac
if [ "$action" = reload ] && [ "$(show "$unit" CanReload)" != yes ]; then refuse cannot-reload; fi
if [ "$test" = test ]; then
  out=$(nginx_run "$unit" -t 2>&1) || refuse config-test "$out"
fi
# A unit that was restarted too often is not started either, and Result is start-limit-hit only when a person was refused.
if [ "$action" = start ] && [ "$(show "$unit" ActiveState)" = failed ]; then
  out=$(as_root systemctl reset-failed "$unit" 2>&1) || { [ "$(show "$unit" Result)" != start-limit-hit ] || refuse reset-failed "$out"; }
fi
told=
if [ "$kind $action" = 'nginx reload' ]; then mark_logs "$unit"; told=told; fi
say acting "$*"
out=$(limited "$@" 2>&1 9<&-); code=$?
say ran "$code"
text "$out"
case $out in 'sudo: '*) settle=0 ;; esac
calm=0; waited=0; last=
while [ "$calm" -lt 3 ] && [ "$waited" -lt "$settle" ]; do
  now=$(glance)
  if settled "$now" && { [ "$now" = "$last" ] || [ "$calm" = 0 ]; }; then calm=$((calm + 1)); else calm=0; fi
  case $(show "$unit" ActiveState) in failed) break ;; esac
  # each listen is tried five times; what is said beside those tries is final
  [ -n "$told" ] && emerg_since | grep -qv 'bind() to .* failed' && break
  last=$now
  sleep 1; waited=$((waited + 1))
done
say after "$(guard)"
say state "$(show "$unit" ActiveState) ($(show "$unit" SubState))"
[ -n "$told" ] && emerg_since | cut -c1-600 | sed 's/^/! /'
if settled "$(glance)"; then say settled yes; else say settled no; fi
say end done
`
}
