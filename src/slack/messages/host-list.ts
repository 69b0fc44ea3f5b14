import { inertLine } from '../escape.ts'

/** "web-1, web-2 and web-3"; "web-1, web-2 and 9 more" where it would be longer than `cap` characters. */
export function hostList(hosts: readonly string[], cap = 300): string {
  const names = hosts.map((host) => inertLine(host, 60))
  for (let shown = names.length; shown > 1; shown--) {
    const left = names.length - shown
    const all = left === 0 ? joined(names) : `${names.slice(0, shown).join(', ')} and ${left} more`
    if (all.length <= cap) return all
  }
  return names.length > 1 ? `${names[0] ?? ''} and ${names.length - 1} more` : (names[0] ?? 'no host')
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}
