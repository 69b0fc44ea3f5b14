import { ownReferrer } from './live-requests.ts'
import { logWindowScript } from './log-window.ts'

/**
 * Finds the logs that the configuration names, reads each from its end back to the window, and counts its lines by kind with awk: a log of many
 * megabytes crosses the network as a few kilobytes. "$1" is the window in seconds. It prints what the probe's sample shows.
 */
export const errorLogScript = `${logWindowScript}
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
read_directives error_log; targets_of error_log
default=
grep -qsE '^[[:space:]]*error_log[[:space:]]' "$conf" || { built error-log-path; default=\${said:-/var/log/nginx/error.log}; }
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
  if command -v journalctl >/dev/null 2>&1 && journalctl -q --no-pager -n 1 -o cat _PID=1 2>/dev/null | grep -q .; then
    echo "@log read 0 $now 0 journal"
    { journalctl -q --no-pager -o cat -t nginx --since "@$since"; journalctl -q --no-pager -o cat -u nginx --since "@$since"; } 2>/dev/null |
      tail -c 16777216 | awk '!s[$0]++' | count "$(stamp_at $since '%Y/%m/%d %H:%M:%S')" "$(stamp_at $((now - 600)) '%Y/%m/%d %H:%M:%S')"
  else
    echo "@log unreadable 0 0 0 journal"
  fi
fi
true`
