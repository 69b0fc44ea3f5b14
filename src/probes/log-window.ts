import { nginxFoundScript } from './nginx-found-script.ts'

/**
 * Shell functions shared by the probes that read logs: which files nginx writes, and the part of a file that lies in
 * the window. A 2 GB log costs as much as a small one: `tail -c` is doubled until its first stamp is old enough.
 */
export const logWindowScript = `${nginxFoundScript}
# Its files are not ours, and a path of a container may lead anywhere here; what lies at the same place is another nginx's.
[ -n "$elsewhere" ] && { echo "nginx runs in a container, or with files and a network of its own (pid $elsewhere): diagnose it from inside" >&2; exit 4; }
# directive_paths error_log: the targets that the files below the configuration directory name, each once
directive_paths() {
  find -L "$confdir" -maxdepth 4 -type f -size -1024k 2>/dev/null | head -n 400 | tr '\\n' '\\0' |
    xargs -0 -r sed -n "s/^[[:space:]]*\\(.*[{;][[:space:]]*\\)\\{0,1\\}$1[[:space:]][[:space:]]*\\([^;[:space:]]*\\).*/\\2/p" 2>/dev/null |
    tr -d "\\"'" | awk '!seen[$0]++' | head -n 40
}

epoch_of() { date -d "$1" +%s 2>/dev/null; }
stamp_at() { date -d "@$1" "+$2" 2>/dev/null; }
`
