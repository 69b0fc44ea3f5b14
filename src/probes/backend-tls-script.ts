/**
 * Handshakes with each address of "$@" (`ADDRESS|SNI|CHECK|PROTOCOLS|CIPHERS|CAFILE|NAMES`), side by side: `nginx` as nginx does it,
 * `any` with every version and cipher, one for each version, `ciphers` with nginx's versions and every cipher, and one for each
 * name of NAMES (with commas) in place of SNI. An empty SNI is none sent. A handshake that an alert follows at once has failed: that is
 * how TLS 1.2 ends when the backend wants a certificate of its client.
 */
export const backendTlsScript = `
command -v openssl >/dev/null 2>&1 || { echo 'no openssl on this host' >&2; exit 127; }
all='ALL:@SECLEVEL=0'
try() { # number trial sni check cafile address options...
  n=$1; t=$2; sni=$3; check=$4; ca=$5; a=$6; shift 6
  if [ -n "$sni" ]; then set -- "$@" -servername "$sni"; else set -- "$@" -noservername; fi
  [ -n "$check" ] && set -- "$@" -verify_hostname "$check"
  [ -n "$ca" ] && [ -r "$ca" ] && set -- "$@" -CAfile "$ca"
  case $a in unix:*) set -- "$@" -unix "\${a#unix:}" ;; *) set -- "$@" -connect "$a" ;; esac
  out=$(timeout 3 openssl s_client "$@" </dev/null 2>&1 | tr -d '\\000\\r' | head -c 65536)
  said=$(printf '%s\\n' "$out" | LC_ALL=C awk '
    /^New, / { proto = $2; sub(/,/, "", proto); cipher = $NF } /^ *Protocol *: / { session = $NF }
    /^ *Verify return code: / && verify == "" { verify = $4 }
    /(^|:)error:/ && !hard { err = substr($0, index($0, "error:")); hard = 1 } /(connect|write|read):errno=/ && err == "" { err = $0 }
    /[Uu]nknown option|[Nn]o such option|unknown cipher|no cipher match/ { bad = 1; if (err == "") err = $0 }
    END {
      done = cipher != "" && cipher != "(NONE)" && !hard
      printf "%s %s %s %s %s", (bad ? "cannot" : (done ? "ok" : "failed")), (done ? (session != "" ? session : proto) : "-"), (done ? cipher : "-"), (verify == "" ? "-" : verify), substr(err, 1, 200)
    }')
  cert=
  case $t in nginx|any|name:*) cert=$(printf '%s\\n' "$out" | openssl x509 -noout -subject -issuer -dates -ext subjectAltName 2>/dev/null | sed 's/^ *//' | cut -c1-700 | head -n 8) ;; esac
  printf '@try %s %s %s\\n%s\\n' "$n" "$t" "$said" "$cert"
}
i=0
for ask in "$@"; do
  printf '@ask %s %s\\n' $i "$ask"
  (
    set -f; IFS='|'; set -- $i $ask; unset IFS
    n=$1; a=$2; sni=$3; check=$4; protocols=$5; ciphers=$6; ca=$7; names=$8
    [ -n "$ca" ] && [ ! -r "$ca" ] && printf '@ca-unreadable %s\\n' "$n"
    no=
    if [ -n "$protocols" ]; then
      for v in TLSv1:tls1 TLSv1.1:tls1_1 TLSv1.2:tls1_2 TLSv1.3:tls1_3; do
        case " $protocols " in *" \${v%%:*} "*) ;; *) no="$no -no_\${v#*:}" ;; esac
      done
    fi
    try "$n" nginx "$sni" "$check" "$ca" "$a" $no -cipher "\${ciphers:-DEFAULT}" &
    try "$n" any "$sni" "$check" "$ca" "$a" -cipher "$all" &
    try "$n" ciphers "$sni" "$check" "$ca" "$a" $no -cipher "$all" &
    for v in tls1 tls1_1 tls1_2 tls1_3; do try "$n" $v "$sni" "$check" "$ca" "$a" -$v -cipher "$all" & done
    IFS=,; set -- $names; unset IFS
    for name in "$@"; do try "$n" "name:$name" "$name" "$check" "$ca" "$a" $no -cipher "\${ciphers:-DEFAULT}" & done
    wait
  ) &
  i=$((i + 1))
done
wait`
