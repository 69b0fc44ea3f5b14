import type { ConfigError } from './config-tokens.ts'
import { includedFiles, isPattern } from './include-glob.ts'
import { parseFile, type Directive } from './parse-file.ts'

export type { Directive } from './parse-file.ts'

export interface Config {
  /** Path of the main file. */
  readonly main: string
  readonly directives: readonly Directive[]
  /** Every file that was read, in the order of inclusion. */
  readonly files: readonly string[]
  readonly errors: readonly ConfigError[]
}

const MAX_INCLUDE_DEPTH = 64
const MAX_INCLUDES = 5_000
const MAX_DIRECTIVES = 500_000
const MAX_ERRORS = 100

interface Reading {
  readonly files: ReadonlyMap<string, string>
  readonly names: readonly string[]
  readonly main: string
  readonly errors: ConfigError[]
  readonly parsed: Map<string, readonly Directive[]>
  includes: number
  directives: number
}

/**
 * Reads a configuration from its files, `main` first. An `include` stays in the list, followed by what the included files hold.
 * Never throws: mistakes are in `errors` (at most 100) with file and line, and what could be read is there.
 */
export function parseConfig(files: ReadonlyMap<string, string>, main: string): Config {
  const names = [...files.keys()]
  const reading: Reading = { files, names, main, errors: [], parsed: new Map(), includes: 0, directives: 0 }
  const directives = readFile(reading, main, [])
  return { main, directives, files: [...reading.parsed.keys()], errors: reading.errors.slice(0, MAX_ERRORS) }
}

/** `open`: the files whose reading is under way, the outermost first. */
function readFile(reading: Reading, file: string, open: readonly string[]): readonly Directive[] {
  const before = reading.parsed.get(file)
  if (before !== undefined) return withIncludes(reading, before, [...open, file])
  const text = reading.files.get(file)
  if (text === undefined) {
    reading.errors.push({ file, line: 1, reason: 'the file is not in the capture' })
    return []
  }
  const { directives, errors } = parseFile(text, file)
  reading.parsed.set(file, directives)
  reading.errors.push(...errors)
  return withIncludes(reading, directives, [...open, file])
}

function withIncludes(
  reading: Reading,
  directives: readonly Directive[],
  open: readonly string[],
): readonly Directive[] {
  reading.directives += directives.length
  return directives.flatMap((directive) => {
    if (directive.block !== undefined) return [{ ...directive, block: withIncludes(reading, directive.block, open) }]
    return directive.name === 'include' ? [directive, ...included(reading, directive, open)] : [directive]
  })
}

function included(reading: Reading, include: Directive, open: readonly string[]): readonly Directive[] {
  const pattern = include.args[0]
  if (pattern === undefined) return []
  const files = includedFiles(pattern, reading.main, reading.names)
  if (files.length === 0 && !isPattern(pattern))
    fail(reading, include, `included file "${pattern}" is not in the capture`)
  return files.flatMap((file) => {
    reading.includes += 1
    const refused = refusal(reading, file, open)
    if (refused === null) return readFile(reading, file, open)
    fail(reading, include, `"${file}": ${refused}`)
    return []
  })
}

function refusal(reading: Reading, file: string, open: readonly string[]): string | null {
  if (open.includes(file)) return 'includes itself'
  if (open.length > MAX_INCLUDE_DEPTH || reading.includes > MAX_INCLUDES) return 'too many includes'
  return reading.directives > MAX_DIRECTIVES ? 'too many directives' : null
}

function fail(reading: Reading, { file, line }: Directive, reason: string): void {
  if (reading.errors.length < MAX_ERRORS) reading.errors.push({ file, line, reason })
}
