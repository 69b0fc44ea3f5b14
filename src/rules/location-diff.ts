import { createTwoFilesPatch } from 'diff'
import type { Pass } from '../nginx/config-passes.ts'
import type { ConfigOnDisk } from '../probes/nginx-config.ts'

/** A directive as it shall read in the block of a *_pass. */
export interface Setting {
  readonly name: string
  readonly value: string
  /** Only the directive whose first argument is this one is meant: proxy_set_header Connection. */
  readonly first?: string
}

interface Edit {
  readonly file: string
  readonly line: number
  readonly change: (text: string, indent: string) => readonly string[] | null
}

/**
 * A unified diff that gives the block of a *_pass these settings: a directive that stands in the block itself is changed where it
 * stands, any other is added beside the *_pass, which leaves other blocks as they are. null when that takes more than one file, or
 * the *_pass stands in an `if`, where few directives are allowed.
 */
export function settingsDiff(config: ConfigOnDisk, pass: Pass, settings: readonly Setting[]): string | null {
  if (pass.scope.name === 'if' || pass.scope.name === 'limit_except') return null
  const edits: Edit[] = []
  const added: Setting[] = []
  for (const setting of settings) {
    const written = pass.scope.directives.find(
      (each) =>
        each.name === setting.name &&
        (setting.first === undefined || each.args[0]?.toLowerCase() === setting.first.toLowerCase()),
    )
    if (!written) added.push(setting)
    else edits.push({ file: written.file, line: written.line, change: (text) => changed(text, setting) })
  }
  const lines = added.map(({ name, value }) => `${name} ${value};`)
  if (lines.length > 0)
    edits.push({
      file: pass.file,
      line: pass.line,
      change: (text, indent) => beside(text, passText(pass), lines, indent),
    })
  return diffOf(config, edits)
}

/** A unified diff that puts other directives in place of a *_pass. */
export function passDiff(config: ConfigOnDisk, pass: Pass, directives: readonly string[]): string | null {
  const change: Edit['change'] = (text, indent) => {
    if (!text.includes(passText(pass))) return null
    const alone = text.trim() === passText(pass)
    const joined = alone ? directives.join(`\n${indent}`) : directives.join(' ')
    return text.replace(passText(pass), () => joined).split('\n')
  }
  return diffOf(config, [{ file: pass.file, line: pass.line, change }])
}

function passText(pass: Pass): string {
  const name = pass.protocol === 'stream' ? 'proxy' : pass.protocol
  return `${name}_pass ${pass.text};`
}

/** `name ...;` on this line becomes the new text; a directive that goes on over several lines is left alone. */
function changed(text: string, { name, value, first }: Setting): readonly string[] | null {
  const start = first === undefined ? name : `${name} ${first}`
  const at = text.toLowerCase().indexOf(start.toLowerCase())
  const end = text.indexOf(';', at)
  return at < 0 || end < 0 ? null : [`${text.slice(0, at)}${name} ${value}${text.slice(end)}`]
}

/** Behind the line, or behind the directive where the block goes on or ends on the same line. */
function beside(text: string, pass: string, lines: readonly string[], indent: string): readonly string[] | null {
  if (text.trim() === pass || text.trim().startsWith(`${pass} #`)) return [text, ...lines.map((line) => indent + line)]
  return text.includes(pass) ? [text.replace(pass, () => [pass, ...lines].join(' '))] : null
}

function diffOf(config: ConfigOnDisk, edits: readonly Edit[]): string | null {
  const [first] = edits
  const before = first && config.files.get(first.file)
  if (!first || before === undefined || edits.some((edit) => edit.file !== first.file)) return null
  const lines: (readonly string[])[] = before.split('\n').map((line) => [line])
  for (const { line, change } of edits) {
    const old = lines[line - 1]
    const [text, ...rest] = old ?? []
    const fresh = text === undefined ? null : change(text, /^\s*/.exec(text)?.[0] ?? '')
    if (!fresh) return null
    lines[line - 1] = [...fresh, ...rest]
  }
  const patch = createTwoFilesPatch(
    `a${first.file}`,
    `b${first.file}`,
    before,
    lines.flat().join('\n'),
    undefined,
    undefined,
    { context: 2 },
  )
  return patch.slice(patch.indexOf('---')).replace(/\n$/, '')
}
