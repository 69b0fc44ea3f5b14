/**
 * Shell functions that find the units behind endpoints (tcp:ADDRESS:PORT, unix:PATH, pid:N): by the process that listens, unit files,
 * instances of template units, php-fpm pools, Apache's Listen, files that units name, and their journals. `all_ties ENDPOINT...` prints
 * `ENDPOINT UNIT KIND TEXT` lines.
 */
export const unitTiesScript = `
dirs='/etc/systemd/system /run/systemd/system /usr/local/lib/systemd/system /usr/lib/systemd/system /lib/systemd/system'
all=$(find -L $dirs -maxdepth 2 \\( -name '*.service' -o -name '*.socket' -o -path '*.service.d/*.conf' \\) -type f ! -path '*.wants/*' ! -path '*.requires/*' 2>/dev/null |
  awk -F/ '{ k = /[.]d\\// ? $0 : $NF } !s[k]++')

tie() { # endpoint unit kind text
  case $2 in nginx*|openresty*|angie*|*@.service) return ;; *.service) ;; *) return ;; esac
  printf '%s %s %s %s\\n' "$1" "$2" "$3" "$(printf %s "$4" | tr '\\t' ' ' | cut -c1-300)"
}
unit_of_file() { # the unit that a unit file or a drop-in belongs to
  case $1 in *.d/*) b=\${1%/*}; b=\${b##*/}; printf %s "\${b%.d}" ;; *) printf %s "\${1##*/}" ;; esac
}
pattern() { # what names the endpoint as a whole word
  case $1 in
    tcp:*) printf '(^|[^0-9.])%s([^0-9.]|$)' "\${1##*:}" ;;
    unix:*) printf %s "\${1#unix:}" | sed 's/[][\\.*^$+?(){}|]/\\\\&/g' ;;
  esac
}
service_of_socket() {
  u=$(systemctl show -p Triggers --value "$1" 2>/dev/null); u=\${u%% *}; printf %s "\${u:-\${1%.socket}.service}"
}
held_elsewhere() { # pattern socket-unit service: where systemd itself listens for it, when that is not what the file said
  systemctl show -p ActiveState --value "$2" 2>/dev/null | grep -qx active || return
  l=$(systemctl show -p Listen "$2" 2>/dev/null | sed -n 's/^Listen=\\(.*\\) (Stream)$/\\1/p')
  printf '%s\n' "$l" | grep -qE "$1" && return
  printf '%s\n' "$l" | head -n 4 | while IFS= read -r at; do
    case $at in /*) tie "unix:$at" "$3" held "$2 listens on $at" ;; *:*) tie "tcp:$at" "$3" held "$2 listens on $at" ;; esac
  done
}
from_processes() {
  u=$(sed -n 's/^0:[^:]*://p;s/^[0-9]*:name=systemd://p' "/proc/$2/cgroup" 2>/dev/null | tr / '\\n' | grep '[.]service$' | tail -n 1)
  [ -n "$u" ] && tie "$1" "$u" process "pid $2: $(tr '\\0' ' ' <"/proc/$2/cmdline" | head -c 200)"
}
unit_lines() { # what the unit files say, read once
  [ -z "$said" ] || return
  said=$(printf '%s\\n' "$all" | tr '\\n' '\\0' | xargs -0 -r grep -HsE '^(Exec[A-Za-z]*|Environment|EnvironmentFile|ListenStream)=' 2>/dev/null)
  : "\${said:=-}"
}
from_unit_files() {
  printf '%s\\n' "$said" | grep -E "^[^:]*:(Exec[A-Za-z]*|Environment|ListenStream)=.*$2" | head -n 12 | while IFS= read -r hit; do
      u=$(unit_of_file "\${hit%%:*}"); k=exec
      case $u in *.socket) k=socket; s=$u; u=$(service_of_socket "$u"); held_elsewhere "$2" "$s" "$u" ;; esac
      tie "$1" "$u" $k "\${hit%%:*}: \${hit#*:}"
    done
}
instances() { # template units as they are on this host: loaded, enabled, or once in the journal; systemd fills in %i
  [ -n "$all_instances" ] && return
  all_instances=$({ systemctl list-units --type=service --all --plain --no-legend '*@*.service' 2>/dev/null | awk '{ print $1 }'
    find $dirs -maxdepth 2 -name '*@?*.service' 2>/dev/null | sed 's,.*/,,'
    timeout 3 journalctl -q -F _SYSTEMD_UNIT 2>/dev/null | grep '@..*[.]service$'; } |
    grep -vE '^(user@|user-runtime-dir@|getty@|serial-getty@|autovt@|systemd-|modprobe@|container-getty@|console-getty|ifup@|e2scrub@)' | awk '!s[$0]++' | head -n 24 |
    while read -r u; do t=\${u%%@*}@.service; printf '%s\n' "$all" | grep -q "/$t\\$" && printf '%s\n' "$u"; done)
  [ -n "$all_instances" ] && instance_facts=$(printf '%s\n' "$all_instances" | xargs systemctl show -p Id,ExecStart,Environment,EnvironmentFiles 2>/dev/null)
  : "\${all_instances:=-}"
}
from_instances() {
  printf '%s\n' "$instance_facts" | awk -v RS= '{ id = ""; for (i = 1; i <= split($0, l, "\\n"); i++) if (l[i] ~ /^Id=/) id = substr(l[i], 4); for (j = 1; j < i; j++) if (l[j] !~ /^Id=/) print id " " l[j] }' |
    while read -r u line; do
      case $line in
        EnvironmentFiles=*) f=\${line#EnvironmentFiles=}; f=\${f%% (*}
          [ -f "$f" ] && hit=$(grep -m 1 -E "$2" "$f" 2>/dev/null) && tie "$1" "$u" exec "$f: $hit" ;;
        *) line=$(printf %s "$line" | sed 's/ ; ignore_errors=.*//; s/.*argv\\[\\]=/ExecStart=/'); printf '%s\n' "$line" | grep -qE "$2" && tie "$1" "$u" exec "\${u%%@*}@.service: $line" ;;
      esac
    done | head -n 6
}
from_pools() {
  grep -HsE "^[[:space:]]*listen[[:space:]]*=.*$2" /etc/php/*/fpm/pool.d/*.conf /etc/php-fpm.d/*.conf 2>/dev/null | head -n 6 | while IFS= read -r hit; do
    case $hit in /etc/php/*) v=\${hit#/etc/php/}; u=php\${v%%/*}-fpm.service ;; *) u=php-fpm.service ;; esac
    tie "$1" "$u" pool "\${hit%%:*}: \${hit#*:}"
  done
}
from_apache() { # Debian's files that are enabled, Red Hat's
  for u in apache2 httpd; do
    case $u in apache2) f='/etc/apache2/apache2.conf /etc/apache2/ports.conf /etc/apache2/conf-enabled /etc/apache2/sites-enabled' ;; *) f='/etc/httpd/conf /etc/httpd/conf.d' ;; esac
    grep -RHsiE "^[[:space:]]*Listen([[:space:]].*)?$2" $f 2>/dev/null | head -n 4 | while IFS= read -r hit; do tie "$1" "$u.service" exec "\${hit%%:*}: \${hit#*:}"; done
  done
}
named_files() { # UNIT FILE lines: EnvironmentFile= and what ExecStart is given, four of a line, sixty lines; read once
  [ -z "$named" ] || return
  named=$(printf '%s\\n' "$said" | grep -E '^[^:]*:(EnvironmentFile|ExecStart)=.*(/etc/|/srv/|/opt/|/home/|/var/www/)' | grep -vE '^[^:]*[.]socket:' | head -n 60 | awk '
    { i = index($0, ":"); unit = substr($0, 1, i - 1); rest = substr($0, i + 1); n = 0
      sub(/[.]d\\/[^\\/]*$/, "", unit); sub(/.*\\//, "", unit)
      while (n < 4 && match(rest, /\\/(etc|srv|opt|home|var\\/www)\\/[A-Za-z0-9_.\\/@+-]+/)) {
        f = substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH)
        if (f !~ /^\\/etc\\/systemd\\// && !s[unit " " f]++) { n++; print unit, f }
      } }' | while read -r u f; do [ -f "$f" ] && echo "$u $f"; done)
  small=$(printf '%s\\n' "$named" | awk '$2 && !s[$2]++ { print $2 }' | xargs -r stat -L -c '%s %n' 2>/dev/null | awk '$1 < 262144 { print $2 }')
  : "\${named:=-}"
}
from_named_files() {
  printf '%s\\n' "$small" | xargs -r grep -H -I -m 1 -iE "(port|listen|bind|addr|http|sock|host|serve|:).*$2" 2>/dev/null | while IFS= read -r hit; do
    for u in $(printf '%s\\n' "$named" | awk -v "f=\${hit%%:*}" '$2 == f { print $1 }'); do tie "$1" "$u" exec "\${hit%%:*}: \${hit#*:}"; done
  done | head -n 6
}
from_journals() { # services of this host's own that are not up (a masked one is a link to /dev/null), and what they once said
  systemctl list-units --type=service --all --plain --no-legend 2>/dev/null | awk '$3 == "failed" || $3 == "activating" || $3 == "inactive" { print $1 }' |
    { cat; find /etc/systemd/system -maxdepth 1 -name '*.service' -lname /dev/null 2>/dev/null | sed 's|.*/||'; } | awk '!s[$0]++' |
    while read -r u; do [ -e "/etc/systemd/system/$u" ] && echo "$u"; done | head -n 12 | while read -r u; do
      line=$(journalctl -q -u "$u" -n 80 -o cat --no-pager 2>/dev/null | grep -m 1 -E "$2") && tie "$1" "$u" journal "journal: $line"
    done
}
forwarded() { # pid: where a process that only passes connections on sends them, tcp:HOST:PORT
  tr '\\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | sed -n 's/.*docker-proxy.* -container-ip \\([0-9.]*\\) -container-port \\([0-9]*\\).*/tcp:\\1:\\2/p;s/.*socat.* TCP4\\{0,1\\}:\\([A-Za-z0-9.-]*:[0-9]*\\).*/tcp:\\1/p;s/.*systemd-socket-proxyd.* \\([A-Za-z0-9.-]*:[0-9]*\\) *$/tcp:\\1/p' | head -n 1
}
all_ties() {
  instances; unit_lines
  for ep in "$@"; do
    case $ep in pid:*) f=$(forwarded "\${ep#pid:}"); [ -n "$f" ] && set -- "$@" "$f" ;; esac
  done
  for ep in "$@"; do
    case $ep in pid:*) from_processes "$ep" "\${ep#pid:}"; continue ;; esac
    re=$(pattern "$ep"); [ -n "$re" ] || continue
    found=$(from_unit_files "$ep" "$re"; from_instances "$ep" "$re"; from_pools "$ep" "$re"; from_apache "$ep" "$re")
    [ -n "$found" ] || { named_files; found=$(from_named_files "$ep" "$re"); }
    [ -n "$found" ] || found=$(from_journals "$ep" "$re")
    [ -n "$found" ] && printf '%s\\n' "$found"
  done
}
`
