import { isMap, isSeq, LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import { ConfigError } from './config-error.ts'

/** A key on its way from the outside: ['rules', 0, 'hosts']. */
type Key = readonly PropertyKey[]

/** A YAML file that fits its schema, and what is needed to complain about it further. */
export interface YamlFile<T> {
  readonly data: T
  /** Whether this key is written there, whatever stands behind it. */
  readonly has: (key: Key) => boolean
  /** Line of the innermost part of the key that is written in the file. */
  readonly lineOf: (key: Key) => number | null
  /** `file:line: key what is wrong` */
  readonly error: (key: Key, what: string) => ConfigError
}

/** Reads the text of a file in which a person wrote. An empty one is an empty map. Throws ConfigError with `file:line: key what is wrong`. */
export function readYaml<S extends z.ZodType>(content: string, path: string, schema: S): YamlFile<z.infer<S>> {
  const lines = new LineCounter()
  const document = parseDocument(content, { lineCounter: lines, uniqueKeys: true })
  const [broken] = document.errors
  if (broken) {
    const { line } = lines.linePos(broken.pos[0])
    const why = broken.message.split('\n')[0]?.replace(/ at line .*$/, '')
    throw new ConfigError(`${path}:${line}: not valid YAML: ${why}`)
  }
  const lineOf = (key: Key): number | null => lineIn(document, lines, key)
  const error = (key: Key, what: string): ConfigError => {
    const line = lineOf(key)
    return new ConfigError(
      `${path}${line === null ? '' : `:${line}`}: ${key.map(String).join('.') || 'the file'} ${what}`,
    )
  }
  const read = schema.safeParse(plain(document, path))
  if (!read.success) throw complaint(read.error, schema, error)
  return { data: read.data, has: (key) => document.hasIn([...key]), lineOf, error }
}

function plain(document: Document, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {}
  } catch (error) {
    // Aliases that unfold into more than anybody writes, or that name nothing.
    throw new ConfigError(`${path}: not valid YAML: ${error instanceof Error ? error.message : String(error)}`)
  }
}

type Issue = z.core.$ZodIssue

function complaint({ issues }: z.ZodError, schema: z.ZodType, error: YamlFile<unknown>['error']): ConfigError {
  const [first] = issues
  if (!first) return error([], 'is not valid')
  const issue = likeliest(first)
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  if (unknown === undefined) return error(issue.path, issue.message)
  const known = knownAt(schema, issue.path)
  return error([...issue.path, unknown], `is not known${known.length === 0 ? '' : `; known are ${known.join(', ')}`}`)
}

/** Of several forms that a value may have, the one that got furthest is the one that was meant. */
function likeliest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue
  const meant = issue.errors
    .flatMap(([first]) => (first && (first.path.length > 0 || first.code === 'unrecognized_keys') ? [first] : []))
    .at(0)
  return meant ? likeliest({ ...meant, path: [...issue.path, ...meant.path] }) : issue
}

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>
  readonly additionalProperties?: Shape | boolean
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
}

function knownAt(schema: z.ZodType, path: Key): readonly string[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- zod's own output is what the shape above describes
  const whole = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
  const at = path.reduce<readonly Shape[]>(
    (shapes, key) => shapes.flatMap((shape) => inside(shape, String(key))),
    [whole],
  )
  return at
    .flatMap((shape) => [shape, ...(shape.anyOf ?? [])])
    .flatMap(({ properties }) => Object.keys(properties ?? {}))
}

function inside(shape: Shape, key: string): readonly Shape[] {
  const { properties, additionalProperties, items, anyOf } = shape
  const rest = typeof additionalProperties === 'object' ? additionalProperties : undefined
  const found = properties?.[key] ?? items ?? rest
  return [...(found ? [found] : []), ...(anyOf ?? []).flatMap((each) => inside(each, key))]
}

function lineIn(document: Document, lines: LineCounter, key: Key): number | null {
  for (let depth = key.length; depth > 0; depth--) {
    const parent: unknown = depth === 1 ? document.contents : document.getIn(key.slice(0, depth - 1), true)
    const range = rangeOf(written(parent, key[depth - 1]))
    if (range !== null) return lines.linePos(range).line
  }
  return null
}

/** The node of a key in a map, or of an entry in a list. */
function written(parent: unknown, key: PropertyKey | undefined): unknown {
  if (isMap(parent)) return parent.items.find((item) => String(item.key) === String(key))?.key
  return isSeq(parent) ? parent.items[Number(key)] : undefined
}

function rangeOf(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null
  const start: unknown = node.range[0]
  return typeof start === 'number' ? start : null
}
