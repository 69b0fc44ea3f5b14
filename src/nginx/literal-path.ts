import { locationFor } from './location-match.ts'
import type { Location, Server } from './config-servers.ts'

/**
 * A path that nginx serves by this location, as far as the location itself spells one: its prefix, or what a regular expression begins
 * with, "/pay/" of `~ ^/(pay|checkout)/`. null when it spells none, or another location would take it.
 */
export function literalPath(server: Server, location: Location): string | null {
  const { modifier, path } = location
  const spelled = modifier.startsWith('~') ? beginningOf(path) : path
  if (!spelled.startsWith('/')) return null
  const match = locationFor(server, spelled)
  return match.known && match.location === location ? spelled : null
}

function beginningOf(expression: string): string {
  const first = expression
    .slice(0, 200)
    .replace(/^\(\?i\)/, '')
    .replace(/^\^/, '')
    .replace(/\((?:\?:)?([\w-]+)(?:\|[\w-]+)*\)(?![?*+{])/g, '$1')
  const plain = /^(?:[\w/-]|\\[./-])*/.exec(first)?.[0] ?? ''
  const repeated = /^[?*+{]/.test(first.slice(plain.length))
  return (repeated ? plain.replace(/\\?.$/, '') : plain).replaceAll('\\', '')
}
