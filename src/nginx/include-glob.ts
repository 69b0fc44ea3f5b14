import { posix } from 'node:path'

/** Files of the capture that an `include` names, in the order in which glob(3) sorts them. A relative pattern starts at the main file's directory. */
export function includedFiles(pattern: string, main: string, files: readonly string[]): readonly string[] {
  const path = posix.normalize(pattern.startsWith('/') ? pattern : posix.join(posix.dirname(main), pattern))
  if (!isPattern(path)) return files.includes(path) ? [path] : []
  return files.filter((file) => matchesGlob(path, file)).toSorted()
}

export function isPattern(path: string): boolean {
  return /[*?[]/.test(path)
}

/** fnmatch(3) with FNM_PATHNAME | FNM_PERIOD, component by component: no wildcard matches "/" or a leading dot. */
function matchesGlob(pattern: string, path: string): boolean {
  const patterns = pattern.split('/')
  const parts = path.split('/')
  return patterns.length === parts.length && patterns.every((one, at) => matchesPart(one, parts[at] ?? ''))
}

function matchesPart(pattern: string, name: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  let p = 0
  let n = 0
  let star = -1
  let resume = 0
  while (n < name.length) {
    const width = pattern.charAt(p) === '*' ? 0 : widthOfMatch(pattern, p, name.charAt(n))
    if (pattern.charAt(p) === '*') {
      star = p
      resume = n
      p += 1
    } else if (width > 0) {
      p += width
      n += 1
    } else if (star !== -1) {
      p = star + 1
      resume += 1
      n = resume
    } else {
      return false
    }
  }
  while (pattern.charAt(p) === '*') p += 1
  return p === pattern.length
}

/** How many characters of the pattern match this one character; 0 when it does not. */
function widthOfMatch(pattern: string, at: number, char: string): number {
  const first = pattern.charAt(at)
  if (first === '?') return 1
  const close = first === '[' ? pattern.indexOf(']', at + 2) : -1
  if (close === -1) return first === char ? 1 : 0
  const inside = pattern.slice(at + 1, close)
  const negated = inside.startsWith('!') || inside.startsWith('^')
  return inSet(negated ? inside.slice(1) : inside, char) === negated ? 0 : close - at + 1
}

function inSet(set: string, char: string): boolean {
  for (let at = 0; at < set.length; at += 1) {
    const range = set.charAt(at + 1) === '-' && at + 2 < set.length
    if (range ? char >= set.charAt(at) && char <= set.charAt(at + 2) : char === set.charAt(at)) return true
    if (range) at += 2
  }
  return false
}
