import { changedLines } from './changed-lines.ts'
import type { FileDigest, HostDigest, ListenerDigest } from './host-digest.ts'

/** Beyond this a list says how many more there are: a host that was rebuilt differs in everything. */
const mostOfAKind = 6

/**
 * What is different between two looks at a host, in words, the most telling kind first: units, listeners, configuration lines,
 * certificates, version. What one of them did not know is not compared. Pure.
 */
export function differences(before: HostDigest, now: HostDigest): readonly string[] {
  return [
    ...capped(unitChanges(before, now)),
    ...capped(listenerChanges(before, now)),
    ...capped(fileChanges(before, now)),
    ...capped(certificateChanges(before, now)),
    ...versionChange(before, now),
  ]
}

function unitChanges(earlier: HostDigest, later: HostDigest): readonly string[] {
  const { units: was } = earlier
  const { units: is } = later
  if (was === null || is === null) return []
  // Who may not see the owners of sockets sees fewer units.
  const alike = earlier.rights.owners === later.rights.owners
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted()
  return names.flatMap((name) => {
    const before = was[name]
    const now = is[name]
    if (!alike && (before === undefined || now === undefined)) return []
    if (before === undefined) return now === undefined ? [] : [`${name} is new and ${now.state}`]
    if (now === undefined)
      return before.state.startsWith('active') ? [`${name} was ${before.state}, is not seen now`] : []
    if (before.state !== now.state) return [`${name} was ${before.state}, is ${now.state}`]
    return before.start === now.start
      ? []
      : [`${name} is started by another command: was "${before.start}", is "${now.start}"`]
  })
}

function listenerChanges({ listeners: was }: HostDigest, { listeners: is }: HostDigest): readonly string[] {
  if (was === null || is === null) return []
  const before = byAddress(was)
  const now = byAddress(is)
  const gone = [...before].flatMap(([at, by]) => (now.has(at) ? [] : [`nothing listens on ${at} any more${of(by)}`]))
  const fresh = [...now].flatMap(([at, by]) => (before.has(at) ? [] : [`something listens on ${at} now${of(by)}`]))
  const other = [...now].flatMap(([at, by]) => {
    const earlier = before.get(at)
    return earlier && by && earlier !== by ? [`${at} was held by ${earlier}, is held by ${by}`] : []
  })
  return [...gone, ...other, ...fresh]
}

function byAddress(listeners: readonly ListenerDigest[]): ReadonlyMap<string, string> {
  return new Map(listeners.map(({ at, by }) => [at, by]))
}

function of(by: string): string {
  return by === '' ? '' : ` (${by})`
}

function fileChanges(earlier: HostDigest, later: HostDigest): readonly string[] {
  const { files: was } = earlier
  const { files: is } = later
  if (was === null || is === null) return []
  // `nginx -T` prints what is included; files read one by one are all that lie there.
  const alike = earlier.rights.dumped === later.rights.dumped
  const paths = [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted()
  const compared = alike ? paths : paths.filter((path) => was[path] !== undefined && is[path] !== undefined)
  return compared.flatMap((path) => fileChange(path, was[path], is[path]))
}

function fileChange(path: string, was: FileDigest | undefined, is: FileDigest | undefined): readonly string[] {
  if (is === undefined) return [`${path} is not part of the configuration any more`]
  if (was === undefined) return [`${path} is new in the configuration`]
  if (was.hash === is.hash) return []
  if (was.lines === null || is.lines === null) return [`${path} changed`]
  return changedLines(was.lines, is.lines).map((change) => `${path}: ${change}`)
}

function certificateChanges({ certificates: was }: HostDigest, { certificates: is }: HostDigest): readonly string[] {
  if (was === null || is === null) return []
  return Object.entries(is).flatMap(([served, ends]) => {
    const before = was[served]
    if (before === undefined || before === ends) return []
    const place = served.replace('|', ' for ')
    return [`the certificate at ${place} was replaced: it ended ${day(before)}, it ends ${day(ends)}`]
  })
}

function day(ms: number | null): string {
  return ms === null ? 'at an unknown time' : `on ${new Date(ms).toISOString().slice(0, 10)}`
}

function versionChange({ nginx: was }: HostDigest, { nginx: is }: HostDigest): readonly string[] {
  return was === null || is === null || was === is ? [] : [`nginx was ${was}, is ${is}`]
}

function capped(changes: readonly string[]): readonly string[] {
  if (changes.length <= mostOfAKind) return changes
  return [...changes.slice(0, mostOfAKind), `and ${changes.length - mostOfAKind} more of that kind`]
}
