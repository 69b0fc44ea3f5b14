import type { Facts } from '../probes/index.ts'

/** Names of one host that are kept, and characters of a name (RFC 1035, 2.3.4). */
const most = { names: 500, characters: 253 } as const

/**
 * The site names of nginx's own configuration: "shop.example.com", "*.example.com" (".example.com" is that and the name
 * itself). Regular expressions, "_" and names without a dot stand for no site that somebody asks for. null: it could not be read.
 */
export function servedNames(facts: Facts): readonly string[] | null {
  const config = facts['nginx-config']
  if (!config.known) return null
  const names = config.value.model.servers
    .filter(({ protocol }) => protocol === 'http')
    .flatMap((server) => server.names)
    .flatMap((name) => (name.startsWith('.') ? [name.slice(1), `*${name}`] : [name]))
    .map((name) => name.toLowerCase())
  return [...new Set(names)].filter(isSite).slice(0, most.names)
}

function isSite(name: string): boolean {
  const labels = name.replace(/^\*\./, '')
  return name.length <= most.characters && /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.[a-z][a-z0-9-]*$/.test(labels)
}
