/** Seconds that a backend's connections are watched at most. */
export const watchSeconds = 9

/** Seconds that one connection is held idle: servers that keep longer are rarely in a race, and those that keep 5 s mostly say so (Keep-Alive). */
const holdSeconds = 6

/**
 * `watch_backend NUMBER ENDPOINT`: looks at a backend's own side of its connections every half second, and prints one `@watch` line
 * (see watch.ts); less long where the probe itself has less time ($gm_seconds of batch-shell.ts), for a watch that is cut off tells nothing. A connection waits when it has brought data and nothing was sent on it since (tcp_info of ss -i, which needs no root);
 * for a unix socket every accepted connection counts as waiting. It ends early when there was no connection for two seconds ($quiet_looks).
 */
export const watchScript = `
tcp_of() { # filter
  ss -Htina "$1" 2>/dev/null | head -n 8000 | awk '
      /^[^ \\t]/ { if (h != "") print h " 0 0 0 0"; h = $1 " " $2 " " $3 " " $5; if ($1 == "LISTEN") { print h; h = "" } next }
      h != "" { b = s = r = w = 0
        for (i = 1; i <= NF; i++) { n = index($i, ":"); k = substr($i, 1, n - 1); v = substr($i, n + 1)
          if (k == "bytes_received") b = v; else if (k == "bytes_sent") s = v; else if (k == "lastrcv") r = v; else if (k == "lastsnd") w = v }
        print h " " b " " s " " r " " w; h = "" }
      END { if (h != "") print h " 0 0 0 0" }'
}
sample() { # endpoint
  case $1 in
    unix:*) ss -Hxa 2>/dev/null | awk -v p="\${1#unix:}" '$5 == p { print ($2 == "LISTEN" ? "LISTEN" : "ESTAB") " " $3 " " $4 " " $6 " " ($6 ? "unix" : "queued") }'
      # What is sent on a unix socket no tool shows; what nginx passes on to visitors meanwhile, ss does.
      tcp_of '( sport = :80 or sport = :443 )' | sed -n 's/^ESTAB /VISITOR /p' ;;
    *) tcp_of "sport = :\${1##*:}" ;;
  esac
}
watch_backend() { # number endpoint
  n=0; quiet=0; long=$((\${gm_seconds:-${watchSeconds + 2}} - 2)); [ $long -lt ${watchSeconds} ] || long=${watchSeconds}; from=$(cut -d . -f 1 /proc/uptime)
  while [ $n -lt $((long * 2)) ]; do
    at=$(cut -d ' ' -f 1 /proc/uptime); [ $((\${at%.*} - from)) -ge $long ] && break
    echo "T $at"
    now=$(sample "$2"); printf '%s\\n' "$now"
    case $now in *ESTAB*|*CLOSE-WAIT*|*"LISTEN "[1-9]*) quiet=0 ;; *) quiet=$((quiet + 1)); [ $quiet -ge "\${quiet_looks:-4}" ] && break ;; esac
    sleep 0.5 2>/dev/null || sleep 1
    n=$((n + 1))
  done | awk -v number="$1" '
  function settle(id) { finished++; took[finished] = age[id]; w[id] = 0 }
  function closing() { for (id in w) if (w[id] && seen[id] < samples) settle(id) }
  $1 == "T" { if (samples) closing(); else start = $2; now = $2; samples++; next }
  $1 == "VISITOR" { if ($4 in vsent && $6 > vsent[$4] && $5 == vgot[$4]) { vflows[$4]++; if (vflows[$4] == 2) sentto++ } vsent[$4] = $6; vgot[$4] = $5; next }
  $1 == "LISTEN" { queue = $2; backlog = $3; if (samples == 1 || queue + 0 < least) least = queue + 0; if (queue + 0 > most) most = queue + 0; listens = 1; next }
  $1 == "ESTAB" || $1 == "CLOSE-WAIT" {
    id = $4; if ($5 == "queued") next
    if (!(id in first)) first[id] = now
    if ($5 == "unix") { waits = 1; old = now - first[id] }
    else { waits = $5 > 0 && ($6 == 0 || $7 + 0 < $8 + 0); old = $7 / 1000
      # More was sent and nothing came: at two looks that is an answer without end, or a long one.
      if (id in sent && $6 > sent[id] && $5 == got[id]) { flows[id]++; if (flows[id] == 2) streams++ }
      sent[id] = $6; got[id] = $5 }
    if (waits) { if (!w[id]) started++; w[id] = 1; age[id] = old } else { if (w[id]) settle(id); rest[id] = $8 / 1000 }
    seen[id] = samples; next
  }
  $1 ~ /^(FIN-WAIT|TIME-WAIT|CLOSING)/ { if ($4 in rest) { left++; idle[left] = rest[$4]; delete rest[$4] } }
  END {
    for (id in w) if (w[id]) { if (seen[id] < samples) settle(id); else { waiting++; if (age[id] > oldest) oldest = age[id] } }
    for (i = 1; i <= finished; i++) { if (took[i] > slowest) slowest = took[i]; sum += took[i] }
    for (i = 1; i <= left; i++) { if (i == 1 || idle[i] < shortest) shortest = idle[i] }
    if (samples && listens) printf "@watch %s %.1f %d %d %d %.1f %.1f %.1f %d %d %d %d %s %d %d\\n", number, now - start, started, finished, waiting, oldest, finished ? sum / finished : 0, slowest, least, most, backlog, left, left ? shortest : "-", streams, sentto
  }'
}
# The connection stays open behind the answer, so that the watch sees when the backend has enough of it. A unix socket has no times that
# ss shows: there curl itself is timed, which reads on when its input has ended, until the backend closes.
hold_idle() { # number endpoint host path scheme, where apart takes a local port outside of the range that may be used up
  hold=${holdSeconds}; case $5 in apart) hold=2; set -- "$@" --local-port 61000-62999 ;; esac
  case $2 in unix:*) timed=1; set -- "$@" --unix-socket "\${2#unix:}" ;; *) timed=; set -- "$@" --noproxy '*' ;; esac
  i=$1 ep=$2 name=$3 path=$4; shift 5
  case $ep in unix:*) ep=localhost:80 ;; esac
  { printf 'HEAD %s HTTP/1.1\\r\\nHost: %s\\r\\nUser-Agent: gatemedic (diagnosis)\\r\\nAccept: */*\\r\\n\\r\\n' "$path" "$name"; [ -n "$timed" ] || sleep $hold; } | {
    from=$(cut -d ' ' -f 1 /proc/uptime)
    curl -sS "$@" --max-time $hold "telnet://$ep" 2>/dev/null
    printf '\\n@ended %s %s %s\\n' $? "$from" "$(cut -d ' ' -f 1 /proc/uptime)"
  } | tr -d '\\000\\r' | fold -w 2000 | awk -v i="$i" -v timed="$timed" '
      /^@ended / { code = $2; held = $4 - $3; next } NR > 100 { next }
      NR == 1 { status = $2; one = $1 == "HTTP/1.1"; if ($1 == "HTTP/1.0") c = "close" } tolower($1) == "connection:" { c = tolower($2) } tolower($1) == "keep-alive:" && match($0, /timeout=[0-9]+/) { k = substr($0, RSTART + 8, RLENGTH - 8) }
      END { print "@idle " i " " (status ? status : "-") " " (c ? c : "-") " " (k ? k : "-") " " (timed && one && code == 0 ? sprintf("%.2f", held) : "-") }'
}
# A websocket handshake is a GET like any other; it is left as soon as the answer is there.
try_upgrade() { # number way endpoint host path scheme
  i=$1 way=$2 ep=$3 name=$4 path=$5 scheme=$6
  set -- -sS -k -i --http1.1 -A 'gatemedic (diagnosis)' -e "$own" --noproxy '*' --max-time 3 --connect-timeout 2 --globoff -H "Host: $name" -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: Z2F0ZW1lZGljLWRpYWdub3M='
  case $ep in
    unix:*) set -- "$@" --unix-socket "\${ep#unix:}" "$scheme://localhost$path" ;;
    *) set -- "$@" --connect-to "::\${ep%:*}:\${ep##*:}" "$scheme://$name:\${ep##*:}$path" ;;
  esac
  got=$(curl "$@" -o /dev/null -w '%{http_code}' 2>/dev/null); printf '@upgrade %s %s\\n' "$i" "\${got:-000}"
}
`
