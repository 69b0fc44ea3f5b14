import { accessLine, levelPattern, loggerPrefix, tellingPattern } from './telling-kinds.ts'

/** The window of telling lines. */
const tellingSeconds = 3600

/**
 * Shell functions that read what units say of themselves. `unit_journal UNIT` prints the last lines of its journal; `unit_telling UNIT`
 * the telling lines of its journal and of the log files that its own configuration names (see unit-telling.ts).
 *
 * Log files come from systemd's StandardOutput= and StandardError=, from `*.log` in ExecStart, from php-fpm's error_log and slowlog, are
 * Apache's own, are held open by its processes (where this user may see that), or lie in a folder of /var/log that is named after it; their stamps are read by date(1), so that one without GNU's has lines without a time.
 */
export const unitLogsScript = `
unit_journal() {
  journalctl -q -u "$1" -n 12 -o short-iso --no-pager 2>/dev/null | cut -c1-400
}
telling='${tellingPattern}'; level='${levelPattern}'; logger='${loggerPrefix}'; access='${accessLine}'; export telling level logger access
since=$(($(date +%s) - ${tellingSeconds}))
alike() { # stdin: STAMP|WHO: MESSAGE; alike lines that tell something, counted, the newest eighty; what has no more than a level leaves room for the rest
  awk '
  { i = index($0, "|"); at = substr($0, 1, i - 1); rest = substr($0, i + 1); j = index(rest, ": "); if (!j) next
    said = substr(rest, j + 2); who = substr(rest, 1, j - 1)
    if (who in field) { # of an error of Node.js: where it could not connect to stands below its code
      if (said ~ /^ +(errno|syscall|address|port|hostname): /) { sub(/^ +/, " ", said); k = field[who]; t[k] = substr(t[k] said, 1, 400); next }
      delete field[who]
    }
    if (said ~ ENVIRON["access"]) next
    bare = said; sub(ENVIRON["logger"], "", bare); c = "T"
    if (substr(bare, 1, 400) !~ ENVIRON["telling"]) { if (substr(said, 1, 200) !~ ENVIRON["level"]) next; c = "L" }
    k = rest; sub(/\\[[0-9]+\\]: /, ": ", k); gsub(/[0-9]+/, "N", k); k = substr(k, 1, 200)
    if (!(k in n)) { if (kinds[c] >= 300) next; kinds[c]++; f[k] = at }
    n[k]++; l[k] = at; t[k] = substr(rest, 1, 400); o[k] = NR
    if (said ~ /^ +code: .E[A-Z_]+.,$/) field[who] = k
  }
  END { for (k in n) print o[k] "|" n[k] " " f[k] " " l[k] " " t[k] }' | sort -n | tail -n 80 | cut -d '|' -f 2-
}
fpm_files() { # php-fpm's own configuration file and those of its pools
  property ExecStart; run=$value; case $run in *php-fpm*) ;; *) return ;; esac
  c=$(printf '%s' "$run" | grep -oE '(-y|--fpm-config)[ =]/[A-Za-z0-9_./@+-]+' | head -n 1 | sed 's/^[^/]*//'); c=\${c:-/etc/php-fpm.conf}
  echo "$c"; for g in $(sed -n 's/^[[:space:]]*include[[:space:]]*=[[:space:]]*\\(\\/[A-Za-z0-9_./*+-]*\\).*/\\1/p' "$c" 2>/dev/null); do [ -f "$g" ] && echo "$g"; done
}
named_logs() { # unit: the log files that its configuration names, one a line
  printf '%s\\n' "$shown" | grep -E '^(StandardOutput|StandardError|ExecStart)=' | grep -oE '/[A-Za-z0-9_./@+-]+[.]log' | sort -u | head -n 4
  fpm_files | while read -r c; do
    sed -n 's/^[[:space:]]*\\(error_log\\|slowlog\\|php_admin_value\\[error_log\\]\\)[[:space:]]*=[[:space:]]*\\(\\/[A-Za-z0-9_./+-]*\\).*/\\2/p' "$c" 2>/dev/null
  done
  case $1 in
    apache2.service) echo /var/log/apache2/error.log ;;
    httpd.service) echo /var/log/httpd/error_log ;;
  esac
  open_logs
  own_folder "\${1%.service}"
}
open_logs() {
  property ControlGroup; fds=''
  for p in $(pids_of "$value" | head -n 24); do fds="$fds /proc/$p/fd"; done
  [ -z "$fds" ] || ls -l $fds 2>/dev/null |
    sed -n 's/.* -> \\(\\/[A-Za-z0-9_./@+-]*[.]log\\)$/\\1/p' | grep -v access | sort -u | head -n 3
}
own_folder() { # name of a unit: /var/log/shop of shop.service and of shop-web.service
  for d in /var/log/*/; do
    n=\${d%/}; n=\${n##*/}
    case $1 in "$n"|"$n"[-_@.]*) ls -t "$d"*.log 2>/dev/null | grep -v access | head -n 2 ;; esac
  done
}
log_epoch() { # the stamp at the start of a line, by date(1); - when it has none
  s=$(printf '%s' "$1" | sed -n 's/^\\[*\\([0-9][0-9]-[A-Z][a-z][a-z]-[0-9]* [0-9:]*\\).*/\\1/p;s/^\\[*\\([0-9][0-9]*-[0-9][0-9]-[0-9][0-9][ T][0-9:]*\\).*/\\1/p;s/^\\[*\\([A-Z][a-z][a-z] [A-Z][a-z][a-z] *[0-9]* [0-9:]*\\)[0-9.]* \\([0-9][0-9][0-9][0-9]\\).*/\\1 \\2/p' | head -n 1)
  e=$([ -n "$s" ] && date -d "$s" +%s 2>/dev/null); printf %s "\${e:--}"
}
guard_kills() { # whom earlyoom ended; each line for itself, because the number of the process is what tells
  k=$(journalctl -q -u earlyoom.service --since "@$since" -n 2000 -o short-unix --no-pager 2>/dev/null | grep -E ': sending SIG(TERM|KILL) to process [0-9]' | tail -n 20)
  [ -z "$k" ] || { echo '@telling read journal of earlyoom.service'; printf '%s\\n' "$k" | sed 's/^\\([0-9.]*\\) [^ ]* /1 \\1 \\1 /' | cut -c1-400; echo end; }
}
read_journals() { # whether this user may read systemd's own lines: any user may read his own; what the guard wrote is the same for every unit
  journalctl -q --no-pager -n 1 -o cat _PID=1 2>/dev/null | grep -q . && killed=$(guard_kills)
}
unit_telling() {
  if [ -n "$journals" ]; then
    echo '@telling read journal'
    journalctl -q -u "$1" --since "@$since" -n 20000 -o short-unix --no-pager 2>/dev/null | sed 's/^\\([0-9.]*\\) [^ ]* /\\1|/' | alike
    echo end
    [ -z "$killed" ] || printf '%s\\n' "$killed"
  else
    echo '@telling unreadable journal'
  fi
  named_logs "$1" | awk '!s[$0]++' | head -n 6 | while IFS= read -r f; do
    [ -f "$f" ] || { [ -d "\${f%/*}" ] && [ -x "\${f%/*}" ] && continue; echo "@telling unreadable $f"; continue; }
    [ -r "$f" ] || { echo "@telling unreadable $f"; continue; }
    [ "$(stat -L -c %Y "$f")" -ge "$since" ] || { printf '@telling read %s\\nend\\n' "$f"; continue; }
    echo "@telling read $f"
    tail -c 262144 "$f" | tr -d '\\000\\r' | sed 's/^/-|file: /' | alike | while IFS= read -r line; do
      e=$(log_epoch "\${line#* - - file: }"); n=\${line%% *}
      case $e in -) ;; *) [ "$e" -ge "$since" ] || continue ;; esac
      printf '%s - %s file: %s\\n' "$n" "$e" "\${line#* - - file: }"
    done
    echo end
  done
}
`
