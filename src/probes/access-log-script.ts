import { logWindowScript } from './log-window.ts'
import { ownReferrer } from './live-requests.ts'

/** Width of a step of `age` rows. */
export const bucketSeconds = 2

/**
 * Which access logs there are, each with its format: `access_log` and `log_format` of the files below the configuration directory,
 * as `L path format` and `F format text` lines with tabs between. Statements end with a semicolon, so the text is read by statement.
 */
const formatsScript = `
statements() {
  find -L "$confdir" -maxdepth 4 -type f -size -1024k 2>/dev/null | head -n 400 | tr '\\n' '\\0' |
    xargs -0 -r grep -hsvE '^[[:space:]]*#' | LC_ALL=C tr -d '\\000\\r' | awk '
  function word(  c, q, w) { # the next word of the rest, without its quotes
    sub(/^[ \\t\\n]+/, "", rest); if (rest == "") return ""
    c = substr(rest, 1, 1); q = (c == "\\"" || c == "\\047") ? c : ""
    if (q) rest = substr(rest, 2)
    w = ""
    while (rest != "") {
      c = substr(rest, 1, 1); rest = substr(rest, 2)
      if (c == "\\\\") { w = w substr(rest, 1, 1); rest = substr(rest, 2); continue }
      if (q ? c == q : c ~ /[ \\t\\n]/) break
      w = w c
    }
    return w == "" ? " " : w
  }
  BEGIN { RS = ";" }
  match($0, /(^|[{} \\t\\n])(log_format|access_log)[ \\t\\n]/) {
    rest = substr($0, RSTART); sub(/^[{} \\t\\n]/, "", rest); kind = word(); name = word(); gsub(/\\t/, " ", name)
    if (kind == "access_log") { f = word(); if (f == "" || f ~ /=/) f = "combined"; if (!seen[name "\t" f]++ && ++logs <= 40) print "L\\t" name "\\t" f; next }
    text = ""; while ((w = word()) != "") if (w !~ /^escape=/) text = text w
    gsub(/[\\t\\n]/, " ", text); print "F\\t" name "\\t" text
  }'
}
`

/**
 * Counts one log. FMT is its log_format; a line is taken apart at the literal text between the variables, which nginx's escaping keeps
 * out of the values (ngx_http_log_escape). A line that does not fit is read as far as a time in brackets and a status behind a quote go.
 */
const countScript = `
count() {
  tail -c "$2" "$1" | LC_ALL=C tr -d '\\000\\r' | FMT=$3 awk -v now="$now" '
  function days(y, m, d) { if (m <= 2) { y--; m += 12 } return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + d }
  function epoch(y, m, d, s, off,  t) { # s: HH:MM:SS, off: +HHMM or +HH:MM or Z
    t = (days(y + 0, m, d + 0) - zero) * 86400 + substr(s, 1, 2) * 3600 + substr(s, 4, 2) * 60 + substr(s, 7, 2)
    gsub(/:/, "", off); d = substr(off, 2, 2) * 3600 + substr(off, 4, 2) * 60
    return substr(off, 1, 1) == "-" ? t + d : t - d
  }
  function local_time(s) { return s ~ /^[0-3][0-9]\\/[A-Z][a-z][a-z]\\/[0-9][0-9][0-9][0-9]:/ ? epoch(substr(s, 8, 4), (index(months, substr(s, 4, 3)) + 2) / 3, substr(s, 1, 2), substr(s, 13, 8), substr(s, 22, 5)) : 0 }
  function plain(s) { s = substr(s, 1, 60); gsub(/[^A-Za-z0-9_.~%:@\\/-]/, "?", s); return s == "" ? "-" : s }
  function segment(u) { sub(/^[a-z]+:\\/\\/[^\\/]*/, "", u); sub(/[?;#].*/, "", u); if (u !~ /^\\//) return "-"; u = substr(u, 2); sub(/\\/.*/, "", u); return plain("/" u) }
  function split_line(line, f,  i, j) {
    for (i in v) delete v[i]
    if (!nv[f] || substr(line, 1, length(lit[f, 0])) != lit[f, 0]) return 0
    line = substr(line, length(lit[f, 0]) + 1)
    for (i = 1; i <= last[f]; i++) {
      if (lit[f, i] == "") { v[name[f, i]] = line; return i == nv[f] }
      j = index(line, lit[f, i]); if (!j) return 0
      v[name[f, i]] = substr(line, 1, j - 1); line = substr(line, j + length(lit[f, i]))
    }
    return 1
  }
  BEGIN {
    months = "JanFebMarAprMayJunJulAugSepOctNovDec"; zero = days(1970, 1, 1)
    formats = split(ENVIRON["FMT"], fmt, "\\t"); fields = ""
    n1 = split("status time_local time_iso8601 msec request request_uri uri remote_addr request_time upstream_status upstream_addr upstream_response_time server_name host body_bytes_sent", want, " ")
    for (f = 1; f <= formats; f++) {
      rest = fmt[f]; nv[f] = 0; lit[f, 0] = ""
      while (match(rest, /\\$([a-z_0-9]+|[{][a-z_0-9]+[}])/)) {
        lit[f, nv[f]] = lit[f, nv[f]] substr(rest, 1, RSTART - 1); w = substr(rest, RSTART + 1, RLENGTH - 1); gsub(/[{}]/, "", w)
        name[f, ++nv[f]] = w; lit[f, nv[f]] = ""; rest = substr(rest, RSTART + RLENGTH)
      }
      lit[f, nv[f]] = lit[f, nv[f]] rest; last[f] = 0
      for (i = 1; i <= n1; i++) for (j = nv[f]; j > 0; j--) if (name[f, j] == want[i]) { if (!(want[i] in has)) { has[want[i]] = 1; fields = fields " " want[i] } if (j > last[f]) last[f] = j }
    }
  }
  {
    if (index($0, "${ownReferrer}") || index($0, "gatemedic (diagnosis)")) next
    t = 0; c = 0
    for (f = 1; f <= formats && (t <= 0 || c < 100); f++) if (split_line($0, f)) {
      c = v["status"] + 0
      if ("time_local" in v) t = local_time(substr(v["time_local"], length(v["time_local"]) - 25))
      else if ("time_iso8601" in v) { s = v["time_iso8601"]; t = epoch(substr(s, 1, 4), substr(s, 6, 2) + 0, substr(s, 9, 2), substr(s, 12, 8), substr(s, 20)) }
      else if ("msec" in v) t = v["msec"] + 0
    }
    if (t <= 0 || c < 100) {
      for (i in v) delete v[i]
      i = index($0, "["); if (!i || !(t = local_time(substr($0, i + 1, 26)))) next
      if (!match($0, /" [1-5][0-9][0-9] /)) next
      c = substr($0, RSTART + 2, 3) + 0; s = substr($0, 1, RSTART - 1); if (match(s, /"[^"]*$/)) v["request"] = substr(s, RSTART + 1)
      s = $0; sub(/ .*/, "", s); if (s ~ /^[0-9a-fA-F.:]+$/) v["remote_addr"] = s
    }
    if (oldest == "") oldest = now - t
    if (t < now - 600) next
    ago = int(now - t); if (ago < 0) ago = 0
    n[c]++; b = int(ago / ${bucketSeconds}); if (c >= 500) bad[b]++; else if (c != 499) well[b]++; seen[b] = 1
    if (c < 499 && t > good) good = t
    u = ("request_uri" in v) ? v["request_uri"] : v["uri"]; if ("request" in v) { split(v["request"], q, " "); u = q[2] }
    site = ("server_name" in v) ? v["server_name"] : ("host" in v) ? v["host"] : "-"
    seg = plain(site) " " segment(u)
    if (!(seg in all) && ++segs > 300) seg = "- -"
    all[seg]++; if (c < 400) passed[seg]++
    if (c >= 400) {
      k = c " " seg; if (!(k in an)) af[k] = ago; if (!(k in an) || ago < al[k]) al[k] = ago; if (ago > af[k]) af[k] = ago; an[k]++
      if ((c >= 500 || c == 404) && ("body_bytes_sent" in v)) { s = v["body_bytes_sent"] + 0; if (!(k in size)) size[k] = s; if (s == size[k]) alike[k]++ }
      w = u; sub(/[?;#].*/, "", w); if (match(w, /\\/(cable|ws|websocket|sockets?|socket\\.io|live|realtime|signalr|sockjs|hub|stream|updates)\\/?$/)) { w = substr(w, RSTART); sub(/\\/$/, "", w); below[k " " w]++ }
      if ("upstream_status" in v) { s = v["upstream_status"]; sub(/.*[,:] */, "", s); if (s ~ /^[0-9]/) { if (s + 0 == c) same[k]++ } else none[k]++ }
    }
    a = v["remote_addr"]; if (a !~ /^[0-9a-fA-F.:]+$/) a = ""
    if (a != "") { if (!(("all " a) in by)) who["all"]++; by["all " a]++; if (c == 499 || c == 503 || c == 429 || c == 413) { if (!((c " " a) in by)) who[c]++; by[c " " a]++ } }
    if ("request_time" in v) { s = int(v["request_time"] * 10); if (c == 499) { if (!(s in early)) early_bins++; early[s]++ } else if (c < 400) { if (s > 6000) s = 6000; quick[s]++; quicks++ } }
  }
  function top(arr, most, mark,  i, k, m) { # prints the entries that count most, each once
    for (i = 0; i < most; i++) { m = 0; for (k in arr) if (arr[k] > m) { m = arr[k]; pick = k } if (!m) return; print mark " " show(mark, pick, m); arr[pick] = 0 }
  }
  function show(mark, k, m) { return mark == "answer" ? m " " af[k] " " al[k] " " same[k] + 0 " " none[k] + 0 " " k : mark == "seen" ? m " " passed[k] + 0 " " k : mark == "early" ? m " " k / 10 : m " " k }
  END {
    print "fields" fields; if (oldest != "") print "oldest " int(oldest)
    for (c in n) print "status " c " " n[c]; for (b in seen) print "age " b " " well[b] + 0 " " bad[b] + 0; if (good) print "good " int(now - good)
    for (k in an) if (k ~ /^(5|499|429|413|403)/) { hard[k] = an[k]; delete an[k] }
    top(hard, 40, "answer"); top(an, 20, "answer"); top(all, 40, "seen")
    for (k in alike) body[size[k] " " k] = alike[k]; top(body, 20, "body")
    for (c in who) { print "clients " who[c] " " c; for (k in few) delete few[k]; for (k in by) if (index(k, c " ") == 1) few[k] = by[k]; top(few, 4, "client") }
    top(below, 10, "below")
    if (early_bins) top(early, 20, "early")
    if (quicks) { sum = 0; for (s = 0; s <= 6000; s++) if (s in quick) { for (i = 1; i <= 3; i++) if (sum < quicks * (i == 1 ? 0.5 : i == 2 ? 0.9 : 1) && sum + quick[s] >= quicks * (i == 1 ? 0.5 : i == 2 ? 0.9 : 1)) at[i] = s; sum += quick[s] } print "quick " quicks " " at[1] / 10 " " at[2] / 10 " " at[3] / 10 }
  }'
}
`

/** One `@log` part for each access log; a log that was not written to for ten minutes has nothing to count. */
export const accessLogScript = `${logWindowScript}
now=$(date +%s)
${formatsScript}${countScript}
combined='$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"'
tab='\t'
read_log() { # path, its formats with a tab behind each
  f=$1
  [ -e "$f" ] || { echo "@log missing $f"; return; }
  [ -f "$f" ] || return
  [ -r "$f" ] || { echo "@log unreadable $f"; return; }
  echo "@log read $f"
  fmt=$2; set -- $(stat -L -c '%s %Y' "$f")
  [ "$2" -lt $((now - 660)) ] && { echo 'fields idle'; return; }
  part=$(count "$f" 524288 "$fmt")
  age=\${part#*"$nl"}; age=\${age%%"$nl"*} # its second line, where any request was read
  case $age in 'oldest '*[!0-9]*) age=0 ;; 'oldest '*) age=\${age#oldest } ;; *) age=0 ;; esac
  if [ "$1" -gt 524288 ] && [ "\${age:-0}" -le 600 ]; then part=$(count "$f" 4194304 "$fmt"); [ "$1" -gt 4194304 ] || part="$part
oldest 601"; else part="$part
oldest 601"; fi
  printf '%s\\n' "$part"
}
stmts=$(statements)
built http-log-path; default=\${said:-/var/log/nginx/access.log}
printf '%s\\nL\\t%s\\tcombined\\n' "$stmts" "$default" | COMBINED=$combined awk -F '\\t' '
  $1 == "F" { text[$2] = $3 }
  $1 == "L" { if (!($2 in names)) path[++n] = $2; names[$2] = names[$2] $3 " " }
  END {
    text["combined"] = ENVIRON["COMBINED"]
    for (i = 1; i <= n; i++) { printf "%s\\t", path[i]; k = split(names[path[i]], name, " "); for (j = 1; j <= k; j++) if (name[j] in text) printf "%s\\t", text[name[j]]; print "" }
  }' | while IFS= read -r line; do
  p=\${line%%"$tab"*}
  case $p in off|syslog:*|*'$'*|/dev/*) continue ;; /*) f=$p ;; *) f=$prefix/$p ;; esac
  case " $seen " in *" $f "*) continue ;; esac
  seen="$seen $f"
  read_log "$f" "\${line#*"$tab"}"
done
true`
