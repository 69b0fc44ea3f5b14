/**
 * What a probe may use to become root. GM_SUDO holds what sudo lists without a password, one command a line as `askSudo` wrote it:
 * `ALL`, `/usr/bin/ss -Htanp`, or with `!` in front what is denied. Nothing that is not listed is tried: a refused sudo call is a
 * line in the host's auth log, and on many hosts a mail to its administrator. Of several listed paths of a program the one that is
 * there is taken: a sudoers file for many distributions names them all.
 *
 * Runs in a sub-shell of its own, so that it changes no variable of the probe. Holds no single quote, because it travels inside one, and
 * no here-document, because bash before 5.1 writes each of those to a file in /tmp.
 */
export const rootFunctions = `as_root() (
  [ "$GM_UID" = 0 ] && exec "$@"
  gm_words="$*" gm_cmd=$1; shift
  gm_rest="$*" gm_run=
  set -f
  IFS="
"
  for gm_line in $GM_SUDO; do
    gm_deny=
    case $gm_line in !*) gm_deny=1; gm_line=\${gm_line#!} ;; esac
    gm_path=\${gm_line%% *}
    case $gm_line in *" "*) gm_args=\${gm_line#* } ;; *) gm_args=$gm_rest ;; esac
    [ "$gm_args" = "\\"\\"" ] && gm_args=
    case $gm_path in
      "") continue ;;
      ALL) gm_path=$gm_cmd ;;
      *) case $gm_cmd in */*) [ "$gm_path" = "$gm_cmd" ] ;; *) [ "\${gm_path##*/}" = "$gm_cmd" ] ;; esac || continue ;;
    esac
    [ "$gm_args" = "$gm_rest" ] || continue
    [ -z "$gm_deny" ] || { gm_run=; break; }
    [ -n "$gm_run" ] && { [ -x "$gm_run" ] || [ ! -x "$gm_path" ]; } || gm_run=$gm_path
  done
  [ -n "$gm_run" ] || { echo "sudo refused: $gm_words" >&2; exit 126; }
  exec sudo -n "$gm_run" "$@"
)`

/**
 * Reads `sudo -n -l` into the lines above. Entries look like `(root) NOPASSWD: /usr/sbin/nginx -T, PASSWD: /bin/x` (sudo 1.8 to 1.9,
 * display in sudoers plugin's fmtsudoers.c): tags hold until changed within an entry, commas inside arguments are escaped, an
 * entry for a user other than root does not count. When no entry is free of a password sudo lists nothing at all.
 */
const listed = `/may run the following/ { on = 1; next }
!on { next }
/^[ \\t]*\\(/ { flush(); entry = $0; next }
{ entry = entry " " $0 }
END { flush() }
function flush(  runas, n, i, items, item, free) {
  if (entry == "") return
  match(entry, /\\([^)]*\\)/)
  runas = substr(entry, RSTART + 1, RLENGTH - 2); entry = substr(entry, RSTART + RLENGTH)
  sub(/ *:.*/, "", runas)
  gsub(/\\\\,/, "\\001", entry); gsub(/[ \\t]+/, " ", entry)
  n = split(entry, items, /, */); entry = ""
  if (("," runas ",") !~ /[, ](root|ALL|#0)[, ]/ || runas ~ /!/) return
  free = 0
  for (i = 1; i <= n; i++) {
    item = items[i]; sub(/^ +/, "", item); sub(/ +$/, "", item)
    while (match(item, /^[A-Z_]+: */)) {
      if (item ~ /^NOPASSWD:/) free = 1
      if (item ~ /^PASSWD:/) free = 0
      item = substr(item, RLENGTH + 1)
    }
    gsub(/\\001/, ",", item)
    if (item ~ /^!/ || (free && item ~ /^(\\/|ALL$)/)) print item
  }
}`

/** Asked once a batch, only when a probe needs it. sudo belongs to root and cannot be killed by us: its reader is what times out. */
export const askSudo = `GM_UID=$(id -u) GM_SUDO= gm_asked=
export GM_UID GM_SUDO
gm_sudo_list='${listed}'
gm_ask_sudo() {
  [ -z "$gm_asked" ] || return 0
  gm_asked=1
  [ "$GM_UID" != 0 ] && command -v sudo >/dev/null 2>&1 || return 0
  GM_SUDO=$(gm_limit 4 65536 'sudo -n -l 2>/dev/null' 2>/dev/null | awk "$gm_sudo_list" 2>/dev/null)
}`
