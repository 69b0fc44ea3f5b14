/**
 * `running_worker` prints the pid of a worker that takes requests: of `$master` where that is set, else of any nginx. Names are read by the shell
 * itself, because a program started for each process of a busy host costs more than all other questions together.
 */
export const runningWorkerScript = `
running_worker() {
  for d in /proc/[0-9]*; do
    { read -r comm <"$d/comm"; } 2>/dev/null || continue
    case $comm in nginx*|openresty*|angie*|freenginx*|tengine*) ;; *) continue ;; esac
    case $(tr '\\0' ' ' <"$d/cmdline" 2>/dev/null | head -c 60) in
      *': worker process is'*) continue ;;
      'nginx: worker process'*|'angie: worker process'*) ;;
      *) continue ;;
    esac
    [ -z "$master" ] || [ "$(sed -n 's/^PPid:[[:space:]]*//p' "$d/status" 2>/dev/null)" = "$master" ] || continue
    echo "\${d#/proc/}"; return
  done
}
`
