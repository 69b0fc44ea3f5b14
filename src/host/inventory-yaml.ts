import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import { InventoryError } from './inventory-error.ts'
import { actKeys, hostEntry, hostKeys, hostName, type InventoryHost } from './inventory-schema.ts'
import { nearestWord } from './nearest-word.ts'

/** The hosts of an inventory text, and how to complain about one of its keys with its line. */
export interface FoundHosts {
  readonly hosts: ReadonlyMap<string, InventoryHost>
  readonly error: (path: readonly PropertyKey[], why: string) => InventoryError
}

type Key = readonly PropertyKey[]

/** Reads the YAML form: `hosts:` and below it one map for each host. Throws InventoryError. */
export function yamlHosts(text: string, file: string): FoundHosts {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const broken = document.errors[0]
  if (broken) {
    const why = `is not valid YAML: ${broken.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? ''}`
    throw new InventoryError(file, lines.linePos(broken.pos[0]).line, 'the file', why)
  }
  const fail = (path: Key, why: string) =>
    new InventoryError(file, lineOf(document, lines, path), path.map(String).join('.'), why)

  const root = plainOf(document, file)
  if (!isRecord(root)) throw new InventoryError(file, null, '', 'must have a map "hosts:" with one entry for each host')
  const stranger = Object.keys(root).find((key) => key !== 'hosts')
  if (stranger !== undefined) throw fail([stranger], 'is not known here; the only key is hosts')
  if (!isRecord(root['hosts'])) throw fail(['hosts'], 'must be a map with one entry for each host')

  const hosts = new Map<string, InventoryHost>()
  for (const [name, entry] of Object.entries(root['hosts'])) {
    if (!hostName.test(name))
      throw fail(['hosts', name], 'is no host name: letters, digits, dots, dashes and underscores only')
    const read = hostEntry.safeParse(entry)
    if (!read.success) throw complain(['hosts', name], entry, read.error.issues, fail)
    hosts.set(name, { ...read.data, name })
  }
  return { hosts, error: (path, why) => fail(['hosts', ...path], why) }
}

/** Two hundred hosts may share one anchor; a text that multiplies itself is refused. */
function plainOf(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 10_000 })
  } catch (error) {
    // The library has no class for it (yaml 2, Alias.resolve); an alias without its anchor was told above.
    if (!(error instanceof ReferenceError)) throw error
    throw new InventoryError(file, null, 'the file', 'repeats what stands at its anchors too often: write it out')
  }
}

/** The first issue as an error that names its key; an unknown key comes with the nearest known one. */
export function complain(
  at: Key,
  entry: unknown,
  issues: readonly z.core.$ZodIssue[],
  fail: (path: Key, why: string) => InventoryError,
): InventoryError {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  if (!issue) return fail(at, 'is not valid')
  const path = [...at, ...issue.path]
  if (issue.code !== 'unrecognized_keys')
    return fail(path, isMissing(entry, issue) ? `is missing: it ${issue.message}` : issue.message)
  const key = issue.keys[0] ?? ''
  const known = issue.path[0] === 'act' ? actKeys : hostKeys
  const near = nearestWord(key, known)
  return fail(
    [...path, key],
    near ? `is not known; did you mean ${near}?` : `is not known; known are ${known.join(', ')}`,
  )
}

function isMissing(entry: unknown, { path }: z.core.$ZodIssue): boolean {
  let value = entry
  for (const key of path)
    value = Array.isArray(value) ? value[Number(key)] : isRecord(value) ? value[String(key)] : undefined
  return path.length > 0 && value === undefined
}

/** Line of the key itself where it is written, else of the nearest thing around it. */
function lineOf(document: Document, lines: LineCounter, path: Key): number | null {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true)
    const last = path[depth - 1]
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(last))
      : undefined
    const node: unknown = pair?.key ?? (isMap(parent) ? undefined : document.getIn(path.slice(0, depth), true))
    const start = hasRange(node) ? node.range[0] : undefined
    if (start !== undefined) return lines.linePos(start).line
  }
  return null
}

function hasRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
