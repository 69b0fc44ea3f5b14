import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

export interface Import {
  readonly from: string
  /** A path from the project's root, or a package name. */
  readonly target: string
  readonly local: boolean
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean
}

const statements =
  /^(?:import|export)\s+(?<what>(?:type\s)?[^'";]*?)\s*from\s+'(?<path>[^']+)'|^import\s+'(?<bare>[^']+)'|\bimport\('(?<dynamic>[^']+)'\)/gm

/** Files that git knows or would add, without what is ignored; deleted ones left out. */
export function projectFiles(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  return listed.split('\n').filter((file) => file !== '' && existsSync(file))
}

export function importsOf(file: string): readonly Import[] {
  return [...readFileSync(file, 'utf8').matchAll(statements)].map(({ groups }) => {
    const path = groups?.['path'] ?? groups?.['bare'] ?? groups?.['dynamic'] ?? ''
    const local = path.startsWith('.')
    return {
      from: file,
      target: local ? normalize(join(dirname(file), path)) : path,
      local,
      typeOnly: isTypeOnly(groups?.['what'] ?? ''),
    }
  })
}

/** `type { A }`, or `{ type A, type B }`. */
function isTypeOnly(what: string): boolean {
  if (/^type\s/.test(what)) return true
  const names = /^\{(?<names>[^}]*)\}$/.exec(what)?.groups?.['names']
  return names?.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type ')) ?? false
}

/** "src/jobs/desk.ts" -> { room: "jobs", inside: "jobs/desk.ts" }; "commands/help.ts" -> { room: "commands", ... }. */
export function placeOf(file: string): { readonly room: string; readonly inside: string } {
  const inside = file.startsWith('src/') ? file.slice('src/'.length) : file
  return { room: inside.split('/')[0] ?? inside, inside }
}
