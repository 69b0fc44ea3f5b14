/**
 * `running_worker` sets `worker`, the pid of a worker that takes requests: of `$master` where that is set, else of any nginx. Names are read by the
 * shell itself, because a program started for each process of a busy host costs more than all other questions together.
 */
export const runningWorkerScript = `
running_worker() {
  worker=
  for d in /proc/[0-9]*; do
    { read -r comm <"$d/comm"; } 2>/dev/null || continue
    case $comm in nginx*|openresty*|angie*|freenginx*|tengine*) ;; *) continue ;; esac
    about "\${d#/proc/}"
    [ -z "$master" ] || [ "$parent" = "$master" ] || continue
    title_of "\${d#/proc/}"
    case $title in
      *': worker process is'*) continue ;;
      'nginx: worker process'*|'angie: worker process'*) worker=\${d#/proc/}; return ;;
    esac
  done
}
`
