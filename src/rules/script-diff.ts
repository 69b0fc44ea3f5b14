import type { Pass } from '../nginx/config-passes.ts'
import { nearest } from '../nginx/config-scope.ts'
import { rootOf } from '../nginx/served-root.ts'
import { fileOf, type ScriptFilename } from '../nginx/script-filename.ts'
import { insertAfterLine, replaceInLine } from './config-line.ts'
import type { Seen } from './script-not-found.ts'

/**
 * A diff for SCRIPT_FILENAME, where the configuration itself names a root in which the script really lies: the parameter is written out
 * ("/scripts$fastcgi_script_name", as nginx's own sample has it), or the PHP location has no root, or another one than its neighbour.
 */
export function scriptDiff(pass: Pass, script: ScriptFilename, seen: Seen): string | null {
  const config = seen['nginx-config']
  const { directive } = script
  const written = directive.args[1] ?? ''
  const own = rootOf(pass.scope)
  const name = scriptName(written, script.path, own?.path ?? '')
  if (name === null || directive.file === null || directive.line === null) return null
  const joined = '$document_root$fastcgi_script_name'
  // Behind an alias $document_root is the alias itself, and the name still has the location's path in it.
  if (own?.kind === 'alias' && written === joined && directive.file === pass.file && isThere(fileOf(own, name), seen))
    return replaceInLine(config, directive.file, directive.line, joined, '$request_filename')
  const good = otherRoots(pass).find((root) => isThere(`${root.replace(/\/$/, '')}${name}`, seen))
  const prefix = written.replace(/\$\{?fastcgi_script_name\}?.*$/, '')
  if (!/document_root|realpath_root|request_filename/.test(written)) {
    if (prefix === '' || (own !== null && own.path !== good && !isThere(`${own.path.replace(/\/$/, '')}${name}`, seen)))
      return null
    return replaceInLine(config, directive.file, directive.line, `${prefix}$`, '$document_root$')
  }
  if (good === undefined) return null
  if (own?.directive?.file != null && own.directive.line !== null)
    return replaceInLine(config, own.directive.file, own.directive.line, own.path, good)
  return insertAfterLine(config, pass.file, pass.line, [`root ${good};`])
}

/** "/index.php" of "/srv/blog/index.php". */
function scriptName(written: string, path: string, root: string): string | null {
  const prefix = written
    .replace(/\$\{?(?:document_root|realpath_root)\}?/, root)
    .replace(/\$.*$/, '')
    .replace(/\/$/, '')
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : null
}

/** Roots that the same server names elsewhere, and its own. */
function otherRoots(pass: Pass): readonly string[] {
  const server = nearest(pass.scope, 'server')
  const scopes = [server, ...(pass.server?.locations.map((location) => location.scope) ?? [])]
  return [...new Set(scopes.flatMap((scope) => (scope ? (rootOf(scope)?.path ?? []) : [])))]
}

function isThere(path: string, seen: Seen): boolean {
  return seen['served-paths'].paths.some((each) => each.path === path && each.missing === null && each.hidden === null)
}
