import { parsed, unusable } from '../diagnosis/fact.ts'
import { type ErrorLine, parseErrorLine } from '../nginx/error-line.ts'
import { sections, type Section } from './lines.ts'
import { ownReferrer } from './live-requests.ts'
import { logWindowScript } from './log-window.ts'
import { defineProbe } from './probe.ts'

/** Alike lines of one log, counted on the host; `line` is the newest of them. Stamps are the log's own local time. */
export interface LogGroup {
  readonly log: string
  readonly count: number
  /** Of these, the ones of the last ten minutes. */
  readonly recent: number
  readonly first: string
  readonly last: string
  readonly line: ErrorLine
  readonly text: string
}

export interface LogFile {
  /** Path, or "journal". */
  readonly path: string
  readonly state: 'read' | 'missing' | 'unreadable' | 'partial'
  readonly reason: string
  readonly size: number
  /** Last change, seconds since the epoch. */
  readonly changed: number
  /** What must be added to its stamps, read as host time, to get host time; seconds, rounded to 15 minutes. */
  readonly shift: number
}

export interface ErrorLogs {
  readonly files: readonly LogFile[]
  readonly groups: readonly LogGroup[]
  /** The newest lines as they stand, oldest first. */
  readonly tail: readonly string[]
  /** Lines of the window that fell into no group, because there were too many different ones. */
  readonly ungrouped: number
  /** The answer did not travel to its end: that something is not in it means nothing. */
  readonly cut: boolean
}

/**
 * The error logs that the configuration names, cut to the window and counted by kind on the host: message, phase, server
 * and upstream make a kind; stamp, pid, client, request and referrer do not. Lines of our own live requests are passed over.
 * "$1" is the window in seconds.
 *
 * Sample (nginx 1.22.1, Debian 12):
 *     @log read 10342 1795230491 0 /var/log/nginx/error.log
 *     @group 42 40 2026/11/21 03:04:05 2026/11/21 03:08:01
 *     2026/11/21 03:08:01 [error] 413#413: *97 connect() failed (111: Connection refused) while connecting to upstream, ...
 *     @tail
 *     2026/11/21 03:08:01 [error] 413#413: *97 connect() failed (111: Connection refused) ...
 */
export const errorLog = defineProbe({
  id: 'error-log',
  command: 'tail of every error_log',
  seconds: 8,
  cap: 524_288,
  script: `${logWindowScript}
now=$(date +%s); since=$((now - \${1:-3600}))
count() { # stdin: lines; $1 oldest stamp that counts, $2 stamp of ten minutes ago
  awk -v since="$1" -v recent="$2" '
  function field(s, name, stop, i, r) { i = index(s, name); if (!i) return ""; r = substr(s, i + length(name)); i = index(r, stop); return i ? substr(r, 1, i - 1) : r }
  /^[12][0-9][0-9][0-9]\\/[01][0-9]\\/[0-3][0-9] / {
    stamp = substr($0, 1, 19); on = (stamp >= since) && !/, referrer: "${ownReferrer}"$/; if (!on) next
    rest = substr($0, 21)
    level = rest; sub(/\\].*/, "]", level)
    i = index(rest, ": "); msg = i ? substr(rest, i + 2) : rest
    sub(/^\\*[0-9]+ /, "", msg)
    i = index(msg, ", client: "); head = i ? substr(msg, 1, i - 1) : msg
    tail = i ? substr(msg, i) : ""
    server = field(tail, ", server: ", ", ")
    up = field(tail, ", upstream: \\"", "\\""); scheme = up; sub(/:\\/\\/.*/, "://", scheme); up = substr(up, length(scheme) + 1)
    if (up ~ /^unix:/) { up = substr(up, 6); sub(/:.*/, "", up); up = "unix:" up } else sub(/\\/.*/, "", up)
    if (head ~ /"/ || head ~ /[0-9][0-9][0-9][0-9]/) { gsub(/"[^"]*"/, "\\"\\"", head); gsub(/[0-9][0-9][0-9]+/, "N", head) }
    k = level head "|" server "|" scheme up
    # who said no to a configuration: the master, or an nginx -t
    if (level ~ /emerg/) { pid = substr(rest, length(level) + 2); sub(/#.*/, "", pid); if (!(pid in said)) said[pid] = sayers++ < 60 ? pid "|" : "|"; k = said[pid] k }
    if (!(k in n)) { if (kinds >= 250) { other++; next } kinds++; f[k] = stamp; order[kinds] = k }
    n[k]++; l[k] = stamp; if (stamp >= recent) rc[k]++
    line[k] = substr($0, 1, 2048)
    t[tn++ % 60] = substr($0, 1, 1024); next
  }
  on { t[tn++ % 60] = substr($0, 1, 1024) }
  END {
    for (i = 1; i <= kinds; i++) { k = order[i]; print "@group " n[k] " " rc[k] + 0 " " f[k] " " l[k]; print line[k] }
    print "@other " other + 0
    print "@tail"
    for (i = (tn > 60 ? tn - 60 : 0); i < tn; i++) print t[i % 60]
  }'
}
read_log() {
  f=$1
  [ -e "$f" ] || { [ -d "\${f%/*}" ] && [ ! -x "\${f%/*}" ] && { echo "@log unreadable 0 0 0 $f"; return; }; echo "@log missing 0 0 0 $f"; return; }
  [ -f "$f" ] || { echo "@log skipped 0 0 0 $f"; return; }
  set -- $(stat -L -c '%s %Y' "$f"); size=$1; changed=$2
  [ -r "$f" ] || { echo "@log unreadable $size $changed 0 $f"; return; }
  shift_=0
  last=$(tail -c 65536 "$f" | LC_ALL=C grep -a '^[12][0-9][0-9][0-9]/[01][0-9]/[0-3][0-9] ' | tail -n 1 | cut -c1-19 | tr / -)
  if [ -n "$last" ]; then
    e=$(epoch_of "$last") && d=$((changed - e)) && [ $d -gt -93600 ] && [ $d -lt 93600 ] && shift_=$(( (d + (d < 0 ? -450 : 450)) / 900 * 900 ))
  fi
  old=$(stamp_at $((since - shift_)) '%Y/%m/%d %H:%M:%S'); recent=$(stamp_at $((now - 600 - shift_)) '%Y/%m/%d %H:%M:%S')
  n=131072; state=read
  while [ $n -lt $size ]; do
    first=$(tail -c $n "$f" | LC_ALL=C grep -a -m 1 '^[12][0-9][0-9][0-9]/[01][0-9]/[0-3][0-9] ' | cut -c1-19)
    [ -n "$first" ] && [ "$(printf '%s\\n%s\\n' "$first" "$old" | sort | head -n 1)" = "$first" ] && [ "$first" != "$old" ] && break
    n=$((n * 4)); [ $n -gt 67108864 ] && { n=67108864; state=partial; break; }
  done
  echo "@log $state $size $changed $shift_ $f"
  tail -c $n "$f" | tr -d '\\000\\r' | count "$old" "$recent"
}
targets=$(directive_paths error_log)
default=
grep -qsE '^[[:space:]]*error_log[[:space:]]' "$conf" || { default=$(built error-log-path); [ -n "$default" ] || default=/var/log/nginx/error.log; }
journal=
for p in $targets $default; do
  case $p in
    syslog:*|stderr) journal=yes; continue ;;
    memory:*|off|/dev/null|*'$'*) continue ;;
    /*) f=$p ;;
    *) f=$prefix/$p ;;
  esac
  case " $seen " in *" $f "*) continue ;; esac
  seen="$seen $f"
  read_log "$f"
done
if [ -n "$journal" ]; then
  if command -v journalctl >/dev/null 2>&1 && journalctl -q -n 1 -t nginx >/dev/null 2>&1; then
    echo "@log read 0 $now 0 journal"
    { journalctl -q --no-pager -o cat -t nginx --since "@$since"; journalctl -q --no-pager -o cat -u nginx --since "@$since"; } 2>/dev/null |
      tail -c 16777216 | awk '!s[$0]++' | count "$(stamp_at $since '%Y/%m/%d %H:%M:%S')" "$(stamp_at $((now - 600)) '%Y/%m/%d %H:%M:%S')"
  else
    echo "@log unreadable 0 0 0 journal"
  fi
fi
true`,
  parse(capture) {
    // The entry that was cut in the middle would be read as another one.
    const parts = sections(capture.stdout, ['log', 'group', 'other', 'tail']).slice(
      0,
      capture.truncated ? -1 : undefined,
    )
    const files = parts.filter((part) => part.name === 'log').flatMap(readFile)
    if (files.length === 0) return unusable('no error log was found')
    return parsed<ErrorLogs>({
      files,
      groups: readGroups(parts),
      tail: parts.filter((part) => part.name === 'tail').flatMap((part) => part.body.filter(Boolean)),
      cut: capture.truncated,
      ungrouped: parts.filter((part) => part.name === 'other').reduce((sum, part) => sum + Number(part.rest), 0),
    })
  },
})

function readFile(part: Section): LogFile[] {
  const match = /^(\S+) (\d+) (\d+) (-?\d+) (.+)$/.exec(part.rest)
  if (!match || match[1] === 'skipped') return []
  const state = match[1] === 'read' || match[1] === 'partial' || match[1] === 'missing' ? match[1] : 'unreadable'
  const path = match[5] ?? ''
  return [
    {
      path,
      state,
      reason: reasonOf(state, path),
      size: Number(match[2]),
      changed: Number(match[3]),
      shift: Number(match[4]),
    },
  ]
}

function reasonOf(state: LogFile['state'], path: string): string {
  if (state === 'missing') return `${path} does not exist`
  if (state === 'partial') return `only the last 64 MiB of ${path} were read`
  if (state === 'read') return ''
  return path === 'journal'
    ? 'the journal may not be read (add the user to group systemd-journal)'
    : `${path} may not be read (add the user to group adm)`
}

function readGroups(parts: readonly Section[]): LogGroup[] {
  let log = ''
  return parts.flatMap((part) => {
    if (part.name === 'log') log = readFile(part)[0]?.path ?? log
    if (part.name !== 'group') return []
    const match = /^(\d+) (\d+) (\S+ \S+) (\S+ \S+)$/.exec(part.rest)
    const text = part.body[0] ?? ''
    const line = parseErrorLine(text)
    if (!match || !line) return []
    return [
      {
        log,
        count: Number(match[1]),
        recent: Number(match[2]),
        first: match[3] ?? '',
        last: match[4] ?? '',
        line,
        text,
      },
    ]
  })
}
