/**
 * `folders_behind PATH`: mode and owner of the folders that a path leads through by links in it, which whoever follows it must be let into
 * too; nothing for a path without links. `closed_behind LINK`: the folder behind a link that our own user may not look into; nothing when it
 * is no link, or what it points to is really not there.
 */
export const foldersAbove = `
folders_above() {
  [ -n "\${1%/*}" ] || return 0
  folders_above "\${1%/*}"; stat -L -c '%A %U %G %n' "\${1%/*}" 2>/dev/null
}
folders_behind() {
  gm_real=$(readlink -m "$1" 2>/dev/null)
  [ -z "$gm_real" ] || [ "$gm_real" = "$1" ] || folders_above "$gm_real"
}
closed_behind() {
  [ -L "$1" ] || return 0
  gm_real=$(readlink -m "$1" 2>/dev/null); gm_real=\${gm_real%/*}
  while [ -n "$gm_real" ] && [ ! -e "$gm_real" ]; do gm_real=\${gm_real%/*}; done
  [ -z "$gm_real" ] || [ -x "$gm_real" ] || echo "$gm_real"
}`
