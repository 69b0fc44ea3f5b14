import { parsed, unusable } from '../diagnosis/fact.ts'
import { type KernelKind, kernelKindOf } from './kernel-lines.ts'
import { type Section, sections } from './lines.ts'
import { defineProbe } from './probe.ts'

/** Alike lines of the kernel in the window, counted on the host. */
export interface KernelEvent {
  readonly kind: KernelKind
  readonly count: number
  /** First and last, seconds after boot. */
  readonly firstAt: number
  readonly lastAt: number
  /** The newest of them, five at most, oldest first, without stamp. */
  readonly lines: readonly string[]
}

/** Known only when lines of the kernel can be read at all: an empty `events` then says that none of these kinds was there since `since`. */
export interface KernelLog {
  readonly from: 'journal' | 'dmesg'
  /** From when on it was read, seconds after boot: the window's start, or the first line that the ring buffer still holds. */
  readonly since: number
  readonly events: readonly KernelEvent[]
}

/**
 * What the kernel said in the window about memory, crashes, disks, tables and denials. "$1" is the window in seconds.
 *
 * A journal that the user may not read answers with nothing, as does one that has nothing to say; so a line of the kernel since boot
 * is looked for first: every boot writes hundreds. Then comes the ring buffer: as ourselves, or by sudo where `dmesg` is listed.
 *
 * Sample (systemd 252 on Linux 6.1, journalctl -o short-monotonic; dmesg stamps its lines the same way):
 *     @log journal 1523.11
 *     @event 2 3011.412201 4002.100000
 *     web-1 kernel: Out of memory: Killed process 812 (python3) total-vm:941244kB, anon-rss:481020kB, file-rss:0kB, shmem-rss:0kB, UID:998 pgtables:1044kB oom_score_adj:0
 */
export const kernelLog = defineProbe({
  id: 'kernel-log',
  command: 'journalctl -k -o short-monotonic; dmesg',
  seconds: 5,
  cap: 98_304,
  script: `
up=$(cut -d' ' -f1 /proc/uptime); window=\${1:-3600}
group() { # stdin: lines that begin with "[ seconds.fraction]"; counts those of interest that are not older than $1
  awk -v since="$1" '
  match($0, /^\\[ *[0-9]+\\.[0-9]+\\](\\[ *[TC][0-9]+\\])? /) {
    at = substr($0, 2, index($0, "]") - 2); gsub(/ /, "", at); at += 0; if (at < since) next
    text = substr($0, RLENGTH + 1, 700)
    low = tolower(text)
    if (low !~ /out of memory|killed process|oom-kill|invoked oom-killer|segfault|general protection|trap |traps: |table full|table overflow|i\\/o error|critical .* error|ext4-fs error|xfs \\(|btrfs|read-only|readonly|shutting down filesystem|forced shutdown|blocked for more than|avc:|apparmor="denied"|file-max|syn flooding|link is down|lost carrier|soft lockup|rcu_.* stall/) next
    key = low; gsub(/0x[0-9a-f]+|[0-9]+/, "N", key); key = substr(key, 1, 90)
    if (!(key in n)) { if (keys >= 80) next; keys++; order[keys] = key; first[key] = at }
    line[key, n[key]++ % 5] = text; last[key] = at
  }
  END { for (i = 1; i <= keys; i++) { k = order[i]; printf "@event %d %.3f %.3f\\n", n[k], first[k], last[k]
    for (j = (n[k] > 5 ? n[k] - 5 : 0); j < n[k]; j++) print line[k, j % 5] } }'
}
from=$(awk -v up="$up" -v w="$window" 'BEGIN { s = up - w; printf "%.2f", s < 0 ? 0 : s }')
why=
if command -v journalctl >/dev/null 2>&1; then
  if journalctl -k -q --no-pager -n 1 -o cat 2>/dev/null | grep -q .; then
    echo "@log journal $from"
    journalctl -k -q --no-pager -o short-monotonic --since "@$(( $(date +%s) - window ))" 2>/dev/null | tail -c 16777216 | group "$from"
    exit 0
  fi
  if journalctl -q --no-pager -n 1 -o cat _PID=1 2>/dev/null | grep -q .; then why='the journal has no line of the kernel, as in a container'
  else why='the journal may not be read (add the user to group systemd-journal)'; fi
fi
read_ring() { # the command, by as_root or plain; nothing when it may not be read
  ring=$("$@") && [ -n "$ring" ] || return 1
  start=$(printf '%s\\n' "$ring" | awk 'match($0, /^\\[ *[0-9]+\\.[0-9]+\\]/) { s = substr($0, 2, RLENGTH - 2); gsub(/ /, "", s); print s; exit }')
  [ -n "$start" ] || return 1
  from=$(awk -v a="$from" -v b="$start" 'BEGIN { printf "%.2f", a + 0 > b + 0 ? a : b }')
  echo "@log dmesg $from"; printf '%s\\n' "$ring" | group "$from"
}
read_ring dmesg 2>/dev/null || read_ring as_root dmesg || { echo "@none \${why:-the log of the kernel may not be read}"; exit 1; }`,
  parse(capture) {
    const parts = sections(capture.stdout, ['log', 'event', 'none'])
    const none = parts.find((part) => part.name === 'none')
    if (none) return unusable(none.rest)
    const log = /^(journal|dmesg) ([\d.]+)$/.exec(parts.find((part) => part.name === 'log')?.rest ?? '')
    if (!log) return unusable('the log of the kernel was not read')
    if (capture.truncated) return unusable('the log of the kernel was cut')
    return parsed<KernelLog>({
      from: log[1] === 'dmesg' ? 'dmesg' : 'journal',
      since: Number(log[2]),
      events: parts.filter((part) => part.name === 'event').flatMap(readEvent),
    })
  },
})

function readEvent(part: Section): KernelEvent[] {
  const match = /^(\d+) ([\d.]+) ([\d.]+)$/.exec(part.rest)
  // journalctl puts host name and "kernel:" in front, dmesg nothing.
  const lines = part.body.filter(Boolean).map((line) => line.replace(/^\S{1,255} kernel: /, ''))
  const kind = kernelKindOf(lines[0] ?? '')
  if (!match || kind === null) return []
  return [{ kind, count: Number(match[1]), firstAt: Number(match[2]), lastAt: Number(match[3]), lines }]
}
