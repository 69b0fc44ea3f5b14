import { nginxFoundScript } from './nginx-found-script.ts'

/**
 * Shell functions shared by the probes that read logs: which files nginx writes, and the part of a file that lies in
 * the window. A 2 GB log costs as much as a small one: `tail -c` is doubled until its first stamp is old enough.
 */
export const logWindowScript = `${nginxFoundScript}
# Its files are not ours, and a path of a container may lead anywhere here; what lies at the same place is another nginx's.
[ -n "$elsewhere" ] && { echo "nginx runs in a container, or with files and a network of its own (pid $elsewhere): diagnose it from inside" >&2; exit 4; }
# read_directives error_log access_log: sets directives, "NAME TARGET" in lines of what the files below the configuration directory name, each once
read_directives() {
  names=; each=
  for name; do
    names=$names\${names:+|}$name
    each="\${each}s/^[[:space:]]*(.*[{;][[:space:]]*)?$name[[:space:]]+([^;[:space:]]*).*/$name \\\\2/p;g;"
  done
  directives=$(find -L "$confdir" -maxdepth 4 -type f -size -1024k 2>/dev/null | head -n 400 | tr '\\n' '\\0' |
    xargs -0 -r sed -nE "/($names)[[:space:]]/!d;h;$each" 2>/dev/null |
    awk '{ gsub(/["\\047]/, "") } !seen[$0]++ && n[$1]++ < 40')
}
# targets_of error_log, after read_directives: sets targets, with a space before each
targets_of() {
  targets=; set -f; IFS=$nl
  for line in $directives; do case $line in "$1 "*) targets="$targets \${line#* }" ;; esac; done
  unset IFS; set +f
}

epoch_of() { date -d "$1" +%s 2>/dev/null; }
stamp_at() { date -d "@$1" "+$2" 2>/dev/null; }
`
