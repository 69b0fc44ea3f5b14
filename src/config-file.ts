import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { isMap, LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import { ConfigError } from './config-error.ts'

/** Slack ids begin with a letter and hold capitals and digits; a name such as "@anna" or "#ops" is a mistake worth a word. */
const slackId = (kinds: string, example: string) =>
  z.string().regex(new RegExp(`^[${kinds}][A-Z0-9]{2,}$`), `must be an id such as ${example}, not a name`)
const userId = slackId('UW', 'U0123ABCD')
const channelId = slackId('CGD', 'C0123ABCD')
const port = z.int().min(1).max(65535)
const text = z.string().min(1)

export const fileSchema = z.strictObject({
  inventory: text.default('hosts.yml'),
  approvers: z.array(userId).readonly().default([]),
  allowedChannels: z.array(channelId).readonly().optional(),
  channels: z
    .strictObject({
      default: channelId.optional(),
      hosts: z.record(z.string(), channelId).default({}),
      groups: z.record(z.string(), channelId).default({}),
    })
    .default({ hosts: {}, groups: {} }),
  budgetSeconds: z.number().min(5).max(120).default(20),
  proposalMinutes: z.number().min(1).max(60).default(10),
  diagnosesAtOnce: z.int().min(1).max(50).default(8),
  auditDir: text.default('audit'),
  keysDir: text.default('keys'),
  alerts: z.strictObject({ port, listenOn: text.default('127.0.0.1') }).optional(),
})

/** gatemedic.yml with its defaults; paths are absolute (a relative one is meant from the file's own folder). */
export type ConfigFile = Readonly<z.infer<typeof fileSchema>>

export async function loadConfigFile(path: string): Promise<ConfigFile> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    const why =
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'does not exist' : 'cannot be read'
    throw new ConfigError(`${path} ${why}: make it, or name another file in GATEMEDIC_CONFIG`, { cause: error })
  })
  return parseConfigFile(content, path)
}

/** Throws ConfigError with `file:line: key what is wrong`. An empty file is a whole configuration: read-only, nobody may approve. */
export function parseConfigFile(content: string, path: string): ConfigFile {
  const lines = new LineCounter()
  const document = parseDocument(content, { lineCounter: lines, uniqueKeys: true })
  const [broken] = document.errors
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line
    throw new ConfigError(
      `${path}:${line}: not valid YAML: ${broken.message.split('\n')[0]?.replace(/ at line .*$/, '')}`,
    )
  }
  const read = fileSchema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {})
  if (!read.success) throw complaint(document, lines, path, read.error)
  const folder = dirname(resolve(path))
  const { inventory, auditDir, keysDir } = read.data
  return {
    ...read.data,
    inventory: resolve(folder, inventory),
    auditDir: resolve(folder, auditDir),
    keysDir: resolve(folder, keysDir),
  }
}

function complaint(document: Document, lines: LineCounter, path: string, { issues }: z.ZodError): ConfigError {
  const [issue] = issues
  if (!issue) return new ConfigError(`${path} is not valid`)
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const key = unknown === undefined ? issue.path : [...issue.path, unknown]
  const line = lineOf(document, lines, key)
  const what = unknown === undefined ? issue.message : `is not known; known are ${knownIn(issue.path[0]).join(', ')}`
  return new ConfigError(
    `${path}${line === null ? '' : `:${line}`}: ${key.map(String).join('.') || 'the file'} ${what}`,
  )
}

const innerKeys: Readonly<Record<string, readonly string[]>> = {
  channels: ['default', 'hosts', 'groups'],
  alerts: ['port', 'listenOn'],
}

function knownIn(outer: PropertyKey | undefined): readonly string[] {
  return innerKeys[String(outer)] ?? Object.keys(fileSchema.shape)
}

/** Line of the innermost key on the way to this one that is written in the file. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true)
    const key = String(path[depth - 1])
    const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === key) : undefined
    const range = rangeOf(pair?.key)
    if (range !== null) return lines.linePos(range).line
  }
  return null
}

function rangeOf(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null
  const start: unknown = node.range[0]
  return typeof start === 'number' ? start : null
}
