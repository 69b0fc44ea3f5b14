import { posix } from 'node:path'
import { allInForce, inForce, type InForce, nearest, type Scope } from './config-scope.ts'
import { indexNames, type Root, rootOf } from './served-root.ts'

/** What FastCGI is told to run for a path: SCRIPT_FILENAME, as the configuration makes it. */
export interface ScriptFilename {
  readonly path: string
  readonly directive: InForce
}

/**
 * Works out `fastcgi_param SCRIPT_FILENAME` for one script. Null when none is set, or when a variable is left that a request decides.
 * $fastcgi_script_name is the path, with fastcgi_index behind a final slash (ngx_http_fastcgi_module).
 */
export function scriptFilename(scope: Scope, script: string): ScriptFilename | null {
  const params = allInForce(scope, 'fastcgi_param')
  const directive = params.findLast(({ args }) => args[0] === 'SCRIPT_FILENAME')
  const text = directive?.args[1]
  if (!directive || text === undefined) return null
  const name = script.endsWith('/') ? script + (inForce(scope, 'fastcgi_index')?.args[0] ?? '') : script
  const root = rootOf(scope)
  const filled = text
    .replace(/\$\{?fastcgi_script_name\}?|\$\{?(?:document_)?uri\}?/g, name)
    .replace(/\$\{?(?:document_root|realpath_root)\}?/g, root?.path ?? '$')
    .replace(/\$\{?request_filename\}?/g, root === null ? '$' : fileOf(root, name))
  return filled.includes('$') || !filled.startsWith('/') ? null : { path: posix.normalize(filled), directive }
}

/** The scripts that a start page can be: those that `index` names, else the usual one. */
export function startScripts(scope: Scope): readonly string[] {
  const named = indexNames(scope).filter((name) => name.endsWith('.php'))
  const below = outerPrefix(scope)
  return (named.length > 0 ? named : ['index.php']).map((name) =>
    name.startsWith('/') ? name : posix.join(below, name),
  )
}

/** `location ~ \.php$` inside of `location /tool/` serves the start page of that folder. */
function outerPrefix(scope: Scope): string {
  const outer = nearest(nearest(scope, 'location')?.parent ?? null, 'location')
  const path = outer?.args.at(-1) ?? '/'
  return path.startsWith('/') && !outer?.args[0]?.startsWith('~') ? path : '/'
}

/** The file that a path means: below a root all of the path, below an alias what is behind the location's own. */
export function fileOf({ path, kind, instead }: Root, name: string): string {
  return kind === 'alias' && instead !== '' && name.startsWith(instead)
    ? posix.join(path, name.slice(instead.length))
    : posix.join(path, name)
}
