import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const fallback = 'http://deb.debian.org/debian'

/**
 * Finds the Debian mirror that this machine already uses, in the text of its apt sources.
 * Reads both forms apt reads: one-line (`deb [options] URI suite component...`) and deb822 (`URIs: ...`), see sources.list(5).
 * Security and foreign archives are passed over: a mirror of Debian proper ends in `/debian`. Null when there is none.
 */
export function mirrorIn(text: string): string | null {
  const oneLine = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(?<uri>\S+)\s/gm
  const field = /^URIs:\s*(?<uris>.+)$/gim
  const uris = [
    ...[...text.matchAll(oneLine)].map((match) => match.groups?.['uri'] ?? ''),
    ...[...text.matchAll(field)].flatMap((match) => (match.groups?.['uris'] ?? '').split(/\s+/)),
  ]
  const mirror = uris.find((uri) => /^(?:https?|file):\/\/\S+\/debian\/?$/.test(uri))
  return mirror?.replace(/\/$/, '') ?? null
}

/** The mirror of this machine, else Debian's own. `root` is for tests. */
export function machineMirror(root = '/'): string {
  for (const text of aptSources(join(root, 'etc/apt'))) {
    const mirror = mirrorIn(text)
    if (mirror !== null) return mirror
  }
  return fallback
}

function aptSources(folder: string): readonly string[] {
  const parts = join(folder, 'sources.list.d')
  return [join(folder, 'sources.list'), ...list(parts).map((name) => join(parts, name))]
    .filter((path) => /\.(?:list|sources)$/.test(path))
    .map((path) => read(path))
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return [] // A machine without that folder has its sources elsewhere.
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // One unreadable file of several: the others may still name a mirror.
  }
}
