import { posix } from 'node:path'
import { packagedPaths } from './build-paths.ts'
import { inForce, nearest, type InForce, type Scope } from './config-scope.ts'

/** The folder that holds for a scope: its root, or the alias of its location. Null when it has a variable in it. */
export interface Root {
  readonly path: string
  readonly kind: 'root' | 'alias'
  readonly directive: InForce | null
}

/** Without `root` nginx serves "html" below its prefix (ngx_http_core_module). */
export function rootOf(scope: Scope): Root | null {
  const location = nearest(scope, 'location')
  const alias = location?.directives.find(({ name }) => name === 'alias')
  if (alias) {
    const { args, file, line } = alias
    return absolute(args[0] ?? '', 'alias', { args, value: args.join(' '), file, line })
  }
  const directive = inForce(scope, 'root')
  return absolute(directive?.args[0] ?? 'html', 'root', directive)
}

function absolute(path: string, kind: Root['kind'], directive: InForce | null): Root | null {
  if (path.includes('$')) return null
  return { path: posix.resolve(packagedPaths.prefix, path), kind, directive }
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
