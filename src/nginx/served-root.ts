import { posix } from 'node:path'
import { packagedPaths } from './build-paths.ts'
import { inForce, type InForce, type Scope } from './config-scope.ts'

/** The folder that holds for a scope: its root, or the alias of its location. Null when it has a variable in it. */
export interface Root {
  readonly path: string
  readonly kind: 'root' | 'alias'
  /** Of an alias: what it stands for in the path of a request, "/tool/". */
  readonly instead: string
  readonly directive: InForce | null
}

/**
 * The innermost root or alias, each of which a location inside inherits (ngx_http_core_merge_loc_conf). Without any nginx serves "html" below
 * its prefix (ngx_http_core_module).
 */
export function rootOf(scope: Scope): Root | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const own = at.directives.find(({ name }) => name === 'alias' || name === 'root')
    if (!own) continue
    const { args, file, line } = own
    const held = { args, value: args.join(' '), file, line }
    return own.name === 'alias'
      ? absolute(args[0] ?? '', 'alias', held, at.args.at(-1) ?? '')
      : absolute(args[0] ?? 'html', 'root', held)
  }
  return absolute('html', 'root', inForce(scope, 'root'))
}

function absolute(path: string, kind: Root['kind'], directive: InForce | null, instead = ''): Root | null {
  if (path.includes('$')) return null
  return { path: posix.resolve(packagedPaths.prefix, path), kind, instead, directive }
}

/** The names that nginx tries for a request that ends in a slash. */
export function indexNames(scope: Scope): readonly string[] {
  return (inForce(scope, 'index')?.args ?? ['index.html']).filter((name) => !name.includes('$'))
}

/** A file as the configuration writes it, with $document_root put in; null when another variable is left. */
export function writtenPath(text: string, scope: Scope): string | null {
  const root = rootOf(scope)?.path
  const path = root === undefined ? text : text.replace(/\$\{?(?:document_root|realpath_root)\}?/g, root)
  return path.startsWith('/') && !path.includes('$') ? posix.normalize(path) : null
}
