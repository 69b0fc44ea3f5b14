import { parsed, unusable } from '../diagnosis/fact.ts'
import { defineProbe } from './probe.ts'

/** How many descriptors a process may have and has. */
export interface ProcessLimit {
  readonly pid: number
  readonly name: string
  /** RLIMIT_NOFILE, soft and hard; Infinity for "unlimited". */
  readonly soft: number
  readonly hard: number
  /** Open now; null where only the owner may count them. */
  readonly open: number | null
  /** Sockets of it that ss showed: the least that is open; null without ss as root. */
  readonly sockets: number | null
  /** Places in its descriptor table (FDSize of /proc/PID/status): it had more than half as many open at once. */
  readonly slots: number
}

/**
 * Descriptor limits and use of processes. "$@" are pids: nginx's own and the owners of the listeners behind it.
 *
 * Sample (Linux 6.1; pid, open, slots, sockets, soft, hard, name):
 *     proc 413 31 64 27 1024 524288 nginx
 *     proc 812 - 256 - 1024 1048576 gunicorn
 */
export const processLimits = defineProbe({
  id: 'process-limits',
  command: 'grep "open files" /proc/PID/limits; ls /proc/PID/fd | wc -l',
  seconds: 5,
  cap: 16_384,
  script: `
seen=
[ "$(id -u)" = 0 ] || seen=$({ as_root ss -Htanp; as_root ss -Hxap; } 2>/dev/null | grep -o 'pid=[0-9]*,fd=[0-9]*' |
  awk -v pids="$*" '!s[$0]++ { split($0, w, /[=,]/); n[w[2]]++ } END { if (NR) { print "any"; k = split(pids, p, " "); for (i = 1; i <= k; i++) print p[i] ":" n[p[i]] + 0 } }')
for p in "$@"; do
  soft=; { while read -r a b c soft hard rest; do [ "$a $b $c" = 'Max open files' ] && break; soft=; done <"/proc/$p/limits"; } 2>/dev/null
  [ -n "$soft" ] || continue
  slots=0; { while read -r key slots rest; do [ "$key" = FDSize: ] && break; slots=0; done <"/proc/$p/status"; } 2>/dev/null
  open=-; [ -r "/proc/$p/fd" ] && { set -- "/proc/$p/fd/"*; [ "$1" = "/proc/$p/fd/*" ] || open=$#; }
  sockets=-; for each in $seen; do [ "\${each%:*}" = "$p" ] && sockets=\${each#*:}; done
  name=; { read -r name <"/proc/$p/comm"; } 2>/dev/null
  echo "proc $p $open \${slots:-0} $sockets $soft $hard $name"
done
true`,
  parse(capture) {
    if (capture.truncated) return unusable('the list of limits was cut')
    return parsed<readonly ProcessLimit[]>(capture.stdout.split('\n').flatMap(readLimit))
  },
})

function readLimit(line: string): ProcessLimit[] {
  const match = /^proc (\d+) (\d+|-) (\d+) (\d+|-) (\d+|unlimited) (\d+|unlimited) (.*)$/.exec(line)
  if (!match) return []
  return [
    {
      pid: Number(match[1]),
      open: count(match[2]),
      slots: Number(match[3]),
      sockets: count(match[4]),
      soft: limit(match[5]),
      hard: limit(match[6]),
      name: match[7] ?? '',
    },
  ]
}

function count(text: string | undefined): number | null {
  return text === undefined || text === '-' ? null : Number(text)
}

function limit(text: string | undefined): number {
  return text === 'unlimited' ? Infinity : Number(text)
}
