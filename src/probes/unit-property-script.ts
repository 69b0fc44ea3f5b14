/**
 * `property NAME` sets `$value` to what `$shown`, the lines of `systemctl show` about one unit, has of it, '' where it has none: by the shell itself,
 * because each call of systemctl costs some five milliseconds. `next_shown` moves the first unit of `$blocks`, as `systemctl show` prints several (an
 * empty line between them), to `$shown`.
 */
export const unitPropertyScript = `
nl='
'
property() {
  value="$nl$shown$nl"
  case $value in *"$nl$1="*) value=\${value#*"$nl$1="}; value=\${value%%"$nl"*} ;; *) value='' ;; esac
}
next_shown() {
  case $blocks in *"$nl$nl"*) shown=\${blocks%%"$nl$nl"*}; blocks=\${blocks#*"$nl$nl"} ;; *) shown=$blocks; blocks='' ;; esac
}
`
