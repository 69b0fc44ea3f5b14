import { quote } from './quote.ts'
import { rootFunctions } from './root-shell.ts'

/** PATH of every probe: sbin directories are missing from the PATH of many non-login shells, OpenResty brings its own prefix. */
export const hostPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/openresty/nginx/sbin'

/** Most bytes of a probe's stderr that travel: enough for the reason, too little to flood. */
export const stderrCap = 4096

/** Plain, uncoloured, unpaged output in English; no proxy between a live request and this host; nothing in a history file. */
export function environmentShell(path: string): string {
  return `umask 077
cd / || :
PATH=${quote(path)}
LC_ALL=C LANG=C LANGUAGE= TERM=dumb PAGER=cat SYSTEMD_PAGER= SYSTEMD_COLORS=0 SYSTEMD_URLIFY=0 NO_COLOR=1 LESSHISTFILE=-
export PATH LC_ALL LANG LANGUAGE TERM PAGER SYSTEMD_PAGER SYSTEMD_COLORS SYSTEMD_URLIFY NO_COLOR LESSHISTFILE
unset HISTFILE ENV BASH_ENV CDPATH GREP_OPTIONS GREP_COLORS LS_COLORS COLUMNS
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY`
}

/**
 * Runs one probe ($1 byte cap, $2 script, rest its parameters) and exits with its status. Everything here is one process group
 * that the caller kills. TERM, the first and polite signal, ends only the probe: this shell and the two readers ignore it, so that
 * what was already written still travels. KILL one second later ends them too: a process that ignored TERM, or that belongs to another
 * user, then no longer holds up the round.
 * Descriptors: 6 status, 7 stdout pipe, 8 and 9 the real stdout and stderr.
 */
const oneProbe = `trap "" TERM
gm_cap=$1 gm_body=$2; shift 2
exec 8>&1 9>&2 2>/dev/null
gm_rc=$(
  exec 6>&1
  {
    {
      ( trap - TERM; exec sh -c "$gm_body" sh "$@" ) </dev/null 2>&1 >&7 6>&- 7>&- 8>&- 9>&-
      echo $? >&6
    } | head -c ${stderrCap + 1} >&9 6>&- 7>&- 8>&- 9>&-
  } 7>&1 | head -c "$gm_cap" >&8 6>&- 8>&- 9>&-
)
exit "\${gm_rc:-1}"
`

/**
 * The functions of a batch. GNU and uutils `timeout` make a process group of their own and kill all of it; busybox's kills one
 * process only, so there `setsid` makes the group and a watching sub-shell does the killing.
 *
 * A frame is a line of its own that starts with @ and the nonce; the nonce is in no argv and no environment, so that nothing that
 * runs on the host can read it from the process list and forge a frame.
 */
export const batchFunctions = `gm_mark() { printf '\\n@%s %s\\n' "$gm_nonce" "$1"; }
gm_clock() {
  gm_up=0.00
  { read -r gm_up gm_rest </proc/uptime; } 2>/dev/null || gm_up=0.00
  gm_now=$(( \${gm_up%.*} * 100 + 1\${gm_up#*.} - 100 ))
}
gm_watch() {
  gm_ticks=0
  while [ "$gm_ticks" -lt "$2" ]; do
    sleep 1
    kill -0 "$1" 2>/dev/null || exit 0
    gm_ticks=$(( gm_ticks + 1 ))
  done
  kill -TERM "-$1"
  sleep 1
  kill -KILL "-$1"
}
gm_limit() { # seconds cap script args...: runs it with its time in $gm_seconds, leaves its status in gm_rc
  gm_n=$1; shift
  if [ "$gm_killer" = timeout ]; then
    gm_seconds=$gm_n timeout -k 1 "$gm_n" sh -c "$gm_probe" sh "$@" & gm_pid=$!
    { wait "$gm_pid"; } 2>/dev/null; gm_rc=$?
  else
    gm_seconds=$gm_n setsid sh -c "$gm_probe" sh "$@" & gm_pid=$!
    gm_watch "$gm_pid" "$gm_n" </dev/null >/dev/null 2>&1 & gm_dog=$!
    { wait "$gm_pid"; } 2>/dev/null; gm_rc=$?
    kill "$gm_dog" 2>/dev/null
    { wait "$gm_dog"; } 2>/dev/null
  fi
}
gm_ask() { # index seconds cap script args...
  gm_i=$1 gm_s=$2 gm_c=$3 gm_script=$4; shift 4
  gm_clock; gm_from=$gm_now
  gm_left=$(( (gm_end - gm_from + 99) / 100 ))
  [ "$gm_left" -gt 0 ] || { gm_mark "skip $gm_i budget"; return; }
  [ -n "$gm_killer" ] || { gm_mark "skip $gm_i no-timeout"; return; }
  [ "$gm_s" -le "$gm_left" ] || gm_s=$gm_left
  case $gm_script in *as_root*) gm_ask_sudo ;; esac
  gm_mark "begin $gm_i"; gm_mark "begin $gm_i" >&2
  gm_limit "$gm_s" "$gm_c" "$gm_root_functions
$gm_script" "$@"
  gm_clock
  gm_took=$(( gm_now - gm_from )) gm_how=ended
  case $gm_rc in
    124|137|143) [ "$gm_now" -eq 0 ] || [ "$gm_took" -ge $(( gm_s * 100 - 5 )) ] && { gm_how=late; kill -KILL "-$gm_pid" 2>/dev/null; } ;;
  esac
  gm_mark "end $gm_i $gm_rc $(( gm_took * 10 )) $gm_how"; gm_mark "end $gm_i" >&2
}
gm_probe='${oneProbe}'
gm_root_functions='${rootFunctions}'
gm_killer=
case $(timeout --version 2>/dev/null) in *coreutils*) gm_killer=timeout ;; *) command -v setsid >/dev/null 2>&1 && gm_killer=setsid ;; esac`
