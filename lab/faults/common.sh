# Shared by break and cure scripts. They run as root on the host, under bash with -euo pipefail.

# requests SITE PATH COUNT [PAUSE]: COUNT requests through nginx, PAUSE seconds apart, none waited for longer than 70 s.
# They start side by side, as visitors do, and the function returns when all were answered.
requests() {
  local site=$1 path=$2 count=$3 pause=${4:-0.1} i
  for ((i = 0; i < count; i++)); do
    curl -s -m 70 -o /dev/null -H "Host: $site" "http://127.0.0.1$path" || true &
    sleep "$pause"
  done
  wait
}
