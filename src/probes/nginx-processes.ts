import { parsed, unusable } from '../diagnosis/fact.ts'
import { keyedLines } from './lines.ts'
import { chosenMasterScript } from './nginx-found-script.ts'
import { defineProbe } from './probe.ts'

export interface NginxProcess {
  readonly pid: number
  readonly parent: number
  readonly state: string
  /** Start in clock ticks since boot: field 22 of /proc/PID/stat (proc(5)); with the pid it names the process for good. */
  readonly startTicks: string
  /** Seconds after boot. */
  readonly startedAt: number
  readonly user: string
  readonly unit: string | null
  readonly role: 'master' | 'worker' | 'draining' | 'cache' | 'single'
  readonly title: string
}

export interface NginxProcesses {
  /** The master that is judged: none or one (captures from before have all). */
  readonly masters: readonly NginxProcess[]
  readonly workers: readonly NginxProcess[]
  /** The worker that has lived longest and still takes requests: its start is when the configuration in force was loaded, or later. */
  readonly oldestWorker: NginxProcess | null
  /** Masters that are not judged: of another installation or in a container. What they serve and log is not seen. */
  readonly others: readonly NginxProcess[]
  /** Of these, the pids that can be judged from here: their files and network are this host's, and root or a unit of the system started them. */
  readonly judgeable: readonly number[]
  /** Pids of masters with files or a network of their own, the first one among them. */
  readonly contained: readonly number[]
  /** Of these, the ones in a pod of Kubernetes. */
  readonly inPods: readonly number[]
  /** The one that is judged has files or a network of its own: a container. Nothing but the process itself can be seen. */
  readonly elsewhere: boolean
}

const hiddenProcesses =
  'this user sees no process but his own (/proc is mounted with hidepid=): add the user to the group that its gid= names'

/**
 * Masters and workers of nginx and its forks.
 *
 * Sample (Debian 12, nginx 1.22.1):
 *     clock 100
 *     judged 412
 *     master 0 412 own
 *     proc 412 1 S 1893 root /system.slice/nginx.service nginx: master process /usr/sbin/nginx -g daemon on; master_process on;
 *     proc 413 412 S 1895 www-data /system.slice/nginx.service nginx: worker process
 */
export const nginxProcesses = defineProbe({
  id: 'nginx-processes',
  command: 'ps -C nginx -o pid,ppid,stat,user,lstart,args',
  seconds: 3,
  cap: 65_536,
  script: `${chosenMasterScript}
choose_master
echo "clock $(getconf CLK_TCK 2>/dev/null || echo 100)"
echo "judged \${master:-none} \${elsewhere:+elsewhere}"
# the first process is always there: who may not read it sees his own only (hidepid= of proc(5))
{ read -r first </proc/1/stat; } 2>/dev/null || echo 'hidden yes'
set -f; IFS=$nl
for each in $masters; do
  p=\${each#* }; p=\${p%% *}; cgroup_of "$p"
  case $cgroup in *kubepods*) each="$each pod" ;; esac
  echo "master $each"
done
unset IFS; set +f
lines=; dirs=
for d in /proc/[0-9]*; do
  p=\${d#/proc/}
  named_nginx "$p" || continue
  { read -r stat <"$d/stat"; } 2>/dev/null || continue
  about "$p"; title_of "$p"; cgroup_of "$p"
  case $title in
    *"$nl"*) title=$(printf '%s' "$title" | head -c 300 | tr -d '\\n') ;;
    *) [ "\${#title}" -le 300 ] || title=$(printf '%s' "$title" | head -c 300) ;;
  esac
  set -f; set -- \${stat##*) }; set +f
  lines="$lines$p $2 $1 \${20} $nl\${cgroup:--} $title$nl"; dirs="$dirs $d"
done
[ -n "$dirs" ] || exit 0
# their owners by one call; of a process that has ended since there is none
owners=$(stat -c '%n %U' $dirs 2>/dev/null)
set -f; IFS=$nl; set -- $lines
for each in $owners; do
  p=\${each%% *}; p=\${p#/proc/}
  while [ $# -gt 1 ] && [ "\${1%% *}" != "$p" ]; do shift 2; done
  [ $# -gt 1 ] && { echo "proc $1\${each#* } $2"; shift 2; }
done
true`,
  parse(capture) {
    const lines = keyedLines(capture.stdout)
    const ticks = Number(lines.get('clock')?.[0])
    if (!ticks) return unusable('no clock tick')
    if (lines.has('hidden') && !lines.has('proc')) return unusable(hiddenProcesses)

    const processes = (lines.get('proc') ?? []).flatMap((line) => readProcess(line, ticks))
    const every = processes.filter((process) => process.role === 'master' || process.role === 'single')
    const [judged, where] = (lines.get('judged')?.[0] ?? '').split(' ')
    // Captures from before say nothing of it: then all are.
    const masters = every.filter(({ pid }) => judged === undefined || judged === '' || String(pid) === judged)
    const others = every.filter((process) => !masters.includes(process))
    const workers = processes.filter(
      ({ role, parent }) => role === 'worker' && !others.some(({ pid }) => pid === parent),
    )
    const oldestWorker = workers.toSorted((a, b) => a.startedAt - b.startedAt)[0] ?? null
    // Of a cut answer the end of this list may be missing: who is not in it is not judged.
    const own = new Set(
      (lines.get('master') ?? []).flatMap((line) => /^[01] (?<pid>\d+) own$/.exec(line)?.groups?.['pid'] ?? []),
    )
    const judgeable = others.filter(({ pid }) => own.has(String(pid))).map(({ pid }) => pid)
    const contained = (lines.get('master') ?? []).flatMap((line) => {
      const pid = /^\d (?<pid>\d+) other(?: pod)?$/.exec(line)?.groups?.['pid']
      return pid === undefined ? [] : [Number(pid)]
    })
    const inPods = contained.filter((pid) => lines.get('master')?.some((line) => line.endsWith(` ${pid} other pod`)))
    const elsewhere = where === 'elsewhere'
    return parsed<NginxProcesses>({ masters, workers, oldestWorker, others, judgeable, contained, inPods, elsewhere })
  },
})

function readProcess(line: string, ticks: number): NginxProcess[] {
  const match = /^(\d+) (\d+) (\S) (\d+) (\S+) (\S+) ?(.*)$/.exec(line)
  if (!match) return []
  const [, pid = '', parent = '', state = '', start = '', user = '', cgroup = '', title = ''] = match
  const role = roleOf(title)
  if (!role || state === 'Z') return []
  return [
    {
      pid: Number(pid),
      parent: Number(parent),
      state,
      startTicks: start,
      startedAt: Number(start) / ticks,
      user,
      unit: unitOfCgroup(cgroup),
      role,
      title: title.trim(),
    },
  ]
}

/** nginx sets its process titles in ngx_setproctitle (os/unix/ngx_process_cycle.c); Angie's begin with its own name. */
function roleOf(title: string): NginxProcess['role'] | null {
  const said = /^(?:nginx|angie): (.*)$/.exec(title)?.[1]
  if (said === undefined) return /(?:^| )-(?:t|T|s|v|V|h|\?|q)(?: |$)/.test(title) ? null : 'single'
  if (said.startsWith('master process')) return 'master'
  if (said.startsWith('worker process is shutting down')) return 'draining'
  if (said.startsWith('worker process')) return 'worker'
  return said.startsWith('cache') ? 'cache' : null
}

/** "/system.slice/nginx.service" -> "nginx.service"; the innermost service counts. */
export function unitOfCgroup(cgroup: string): string | null {
  return cgroup.split('/').findLast((part) => part.endsWith('.service')) ?? null
}
