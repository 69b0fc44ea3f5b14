/** Shell functions that read what units say of themselves. `unit_journal UNIT` prints the last lines of its journal. */
export const unitLogsScript = `
unit_journal() {
  journalctl -q -u "$1" -n 12 -o short-iso --no-pager 2>/dev/null | cut -c1-400
}
`
