/**
 * For each "$@" (`LOG|PREFIX|ADDRESS|HOST|MAPPED|OTHER`): how the requests below PREFIX of the last ten minutes were answered, from
 * that access log, and of them those with a %2F behind PREFIX; and when nearly all of them with 404, a GET straight to the backend for the path that nginx makes of PREFIX now
 * and for the other one. No path of a client is asked for.
 */
export const pathMappingScript = `
status_of() { # address host path
  case $1 in
    unix:*) set -- "$2" "$3" --unix-socket "\${1#unix:}" "http://localhost$3" ;;
    *) set -- "$2" "$3" "http://$1$3" ;;
  esac
  host=$1; shift 2
  curl -s -o /dev/null -g --path-as-is --noproxy '*' -A 'gatemedic (diagnosis)' -e gatemedic-diagnosis --connect-timeout 2 --max-time 4 -w '%{http_code}' -H "Host: $host" "$@" 2>/dev/null
}
now=$(date +%s)
i=0
for ask in "$@"; do
  printf '@ask %s %s\\n' $i "$ask"
  ( set -f; IFS='|'; set -- $i $ask; unset IFS
    n=$1; log=$2; prefix=$3; address=$4; host=$5; mapped=$6; other=$7
    [ -r "$log" ] || { echo "@log $n unreadable"; exit; }
    counts=$(tail -c 4194304 "$log" | tr -d '\\000\\r' | LC_ALL=C awk -v prefix="$prefix" -v now="$now" -v months=JanFebMarAprMayJunJulAugSepOctNovDec '
      function days(y, m, d) { if (m <= 2) { y--; m += 12 } return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + d }
      BEGIN { zero = days(1970, 1, 1) }
      {
        if (index($0, "\\" \\"gatemedic") || index($0, " \\"gatemedic-diagnosis\\" ")) next
        i = index($0, "["); s = substr($0, i + 1, 26); if (s !~ /^[0-3][0-9]\\/[A-Z][a-z][a-z]\\/[0-9][0-9][0-9][0-9]:/) next
        m = (index(months, substr(s, 4, 3)) + 2) / 3
        t = (days(substr(s, 8, 4) + 0, m, substr(s, 1, 2) + 0) - zero) * 86400 + substr(s, 13, 2) * 3600 + substr(s, 16, 2) * 60 + substr(s, 19, 2)
        off = substr(s, 23, 2) * 3600 + substr(s, 25, 2) * 60; t -= (substr(s, 22, 1) == "-") ? -off : off
        if (t < now - 600) next
        if (!match($0, /"[A-Z]+ [^ "]+ HTTP[^"]*" [1-5][0-9][0-9] /)) next
        r = substr($0, RSTART, RLENGTH); split(r, word, " ")
        if (index(word[2], prefix) != 1) next
        c = substr(r, length(r) - 3, 3); all++; if (c == "404") gone++; else if (c < 400) good++
        if (index(toupper(word[2]), "%2F") <= length(prefix)) next
        if (c == "404") slashless++; else if (c < 400) slashed++
      }
      END { print all + 0, gone + 0, good + 0, slashless + 0, slashed + 0 }')
    echo "@count $n $counts"
    set -- $counts
    [ "$2" -ge 5 ] && [ "$3" = 0 ] || exit
    command -v curl >/dev/null 2>&1 || exit
    echo "@mapped $n $(status_of "$address" "$host" "$mapped")"
    echo "@other $n $(status_of "$address" "$host" "$other")"
  ) &
  i=$((i + 1))
done
wait`
