import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import { addressesIn, clientAddresses, renamer } from './client-addresses.ts'

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
  const masked = renamer(clientAddresses(textsIn(diagnosis), clients, ours), (nth) => `client-${nth}`)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the walk keeps every key and every type
  return walk(diagnosis, '', masked) as Diagnosis
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
