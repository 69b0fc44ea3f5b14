/**
 * `proc_net`: what `ss -Htan` prints, from the kernel's own tables, for hosts without iproute2 (Alpine, slim images). As root with the
 * owners too, by the socket inodes of /proc/PID/fd. Send-Q of a listener is `-`: its backlog stands in no file of proc(5).
 *
 * Sample of /proc/net/tcp (Linux 6.1; addresses are hex in the host's byte order, here little-endian; st 0A is LISTEN, 06 TIME_WAIT):
 *     sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
 *      0: 0100007F:1F90 00000000:0000 0A 00000000:00000003 00:00000000 00000000   999        0 18342 1 0000000000000000 100 0 0 10 0
 */
export const procNetScript = `
proc_net() {
  { [ "$(id -u)" = 0 ] && ls -l /proc/[0-9]*/fd 2>/dev/null | awk '
      /^\\/proc\\// { split($1, a, "/"); pid = a[3]; next }
      match($0, /socket:\\[[0-9]+\\]/) { print "OWNER " substr($0, RSTART + 8, RLENGTH - 9) " " pid }' | sort -u |
    while read -r word inode pid; do name=; { read -r name </proc/$pid/comm; } 2>/dev/null && echo "$word $inode $pid $name"; done
    sed 1d /proc/net/tcp && { sed 1d /proc/net/tcp6 2>/dev/null || true; } || echo FAILED yes
  } | awk '
  function digit(c) { return index("0123456789ABCDEF", c) - 1 }
  function number(s, i, n) { n = 0; for (i = 1; i <= length(s); i++) n = n * 16 + digit(substr(s, i, 1)); return n }
  function swap(s) { return substr(s, 7, 2) substr(s, 5, 2) substr(s, 3, 2) substr(s, 1, 2) }
  function v4(s) { s = swap(s); return number(substr(s, 1, 2)) "." number(substr(s, 3, 2)) "." number(substr(s, 5, 2)) "." number(substr(s, 7, 2)) }
  function v6(s, i, w, out) {
    if (s ~ /^0+$/) return "*"
    if (s == "00000000000000000000000001000000") return "[::1]"
    if (substr(s, 1, 24) == "0000000000000000FFFF0000") return "[::ffff:" v4(substr(s, 25)) "]"
    for (i = 0; i < 4; i++) { w = tolower(swap(substr(s, i * 8 + 1, 8))); out = out (i ? ":" : "") short(substr(w, 1, 4)) ":" short(substr(w, 5)) }
    return "[" out "]"
  }
  function short(s) { sub(/^0+/, "", s); return s == "" ? "0" : s }
  function place(s, n, a) { n = split(s, a, ":"); return (length(a[1]) > 8 ? v6(a[1]) : v4(a[1])) ":" (number(a[2]) ? number(a[2]) : "*") }
  BEGIN { split("ESTAB SYN-SENT SYN-RECV FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT UNCONN CLOSE-WAIT LAST-ACK LISTEN CLOSING", name, " ") }
  $1 == "FAILED" { print; next }
  $1 == "OWNER" { own[$2] = own[$2] (own[$2] ? "," : "") "(\\"" $4 "\\",pid=" $3 ",fd=0)"; owners = 1; next }
  { split($5, q, ":"); state = name[number($4)]; if (state == "") next
    print state " " number(q[2]) " " (state == "LISTEN" ? "-" : number(q[1])) " " place($2) " " place($3) ($10 in own ? " users:(" own[$10] ")" : "") }
  END { if (owners) print "OWNERS yes" }'
}`
