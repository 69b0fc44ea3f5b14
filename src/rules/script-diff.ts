import type { Pass } from '../nginx/config-passes.ts'
import { nearest } from '../nginx/config-scope.ts'
import type { ConfigOnDisk } from '../probes/nginx-config.ts'
import { rootOf } from '../nginx/served-root.ts'
import { fileOf, type ScriptFilename } from '../nginx/script-filename.ts'
import { insertAfterLine, replaceInLine } from './config-line.ts'
import type { Seen } from './script-not-found.ts'

/** A folder of the host, and what the backend calls it: "/" in a chroot, its own path in a container. */
export interface OtherView {
  readonly folder: string
  readonly as: string
}

/**
 * A diff for SCRIPT_FILENAME, where the configuration itself names a root in which the script really lies: the parameter is written out
 * ("/scripts$fastcgi_script_name", as nginx's own sample has it), or the PHP location has no root, or another one than its neighbour.
 */
export function scriptDiff(pass: Pass, script: ScriptFilename, view: OtherView | null, seen: Seen): string | null {
  const config = seen['nginx-config']
  const { directive } = script
  const written = directive.args[1] ?? ''
  const own = rootOf(pass.scope)
  const name = scriptName(written, script.path, own?.path ?? '')
  if (name === null || directive.file === null || directive.line === null) return null
  if (view !== null) return insideDiff(pass, script.path, name, view, config)
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
  if (good === undefined || good === own?.path) return null
  if (own?.directive?.file != null && own.directive.line !== null)
    return replaceInLine(config, own.directive.file, own.directive.line, own.path, good)
  return insertAfterLine(config, pass.file, pass.line, [`root ${good};`])
}

/**
 * What the backend is told to run, as it is called where the backend lives: of two parameters of one name php takes the last, so that
 * it goes behind everything else that the location says.
 */
function insideDiff(pass: Pass, path: string, name: string, view: OtherView, config: ConfigOnDisk): string | null {
  const folder = view.folder.replace(/\/$/, '')
  if (!path.startsWith(`${folder}/`) || !path.endsWith(name)) return null
  const inside = `${view.as.replace(/\/$/, '')}${path.slice(folder.length, -name.length)}$fastcgi_script_name`
  const params = pass.scope.directives.filter((each) => each.name === 'fastcgi_param')
  const own = params.findLast((each) => each.file === pass.file && each.args[0] === 'SCRIPT_FILENAME')
  if (own) return replaceInLine(config, own.file, own.line, own.args[1] ?? '', inside)
  // With a first parameter of its own the location would lose all those of the server.
  if (params.length === 0) return null
  const last = pass.scope.directives.findLast((each) => each.file === pass.file && each.block === undefined)
  const text = config.files.get(pass.file)?.split('\n')[(last?.line ?? 0) - 1] ?? ''
  return last && /;\s*(?:#.*)?$/.test(text)
    ? insertAfterLine(config, pass.file, last.line, [`fastcgi_param SCRIPT_FILENAME ${inside};`])
    : null
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
