/**
 * `running_groups USER` tells by the name `@running` which groups a worker of nginx has that runs as USER and takes requests: a process keeps the
 * groups of its start (proc_pid_status(5)), whatever /etc/group says since. Nothing is told where no such worker was found.
 */
export const runningGroupsScript = `
running_groups() {
  w=$(pgrep -o -u "$1" -f '^(nginx|angie): worker process *$' 2>/dev/null) || return 0
  g=$(sed -n 's/^Gid:[[:space:]]*\\([0-9]*\\).*/\\1/p;s/^Groups:[[:space:]]*//p' "/proc/$w/status" 2>/dev/null)
  [ -n "$g" ] && echo "@running $(for n in $g; do getent group "$n" 2>/dev/null | cut -d : -f 1 | grep . || echo "$n"; done | tr '\\n' ' ')"
}`
