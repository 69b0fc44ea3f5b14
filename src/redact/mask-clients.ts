import { isIP } from 'node:net'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'

/** Where a log names who asked: `client: 203.0.113.9,` of an error log, the first field of an access log. */
const inLogs: readonly RegExp[] = [/\bclient: ([0-9a-f.:]{2,45})/gi, /^([0-9a-f.:]{2,45}) \S{1,100} \S{1,100} \[/gim]
const address = /(?<![\w.:])[0-9a-f]{0,4}[.:][0-9a-f.:]{1,43}(?![\w])/gi
/** What a machine of ours is called by, or what is no text that a person reads. */
const kept = new Set(['subject', 'backends', 'outside', 'collection', 'diff', 'window'])

/**
 * A diagnosis in which addresses of clients are client-1, client-2, by the order in which they are met: the same one is the same
 * everywhere. For what was judged already.
 *
 * @param clients addresses that are known to be of clients; those that log lines in it name are found by themselves
 */
export function maskClients(diagnosis: Diagnosis, clients: Iterable<string>): Diagnosis {
  const ours = new Set(textsIn([diagnosis.backends ?? [], diagnosis.outside ?? []]).flatMap(addressesIn))
  const named = textsIn(diagnosis).flatMap((text) =>
    inLogs.flatMap((pattern) => [...text.matchAll(pattern)].map(([, found = '']) => found)),
  )
  const theirs = new Set(
    [...clients, ...named].filter((each) => isIP(each) > 0 && !isLoopback(each) && !ours.has(each)),
  )
  const names = new Map<string, string>()
  const nameOf = (found: string): string => {
    const name = names.get(found) ?? `client-${names.size + 1}`
    names.set(found, name)
    return name
  }
  const masked = (text: string): string => text.replace(address, (found) => replaced(found, theirs, nameOf))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the walk keeps every key and every type
  return walk(diagnosis, '', masked) as Diagnosis
}

/** A full stop or colon behind an address belongs to the sentence, a port to the address of a machine. */
function replaced(found: string, theirs: ReadonlySet<string>, nameOf: (found: string) => string): string {
  const bare = found.replace(/[.:]+$/, '')
  return theirs.has(bare) ? `${nameOf(bare)}${found.slice(bare.length)}` : found
}

function isLoopback(text: string): boolean {
  return text.startsWith('127.') || text === '::1'
}

function addressesIn(text: string): readonly string[] {
  return [...text.matchAll(/\d{1,3}(?:\.\d{1,3}){3}/g)].map(([found]) => found)
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function walk(value: unknown, key: string, masked: (text: string) => string): unknown {
  if (kept.has(key)) return value
  if (typeof value === 'string') return masked(value)
  if (Array.isArray(value)) return value.map((each) => walk(each, key, masked))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each, name, masked)]))
}
