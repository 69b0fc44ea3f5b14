/** What a person does about a fact that could not be had, from the words of its reason; null where nothing general can be said. */
export function mendFor(reason: string, user: string): string | null {
  if (/sudo/i.test(reason))
    return `allow it by sudo: gatemedic sudoers --user ${user} prints the file for /etc/sudoers.d`
  if (/group adm\b/.test(reason)) return `usermod -aG adm ${user}, then log in again`
  if (/systemd-journal/.test(reason)) return `usermod -aG systemd-journal ${user}, then log in again`
  if (/did not end within|budget|in time/.test(reason))
    return 'the host is slow: look at its load, or give a larger --budget'
  if (/permission denied/i.test(reason))
    return `the read user may not see it: gatemedic sudoers --user ${user} says what to allow`
  return null
}
