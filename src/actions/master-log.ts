/**
 * Functions for POSIX sh that hear what the master says of a reload: it takes the signal, answers nobody, and writes why it
 * goes on with the old configuration into its main error log only (ngx_master_process_cycle, ngx_init_cycle). That log is
 * its standard error as well (ngx_log_redirect_stderr); where that may not be read, those that the configuration and the build
 * name are. `mark_logs UNIT` before, `emerg_since` after: the last three [emerg] lines of that master, oldest first. Needs
 * `show`, `nginx_run` and `$proc`. A line counts by the pid that nginx itself writes before the text, which no client can forge.
 */
export const masterLogShell = `
logs_of_master() { # UNIT
  log=$(readlink "$proc/$master/fd/2" 2>/dev/null)
  case $log in /*) [ -f "$log" ] && { echo "$log"; return; } ;; esac
  { nginx_run "$1" -T 2>/dev/null | sed -n 's/^[[:space:]]*error_log[[:space:]]\\{1,\\}\\([^;[:space:]]*\\).*/\\1/p'
    nginx -V 2>&1 | tr ' ' '\\n' | sed -n 's/^--error-log-path=//p'; } |
    while read -r log; do case $log in /*) [ -f "$log" ] && echo "$log" ;; esac; done | awk '!s[$0]++' | head -n 6
}
mark_logs() { # UNIT
  heard=$1; began=$(date +%s); master=$(show "$1" MainPID)
  marks=$(logs_of_master "$1" | while read -r log; do echo "$(wc -c <"$log" 2>/dev/null || echo 0) $log"; done)
}
emerg_since() {
  { printf '%s\\n' "$marks" | while read -r size log; do
      [ -r "$log" ] && tail -c "+$((size + 1))" "$log" | head -c 65536
    done
    journalctl -q -u "$heard" --since "@$began" -o cat --no-pager 2>/dev/null | tail -n 50
  } | grep -E "^[0-9/]+ [0-9:]+ [[]emerg[]] $master#" | awk '!s[$0]++' | tail -n 3
}`
