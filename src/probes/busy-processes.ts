import { parsed, unusable } from '../diagnosis/fact.ts'
import { unitOfCgroup } from './nginx-processes.ts'
import { defineProbe } from './probe.ts'

export interface BusyProcess {
  readonly pid: number
  /** State letter of proc(5): R runs, S sleeps, D waits for a disk, T is stopped. */
  readonly state: string
  /** Percent of one CPU in the sample. */
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
 * Who uses the CPUs and the memory, over a second or so, and where the processes belong. "$1" is how long to sample; asked only of a
 * host that looks loaded or slow.
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
tick=$(getconf CLK_TCK 2>/dev/null || echo 100)
look() { # stamp of boot; the line of all CPUs; pid state ticks start rss comm of each process
  read -r up rest </proc/uptime; echo "up $up"
  sed -n 's/^cpu  */cpu /p' /proc/stat
  cat /proc/[0-9]*/stat 2>/dev/null | awk '{ i = index($0, "("); t = $0; sub(/^.*\\) /, "", t); split(t, f, " ")
    c = substr($0, i + 1); sub(/\\)[^)]*$/, "", c); gsub(/ /, "_", c); print "p", $1, f[1], f[12] + f[13], f[20], f[22], c }'
}
first=$(look); sleep "$1"; second=$(look)
picked=$(printf '%s\\n@\\n%s\\n' "$first" "$second" | awk -v tick="$tick" -v me=$$ '
  $1 == "@" { later = 1; next }
  $1 == "up" { if (later) span = $2 - from; else from = $2; next }
  $1 == "cpu" { all = 0; for (i = 2; i <= 9; i++) all += $i
    if (!later) { a0 = all; i0 = $5; w0 = $6; s0 = $9 } else { all -= a0; idle = $5 - i0; io = $6 - w0; st = $9 - s0 } next }
  !later { was[$2 " " $5] = $4; next }
  { k = $2 " " $5; d = (k in was) ? $4 - was[k] : ($5 / tick >= from ? $4 : 0); if (d < 0) d = 0
    c = span > 0 ? 100 * d / tick / span : 0; sum += c; grp[$7] += c; num[$7]++; if ($3 == "D") dn++
    print "x", $2, $3, c, $6, $7 }
  END { if (all > 0) printf "cpu %.1f %.1f %.1f\\n", 100 * (all - idle - io - st) / all, 100 * io / all, 100 * st / all
    printf "seen %.1f %d\\n", sum, dn
    for (g in grp) if (grp[g] >= 1) printf "g %.1f %d %s\\n", grp[g], num[g], g }')
printf '%s\\n' "$picked" | grep -E '^(cpu|seen) '
printf '%s\\n' "$picked" | grep '^g ' | sort -k2,2 -rn | head -n 5 | while read -r g cpu count name; do echo "group $count $cpu $name"; done
page=$(getconf PAGESIZE 2>/dev/null || echo 4096)
{ printf '%s\\n' "$picked" | grep '^x ' | sort -k4,4 -rn | head -n 8
  printf '%s\\n' "$picked" | grep '^x ' | sort -k5,5 -rn | head -n 4
  printf '%s\\n' "$picked" | grep '^x [0-9]* D ' | head -n 4
} | awk '!s[$2]++' | while read -r x p state cpu rss name; do
  [ -r "/proc/$p/cgroup" ] || continue
  cg=$(sed -n 's/^0:[^:]*://p;s/^[0-9]*:name=systemd://p' "/proc/$p/cgroup" 2>/dev/null | grep -v '^/$' | head -n 1)
  echo "proc $p $state $cpu $((rss * page / 1024)) $(stat -c %U "/proc/$p" 2>/dev/null) \${cg:--} $(tr '\\000\\n' '  ' <"/proc/$p/cmdline" 2>/dev/null | head -c 160 | grep . || echo "[$name]")"
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
