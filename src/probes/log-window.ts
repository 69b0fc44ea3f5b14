/**
 * Shell functions shared by the probes that read logs: which files nginx writes, and the part of a file that lies in
 * the window. A 2 GB log costs as much as a small one: `tail -c` is doubled until its first stamp is old enough.
 */
export const logWindowScript = `
master_args=
for d in /proc/[0-9]*; do
  { read -r comm <"$d/comm"; } 2>/dev/null || continue
  case $comm in nginx*|openresty*|angie*|freenginx*|tengine*) ;; *) continue ;; esac
  title=$(tr '\\0' ' ' <"$d/cmdline" 2>/dev/null | head -c 400)
  case $title in *'master process'*) master_args=$title; break ;; esac
done
bin=; for n in nginx openresty angie freenginx tengine; do command -v "$n" >/dev/null 2>&1 && { bin=$n; break; }; done
build=$([ -n "$bin" ] && "$bin" -V 2>&1)
built() { printf '%s' "$build" | sed -n "s/.*--$1=\\([^ ]*\\).*/\\1/p"; }
option() { printf '%s' "$master_args" | sed -n "s/.* -$1 \\([^ ]*\\).*/\\1/p"; }
conf=$(option c); [ -n "$conf" ] || conf=$(built conf-path); [ -n "$conf" ] || conf=/etc/nginx/nginx.conf
prefix=$(option p); [ -n "$prefix" ] || prefix=$(built prefix); [ -n "$prefix" ] || prefix=/usr/share/nginx
confdir=\${conf%/*}

# directive_paths error_log: the targets that the files below the configuration directory name, each once
directive_paths() {
  find -L "$confdir" -maxdepth 4 -type f -size -1024k 2>/dev/null | head -n 400 | tr '\\n' '\\0' |
    xargs -0 -r sed -n "s/^[[:space:]]*\\(.*[{;][[:space:]]*\\)\\{0,1\\}$1[[:space:]][[:space:]]*\\([^;[:space:]]*\\).*/\\2/p" 2>/dev/null |
    tr -d "\\"'" | awk '!seen[$0]++' | head -n 40
}

epoch_of() { date -d "$1" +%s 2>/dev/null; }
stamp_at() { date -d "@$1" "+$2" 2>/dev/null; }
`
