import { z } from 'zod'

/** What a row of a table says of one key: its type in words, and its default. */
export interface KeyRow {
  readonly key: string
  readonly type: string
  readonly preset: string
}

interface Shape {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Shape>>
  readonly additionalProperties?: Shape | boolean
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly required?: readonly string[]
}

/** The keys of a zod object as a person writes them; nested objects as `outer.inner`. */
export function keyRows(schema: z.ZodType, prefix = ''): readonly KeyRow[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- zod's own output is what the shape above describes
  return rowsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape, prefix)
}

function rowsOf(shape: Shape, prefix: string): readonly KeyRow[] {
  return Object.entries(shape.properties ?? {}).flatMap(([name, value]) => {
    const key = `${prefix}${name}`
    if (value.properties) return rowsOf(value, `${key}.`)
    return [{ key, type: words(value), preset: preset(value, shape.required?.includes(name) === true) }]
  })
}

function words(shape: Shape): string {
  if (shape.anyOf) return [...new Set(shape.anyOf.map(words))].join(' or ')
  if (shape.const !== undefined) return JSON.stringify(shape.const).replaceAll('"', '')
  if (shape.enum) return shape.enum.map(String).join(', ')
  if (shape.type === 'array') return `list of ${words(shape.items ?? {})}`
  if (shape.type === 'object') return 'map'
  const limits = [shape.minimum, shape.maximum].map((limit) =>
    Math.abs(limit ?? Infinity) < 2 ** 52 ? limit : undefined,
  )
  if (shape.type === 'integer' || shape.type === 'number') {
    return limits.every((limit) => limit !== undefined) ? `number, ${limits.join(' to ')}` : 'number'
  }
  return shape.type === 'boolean' ? 'true or false' : 'text'
}

function preset(shape: Shape, required: boolean): string {
  if (required) return '**needed**'
  if (shape.default === undefined || shape.default === null) return '–'
  const text = JSON.stringify(shape.default)
  return text === '[]' || text === '{}' ? 'none' : `\`${text.replaceAll('"', '')}\``
}
