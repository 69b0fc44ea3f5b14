import type { ConfigModel } from '../nginx/config-model.ts'
import { allInForce, inForce, type Scope } from '../nginx/config-scope.ts'
import { indexNames, rootOf, writtenPath } from '../nginx/served-root.ts'
import { allConditions } from '../nginx/switches.ts'
import { scriptFilename, startScripts } from '../nginx/script-filename.ts'

/** Most paths that round two looks at. */
const MOST_PATHS = 40

/** What `served-paths` is to look at: switch files first, then document roots with their index files, and what FastCGI is given for them. */
export function servedPathQuestions(model: ConfigModel, workerUser: string | null): readonly string[] {
  const scopes = model.servers
    .filter((server) => server.protocol === 'http')
    .flatMap((server) => [server.scope, ...server.locations.map((location) => location.scope)])
  const switches = scopes.flatMap((scope) => allConditions(scope).flatMap((each) => each.file ?? []))
  const scripts = model.passes
    .filter((pass) => pass.protocol === 'fastcgi')
    .flatMap((pass) => startScripts(pass.scope).flatMap((name) => scriptFilename(pass.scope, name)?.path ?? []))
  const served = scopes.flatMap((scope) => [...rootPaths(scope), ...fallbacks(scope)])
  const paths = [...new Set([...switches, ...scripts, ...served])].filter((path) =>
    /^(?:list:)?\/[A-Za-z0-9_./@:+ -]{0,240}$/.test(path),
  )
  return paths.length === 0 ? [] : [workerUser ?? 'nobody', ...paths.slice(0, MOST_PATHS)]
}

function rootPaths(scope: Scope): readonly string[] {
  const root = rootOf(scope)
  const serves = root !== null && (root.kind === 'alias' || root.directive?.file != null)
  if (!serves) return []
  return [
    `list:${root.path}`,
    ...indexNames(scope).map((name) => `${root.path.replace(/\/$/, '')}/${name.replace(/^\//, '')}`),
  ]
}

/** The literal ends of try_files and error_page: where an internal redirect goes. */
function fallbacks(scope: Scope): readonly string[] {
  const ends = [
    inForce(scope, 'try_files')?.args.at(-1),
    ...allInForce(scope, 'error_page').map(({ args }) => args.at(-1)),
  ]
  return ends.flatMap((end) => {
    if (end === undefined || !end.startsWith('/')) return []
    return writtenPath(`$document_root${end.replace(/\?.*/, '')}`, scope) ?? []
  })
}
