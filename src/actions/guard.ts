/**
 * A guard names the state of a target at the time of the diagnosis, in one line. The action's script computes the same
 * line on the host, under a lock, and acts only when both are equal: whatever happened in between (a person, another
 * worker, a second run of the same job) makes them differ.
 */

/** From `systemctl show` of the unit. Times and exit codes are left out: they move while nothing changes. */
export interface UnitState {
  /** InvocationID; empty when the unit has not run in this boot. */
  readonly invocationId: string
  /** ActiveState: "active", "failed", "activating" ... */
  readonly activeState: string
  /** SubState: "running", "auto-restart" ... */
  readonly subState: string
  readonly nRestarts: number
}

/** A process for good: pids are used again, pid and start are not. */
export interface ProcessMark {
  readonly pid: number
  /** Field 22 of /proc/PID/stat (proc(5)): clock ticks after boot, as text. */
  readonly startTicks: string
}

export type NginxState =
  | {
      readonly kind: 'running'
      /** MainPID of nginx's unit. */
      readonly master: ProcessMark
      /** sha256 (hex) of what plain `nginx -T` prints on stdout as root; null when it was not run or did not exit with 0. */
      readonly dumpSha256: string | null
      /** Of the master's children titled "nginx: worker process" and not shutting down, the one with the smallest start. */
      readonly oldestWorker: ProcessMark | null
    }
  | { readonly kind: 'down'; readonly unit: Pick<UnitState, 'invocationId'>; readonly dumpSha256: string | null }

/**
 * down: stopped, failed, or waiting for an automatic restart; up: running or reloading; busy: on its way, nothing to act on.
 * A unit that systemd keeps restarting moves between failed and auto-restart by itself: that is one state here.
 */
export type UnitClass = 'down' | 'up' | 'busy'

export function unitClass({ activeState, subState }: Pick<UnitState, 'activeState' | 'subState'>): UnitClass {
  if (activeState === 'active' || activeState === 'reloading') return 'up'
  if (activeState === 'failed' || activeState === 'inactive') return 'down'
  return activeState === 'activating' && subState.startsWith('auto-restart') ? 'down' : 'busy'
}

/** "unit 4f2a... down 0" */
export function unitGuard(unit: UnitState): string {
  return `unit ${unit.invocationId || '-'} ${unitClass(unit)} ${unit.nRestarts}`
}

/** "nginx 412:1893 5f1c... 413:1895" or "nginx down 4f2a... 5f1c..." */
export function nginxGuard(nginx: NginxState): string {
  const dump = nginx.dumpSha256 ?? '-'
  if (nginx.kind === 'down') return `nginx down ${nginx.unit.invocationId || '-'} ${dump}`
  return `nginx ${markText(nginx.master)} ${dump} ${nginx.oldestWorker ? markText(nginx.oldestWorker) : '-'}`
}

/**
 * "unit 4f2a... up 0 1890233412": with the stamp of the last change of state (StateChangeTimestampMonotonic, microseconds after boot). A reload goes
 * through the state "reloading" and changes nothing else, so that without it a second run would find the unit as it was.
 */
export function reloadGuard(unit: UnitState, changedAtMicros: number): string {
  return `${unitGuard(unit)} ${changedAtMicros}`
}

/** The class that a guard was made in. */
export function classInGuard(guard: string): UnitClass | 'unknown' {
  const [kind, first, third] = guard.split(' ')
  if (kind === 'nginx') return first === 'down' ? 'down' : 'up'
  return kind === 'unit' && (third === 'down' || third === 'up' || third === 'busy') ? third : 'unknown'
}

function markText({ pid, startTicks }: ProcessMark): string {
  return `${pid}:${startTicks}`
}

/**
 * The same two lines computed on the host: functions for POSIX sh. `unit_guard UNIT`; `nginx_guard UNIT EXPECTED`, which
 * leaves the dump out ("-") when it was left out of EXPECTED. `$action` is the verb of systemctl. Needs `as_root`, `$proc` and `set -f`. It reads only.
 */
export const guardShell = `
show() { systemctl show -p "$2" "$1" 2>/dev/null | sed -n "s/^$2=//p"; }
unit_class() {
  case $(show "$1" ActiveState) in
    active|reloading) echo up ;;
    failed|inactive) echo down ;;
    activating) case $(show "$1" SubState) in auto-restart*) echo down ;; *) echo busy ;; esac ;;
    *) echo busy ;;
  esac
}
unit_guard() {
  id=$(show "$1" InvocationID); n=$(show "$1" NRestarts)
  stamp=; [ "\${action-}" = reload ] && stamp=" $(show "$1" StateChangeTimestampMonotonic)"
  echo "unit \${id:--} $(unit_class "$1") \${n:-0}$stamp"
}
start_of() {
  { IFS= read -r stat <"$proc/$1/stat"; } 2>/dev/null || return 1
  set -- \${stat##*) }
  shift 19
  echo "$1"
}
oldest_worker() {
  set +f
  for dir in "$proc"/[0-9]*; do
    { IFS= read -r stat <"$dir/stat"; } 2>/dev/null || continue
    set -- "$master" \${stat##*) }
    [ "$3" = "$1" ] && [ "$2" != Z ] || continue
    case $(tr '\\0' ' ' <"$dir/cmdline" 2>/dev/null) in
      'nginx: worker process is shutting down'*) continue ;;
      'nginx: worker process'*) ;;
      *) continue ;;
    esac
    shift 20
    echo "$1 \${dir##*/}"
  done | sort -n | while read -r start pid; do echo "$pid:$start"; break; done
}
# The nginx that the unit starts, with its own -c and -p: the one on PATH by its plain name, as sudoers knows it.
nginx_run() { # UNIT FLAG
  flag=$2
  start=$(show "$1" ExecStart); start=\${start%% ; start_time*}
  program=\${start#*path=}; program=\${program%% ;*}
  words=" \${start#*argv\\[\\]=}"; words="\${words%% ; ignore_errors*} "
  case $program in
    /*) plain=$(command -v nginx 2>/dev/null) && [ "$plain" -ef "$program" ] && program=nginx ;;
    *) program=nginx; words= ;;
  esac
  set -- "$flag"
  # what the build has anyway is left out: -T alone stands in sudoers
  built=" $("$program" -V 2>&1) "
  for letter in c p; do
    case $words in *" -$letter "*) ;; *) continue ;; esac
    word=\${words#*" -$letter "}; word=\${word%% *}
    case $letter in c) own=conf-path ;; *) own=prefix ;; esac
    case $built in *" --$own=\${word%/} "*) ;; *) set -- "$@" "-$letter" "$word" ;; esac
  done
  as_root "$program" "$@"
}
wants_dump() {
  set -- $1
  case $2 in down) [ "\${4:--}" != - ] ;; *) [ "\${3:--}" != - ] ;; esac
}
dump_hash() { # EXPECTED UNIT
  wants_dump "$1" || { echo -; return; }
  dump=$({ { nginx_run "$2" -T 2>/dev/null; echo "rc $?" >&3; } | sha256sum >&3; } 3>&1)
  case $dump in *'rc 0'*) printf '%s\\n' "$dump" | sed -n 's/^\\([0-9a-f]\\{64\\}\\).*/\\1/p' ;; *) echo - ;; esac
}
nginx_guard() {
  master=$(show "$1" MainPID)
  hash=$(dump_hash "$2" "$1")
  if [ "\${master:-0}" != 0 ] && start=$(start_of "$master"); then
    # Workers that crash are what a restart cures: for it they are no sign that somebody was there.
    worker=-; [ "\${action-}" = restart ] || worker=$(oldest_worker)
    echo "nginx $master:$start $hash \${worker:--}"
  else
    id=$(show "$1" InvocationID)
    echo "nginx down \${id:--} $hash"
  fi
}`
