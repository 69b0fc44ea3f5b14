/**
 * Shell functions that show how a unit works: `unit_work UNIT CGROUP` prints its processes, throttling and OOM kills, `unit_settings UNIT`
 * the pool sizes and time limits that its configuration files set. `$shown` holds what `systemctl show` said of the unit. Read /proc once before (`before`), so that CPU time between two looks is known.
 */
export const unitWorkScript = `
stats() { cat /proc/[0-9]*/stat 2>/dev/null; }
moment() { cut -d ' ' -f 1 /proc/uptime; }
first_at=$(moment); first_stats=$(stats)
pids_of() { # cgroup
  for d in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    [ -n "$1" ] && [ -r "$d$1/cgroup.procs" ] && { head -n 256 "$d$1/cgroup.procs"; break; }
  done
}
states_of() { # pid...: their letters, read by the shell itself
  for p in "$@"; do
    while IFS= read -r line; do case $line in State:*) line=\${line#State:?}; printf %s "\${line%% *}"; break ;; esac; done 2>/dev/null <"/proc/$p/status"
  done
}
unit_work() { # unit cgroup
  pids=$(pids_of "$2")
  printf '@work %s %s %s\\n' "$1" "$first_at" "$(moment)"
  { printf '%s\\n' "$first_stats"; echo NOW; [ -n "$pids" ] && for p in $pids; do cat "/proc/$p/stat" 2>/dev/null; done; } | awk '
    $0 == "NOW" { now = 1; next }
    { pid = $1; name = $0; sub(/^[^(]*[(]/, "", name); sub(/[)] [^)]*$/, "", name); gsub(/[^A-Za-z0-9_.:+-]/, "_", name)
      sub(/^.*[)] /, ""); if (!now) { t[pid] = $12 + $13; next }
      print "process " pid " " $2 " " $1 " " ($12 + $13) - (pid in t ? t[pid] : $12 + $13) " " $18 " " $20 / 100 " " name }'
  for f in /sys/fs/cgroup$2 /sys/fs/cgroup/unified$2 /sys/fs/cgroup/cpu$2 /sys/fs/cgroup/cpu,cpuacct$2 /sys/fs/cgroup/memory$2; do
    [ -n "$2" ] || break
    for n in cpu.stat memory.events memory.oom_control; do
      [ -r "$f/$n" ] && sed -n "s/^\\(nr_periods\\|nr_throttled\\|throttled_usec\\|throttled_time\\|oom_kill\\) \\([0-9]*\\)$/count \\1 \\2/p" "$f/$n"
    done
  done
  echo end
}
limits='(pm|pm[.]max_children|request_terminate_timeout|request_slowlog_timeout|slowlog|listen|listen[.]backlog|harakiri|http-timeout|socket-timeout|so-keepalive|http-keepalive|processes|workers|threads|cheaper|enable-threads|timeout|graceful_timeout|keepalive|backlog|worker_class|MaxRequestWorkers|KeepAliveTimeout|KeepAlive|Timeout|ThreadsPerChild|WEB_CONCURRENCY|GUNICORN_CMD_ARGS|NODE_OPTIONS|WSGIDaemonProcess)'
settings_of() { # file...: the lines that set a limit
  for c in "$@"; do
    [ -f "$c" ] && [ -r "$c" ] && [ "$(stat -L -c %s "$c")" -lt 262144 ] || continue
    grep -HnE "^[[:space:]]*$limits([[:space:]]*=|[[:space:]])" "$c" 2>/dev/null | cut -c1-300 | head -n 40
  done
}
unit_settings() { # unit
  echo "@settings $1"
  case $1 in
    *php*fpm*.service) settings_of $(fpm_files) ;;
    apache2.service) settings_of /etc/apache2/apache2.conf /etc/apache2/mods-enabled/mpm_*.conf /etc/apache2/sites-enabled/*.conf ;;
    *)
      named=$(printf '%s\\n' "$shown" | grep -E '^(ExecStart|EnvironmentFiles|WorkingDirectory)=')
      property WorkingDirectory; dir=$value
      for c in $(printf '%s\\n' "$named" | grep -oE '/(etc|srv|opt|home|usr/local|var)/[A-Za-z0-9_./@+-]+' | grep -E '([.](ini|conf|py|cfg|env)|^/etc/(default|sysconfig)/.*)$' | sort -u | head -n 6); do settings_of "$c"; done
      # gunicorn reads this one of its working directory by itself
      case $named in *gunicorn*) [ -n "$dir" ] && settings_of "$dir/gunicorn.conf.py" ;; esac ;;
  esac
  echo end
}
`
