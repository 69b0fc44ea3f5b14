import { parsed, unusable } from '../diagnosis/fact.ts'
import { unitOfCgroup } from './nginx-processes.ts'
import { defineProbe } from './probe.ts'

export interface BusyProcess {
  readonly pid: number
  /** State letter of proc(5): R runs, S sleeps, D waits for a disk, T is stopped. */
  readonly state: string
  /** Percent of one CPU in the sample, with that of its children which ended meanwhile. */
  readonly cpu: number
  readonly memoryKb: number
  readonly user: string
  /** The unit, else the last part of its cgroup ("session-4.scope"); null when neither is there. */
  readonly unit: string | null
  readonly command: string
}

export interface BusyProcesses {
  /** Share of all CPUs over the sample, percent: at work, idle with I/O outstanding, taken by the hypervisor for others. */
  readonly busy: number
  readonly ioWait: number
  readonly stolen: number
  /** Those that use most CPU, most memory, or wait for a disk. */
  readonly processes: readonly BusyProcess[]
  /** Processes of one name together, by CPU. */
  readonly groups: readonly { readonly name: string; readonly count: number; readonly cpu: number }[]
  /** Percent of one CPU of all processes that can be seen here. */
  readonly seenCpu: number
  /** How many processes wait in state D. */
  readonly waiting: number
}

/**
 * Who uses the CPUs and the memory, over a second or so, and where the processes belong. "$1" is how long to sample, less where little
 * time is left; asked only of a host that looks loaded or slow. As few programs as can be are started for it: where dozens wait for a CPU
 * each costs tenths of a second. What began and ended between two looks nobody sees, but in the times of children that its parent waited for
 * (cutime and cstime of proc(5)): loops of a shell, builds, and crowds of short jobs. Those of our own questions are left out, and who
 * reaps other people's orphans tells nothing.
 *
 * Sample (Linux 6.1, Debian 12):
 *     cpu 98.5 0.3 0.0
 *     seen 191.2 0
 *     group 2 185.1 python3
 *     proc 911 R 97.4 11840 backup /system.slice/report.service python3 /opt/report/build.py
 */
export const busyProcesses = defineProbe({
  id: 'busy-processes',
  command: 'top -b -d 1',
  seconds: 5,
  cap: 32_768,
  script: `
[ $# -gt 0 ] || exit 0
reader='function read_stat(file, all, line, i) {
  all = ""; while ((getline line < file) > 0) all = all == "" ? line : all "_" line
  close(file); i = index(all, "("); if (!i) return 0
  pid = substr(all, 1, i - 2); name = substr(all, i + 1); sub(/\\)[^)]*$/, "", name); gsub(/[ \\t]/, "_", name)
  sub(/^.*\\) /, "", all); split(all, f, " "); return 1
}'
read -r from rest </proc/uptime; read -r cpu before </proc/stat
first=$(awk "$reader"' BEGIN { for (a = 1; a < ARGC; a++) if (read_stat(ARGV[a])) print pid, f[20], f[12] + f[13], f[14] + f[15], f[2] }' /proc/[0-9]*/stat)
case \${gm_seconds:-5} in 1) sleep 0.2 ;; 2) sleep 0.5 ;; *) sleep "$1" ;; esac
read -r to rest </proc/uptime; read -r cpu after </proc/stat
picked=$(printf '%s\\n' "$first" | awk -v tick=100 -v from="$from" -v to="$to" -v before="$before" -v after="$after" "$reader"'
  BEGIN { for (a = 1; a < ARGC; a++) file[a] = ARGV[a]; files = ARGC - 1; ARGC = 1; if (read_stat("/proc/self/stat")) own = f[4]
    split(before, b, " "); split(after, c, " "); for (a = 1; a <= 8; a++) all += c[a] - b[a]
    idle = c[4] - b[4]; io = c[5] - b[5]; st = c[8] - b[8]
    if (all > 0) printf "cpu %.1f %.1f %.1f\\n", 100 * (all - idle - io - st) / all, 100 * io / all, 100 * st / all }
  { was[$1 " " $2] = $3; kids[$1 " " $2] = $4; key[$1] = $1 " " $2; up[$1] = $5 }
  END { for (a = 1; a <= files; a++) { if (!read_stat(file[a])) continue
      k = pid " " f[20]; t = f[12] + f[13]; ct = f[14] + f[15]; if (!(k in was) && f[20] / tick < from) t = ct = 0
      x++; p[x] = pid; s[x] = f[1]; r[x] = f[22]; n[x] = name; at[k] = x; d[x] = t - was[k]; ses[pid] = f[4]; par[pid] = f[2]; e[x] = pid == 1 || name ~ /^(systemd|init|tini|dumb-init|docker-init|catatonit|conmon|containerd-shim.*)$/ ? 0 : ct - kids[k]; if (d[x] < 0) d[x] = 0 }
    # our own questions: their session, or one that was opened by it
    mine[own]; mine[ses[par[own]]]; delete mine[""]
    for (a = 1; a <= x; a++) { k = ses[p[a]]; if ((k in mine) || (ses[par[k]] in mine)) e[a] = 0 }
    # a child of before that ended brings its parent what it had used before, too
    for (k in was) if (!(k in at)) { split(k, w, " "); q = up[w[1]]; for (i = 0; i < 20 && (q in key) && !(key[q] in at); i++) q = up[q]
      if (q in key) if (key[q] in at) e[at[key[q]]] -= was[k] + kids[k] }
    for (a = 1; a <= x; a++) { if (e[a] < 0 || e[a] > 1.5 * (all - idle - io)) e[a] = 0
      u[a] = to > from ? 100 * (d[a] + e[a]) / tick / (to - from) : 0; f[1] = s[a]; name = n[a]
      sum += u[a]; grp[name] += u[a]; num[name]++; if (f[1] == "D") dn++ }
    printf "seen %.1f %d\\n", sum, dn
    for (a = 0; a < 5; a++) { g = ""; for (k in grp) if (grp[k] >= 1 && (g == "" || grp[k] > grp[g])) g = k
      if (g == "") break; printf "group %d %.1f %s\\n", num[g], grp[g], g; delete grp[g] }
    for (a = 0; a < 8; a++) { m = 0; for (k = 1; k <= x; k++) if (!(k in said) && (!m || u[k] > u[m])) m = k; say(m) }
    for (a = 0; a < 4; a++) { m = 0; for (k = 1; k <= x; k++) if (!(k in big) && (!m || r[k] + 0 > r[m] + 0)) m = k; big[m]; say(m) }
    a = 0; for (k = 1; k <= x && a < 4; k++) if (s[k] == "D") { a++; say(k) } }
  function say(k) { if (!k || (k in said)) return; said[k]; printf "x %d %s %.1f %.0f %s\\n", p[k], s[k], u[k], r[k], n[k] }' /proc/[0-9]*/stat)
page=$(getconf PAGESIZE 2>/dev/null || echo 4096)
owners=" $(printf '%s\\n' "$picked" | { set --; while read -r x p rest; do [ "$x" = x ] && set -- "$@" "/proc/$p"; done; stat -c '%n=%U' "$@" 2>/dev/null | tr '\\n' ' '; })"
printf '%s\\n' "$picked" | while read -r x p state cpu rss name; do
  [ "$x" = x ] || { printf '%s\\n' "$x $p $state\${cpu:+ $cpu}"; continue; }
  case $owners in *" /proc/$p="*) user=\${owners#*" /proc/$p="}; user=\${user%% *} ;; *) continue ;; esac
  cg=
  while IFS= read -r line; do
    case $line in 0:*|[0-9]*:name=systemd:*) line=\${line#*:}; line=\${line#*:}; [ "$line" = / ] || { cg=$line; break; } ;; esac
  done 2>/dev/null <"/proc/$p/cgroup"
  args=$(tr '\\000\\n' '  ' 2>/dev/null <"/proc/$p/cmdline")
  printf 'proc %s %s %s %d %s %s %.160s\\n' "$p" "$state" "$cpu" $((rss * page / 1024)) "$user" "\${cg:--}" "\${args:-[$name]}"
done`,
  parse(capture) {
    if (capture.stdout === '' && capture.exitCode === 0)
      return unusable('the host did not look loaded, so nobody asked')
    if (capture.truncated) return unusable('the sample of the processes was cut')
    const cpu = /^cpu ([\d.]+) ([\d.]+) ([\d.]+)$/m.exec(capture.stdout)
    const seen = /^seen ([\d.]+) (\d+)$/m.exec(capture.stdout)
    if (!cpu || !seen) return unusable('no sample of the processes could be taken')
    const lines = capture.stdout.split('\n')
    return parsed<BusyProcesses>({
      busy: Number(cpu[1]),
      ioWait: Number(cpu[2]),
      stolen: Number(cpu[3]),
      seenCpu: Number(seen[1]),
      waiting: Number(seen[2]),
      groups: lines.flatMap((line) => {
        const match = /^group (\d+) ([\d.]+) (.+)$/.exec(line)
        return match ? [{ count: Number(match[1]), cpu: Number(match[2]), name: match[3] ?? '' }] : []
      }),
      processes: lines.flatMap(readProcess),
    })
  },
})

function readProcess(line: string): BusyProcess[] {
  const match = /^proc (\d+) (\S) ([\d.]+) (\d+) (\S+) (\S+) (.*)$/.exec(line)
  if (!match) return []
  const cgroup = match[6] ?? '-'
  return [
    {
      pid: Number(match[1]),
      state: match[2] ?? '',
      cpu: Number(match[3]),
      memoryKb: Number(match[4]),
      user: match[5] ?? '',
      unit: unitOfCgroup(cgroup) ?? scopeOf(cgroup),
      command: (match[7] ?? '').trim(),
    },
  ]
}

/** "session-4.scope"; a folder that is no unit, and a group outside of this control group namespace ("/../x"), name nobody. */
function scopeOf(cgroup: string): string | null {
  const last = cgroup.split('/').at(-1) ?? ''
  return /^[\w@:\\.-]+\.(?:scope|slice)$/.test(last) ? last : null
}
