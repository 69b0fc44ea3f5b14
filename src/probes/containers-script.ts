/** One line a container. The same words for both engines, and neither the command nor the labels nor the environment, which hold secrets. */
export const containerFields = '{{.ID}}|{{.Names}}|{{.Image}}|{{.State}}|{{.Status}}|{{.Ports}}'

const inspectFields = [
  '{{.Id}}',
  '{{.State.Status}}',
  '{{.State.ExitCode}}',
  '{{.State.OOMKilled}}',
  '{{.State.StartedAt}}',
  '{{.State.FinishedAt}}',
  '{{.RestartCount}}',
  '{{index .Config.Labels "PODMAN_SYSTEMD_UNIT"}}',
].join('|')

/** Folders of the host that a container sees under a path of its own. podman knows no variables here. */
const mountFields = '{{.Id}}{{range .Mounts}}|{{.Source}}>{{.Destination}}{{end}}'

/** podman lists the ports of a container that is down, and has another name for this field. */
const dockerFields = `${inspectFields}|{{range $to, $from := .HostConfig.PortBindings}}{{range $from}}{{.HostIp}}:{{.HostPort}}->{{$to}} {{end}}{{end}}`

/**
 * An engine that does not run is not asked: `podman ps` would make its files and `docker ps` wake its socket unit. The networks of
 * containers are read from /proc, which everybody may.
 */
export const containersScript = `
runs() {
  case $1 in
    podman) [ -e /run/libpod/alive ] ;;
    docker) [ -S /run/docker.sock ] && grep -qx dockerd /proc/[0-9]*/comm 2>/dev/null ;;
  esac
}
ask() {
  if [ "$1" = docker ] && [ -w /run/docker.sock ]; then "$@"; else as_root "$@"; fi
}
may_inspect() { [ "$(id -u)" = 0 ] || { [ "$1" = docker ] && [ -w /run/docker.sock ]; }; }
for e in podman docker; do
  command -v $e >/dev/null 2>&1 || { echo "@engine $e absent"; continue; }
  runs $e || { echo "@engine $e idle"; continue; }
  out=$(ask $e ps -a --no-trunc --format '${containerFields}' 2>&1)
  rc=$?
  [ $rc = 0 ] || { echo "@engine $e unknown $(printf '%s\\n' "$out" | head -n 1 | cut -c1-200)"; continue; }
  echo "@engine $e read"
  printf '%s\\n' "$out" | grep -E '^[0-9a-f]{64}[|]' | cut -c1-600 | head -n 100
  may_inspect $e || continue
  ids=$(printf '%s\\n' "$out" | sed -n 's/^\\([0-9a-f]\\{64\\}\\)[|].*/\\1/p' | head -n 60)
  [ -n "$ids" ] && { echo "@inspect $e"; case $e in docker) f='${dockerFields}' ;; *) f='${inspectFields}' ;; esac; ask $e inspect --format "$f" $ids 2>/dev/null | cut -c1-600; echo "@mounts $e"; ask $e inspect --format '${mountFields}' $ids 2>/dev/null | grep -E '^[0-9a-f]{64}' | awk 'length($0) < 4000'; }
done
ticks=$(getconf CLK_TCK 2>/dev/null || echo 100)
here=$(cat /proc/self/net/fib_trie 2>/dev/null)
grep -oHE '(libpod-payload-|libpod-|docker-|docker/)[0-9a-f]{64}' /proc/[0-9]*/cgroup 2>/dev/null |
  sed 's,^/proc/\\([0-9]*\\)/cgroup:.*\\([0-9a-f]\\{64\\}\\)$,\\2 \\1,' | sort -k1,1 -k2,2n | awk '!s[$1]++' | head -n 60 | while read -r id pid; do
    trie=$(cat "/proc/$pid/net/fib_trie" 2>/dev/null) || continue
    began=$(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null | awk -v t="$ticks" '{ printf "%.1f", $20 / t }')
    own=own; [ "$trie" = "$here" ] && own=same
    awk 'FNR > 1 && $4 == "0A" { l = l "\\nlistens " $2 } END { print "@inside '"$id $pid $own $began"'" l }' "/proc/$pid/net/tcp" "/proc/$pid/net/tcp6" 2>/dev/null
    [ $own = same ] || printf '%s\\n' "$trie" | awk '$1 == "|--" { a = $2 } /\\/32 host LOCAL/ && a !~ /^127/ && !s[a]++ { print "address " a }'
  done
echo @holders
grep -lxE 'conmon|docker-proxy' /proc/[0-9]*/comm 2>/dev/null | head -n 80 | while IFS=/ read -r _ _ pid _; do
  tr '\\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | sed -n 's/.* -c \\([0-9a-f]\\{64\\}\\) .* -n \\([^ ]*\\) .*/conmon '"$pid"' \\1 \\2/p;s/.*-proto tcp -host-ip \\([^ ]*\\) -host-port \\([0-9]*\\) -container-ip \\([^ ]*\\) -container-port \\([0-9]*\\).*/proxy '"$pid"' \\1 \\2 \\3 \\4/p'
  echo
done
echo @end
`
