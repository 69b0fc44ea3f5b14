import type { ConfigModel } from '../nginx/config-model.ts'
import type { Pass } from '../nginx/config-passes.ts'
import { inForce } from '../nginx/config-scope.ts'
import { scriptFilename } from '../nginx/script-filename.ts'
import type { AccessLogs, AnswerCount } from '../probes/access-log.ts'
import type { Facts } from '../probes/index.ts'
import type { ServedPath } from '../probes/served-paths.ts'
import { serversLoggingTo } from './answering-servers.ts'
import { isMissingScript } from './missing-script.ts'
import type { Trouble } from './trouble.ts'

/** Requests for what stands behind a script ("/index.php/news/autumn.html") that php-fpm takes for the script's own name. */
export interface PathInfo {
  readonly pass: Pass
  /** "/srv/press/index.php", which is there. */
  readonly script: string
  /** "/index.php", as people ask for it. */
  readonly name: string
  readonly answer: AnswerCount
  readonly asked: number
  readonly passed: number
  readonly log: string
}

interface Seen {
  readonly model: ConfigModel
  readonly access: AccessLogs
  readonly served: readonly ServedPath[]
}

/** So many 404 in ten minutes are no scanner's single try. */
const MANY = 10

/** From this share on hardly anything below that script is answered. */
const MOST = 0.8

/** `location ~ [^/]\.php(/|$)`: made for paths behind the script; `\.php$` is not. */
const MADE_FOR_IT = /\\\.php\((?:\?:)?(?:\/\|\$|\$\|\/)/

/**
 * A location that takes paths behind a script, and nothing that cuts them off (fastcgi_split_path_info): whether php finds the script is up to
 * cgi.fix_pathinfo then, and where it does not all of these requests are answered 404.
 */
export function pathInfoOf(trouble: Trouble, { model, access, served }: Seen): PathInfo | null {
  if (!trouble.groups.some(({ line }) => isMissingScript(line))) return null
  const passes = trouble.endpoints.flatMap(({ usedBy }) => usedBy.map(({ pass }) => pass))
  const names = new Set(
    trouble.groups.flatMap(({ line }) => /^\S+ (\/[\w.-]{1,80}\.php)\/\S/.exec(line.request ?? '')?.[1] ?? []),
  )
  for (const pass of passes) {
    const made = pass.location?.modifier.startsWith('~') === true && MADE_FOR_IT.test(pass.location.path)
    if (!made || inForce(pass.scope, 'fastcgi_split_path_info') !== null) continue
    for (const name of names) {
      const script = scriptFilename(pass.scope, name)?.path
      if (!served.some((each) => each.path === script && each.missing === null)) continue
      const found = refusedBelow(name, pass, access, model)
      if (script !== undefined && found) return { pass, script, name, ...found }
    }
  }
  return null
}

function refusedBelow(
  name: string,
  { server }: Pass,
  access: AccessLogs,
  model: ConfigModel,
): Pick<PathInfo, 'answer' | 'asked' | 'passed' | 'log'> | null {
  for (const log of access.logs.filter(({ path }) => serversLoggingTo(path, model).some((each) => each === server))) {
    const isHere = (each: { readonly site: string | null; readonly segment: string | null }): boolean =>
      each.segment === name && (each.site === null || server?.names.includes(each.site) === true)
    const answer = log.answers.find((each) => each.status === 404 && isHere(each))
    const all = log.asked.find(isHere)
    if (answer && all && answer.count >= MANY && answer.count >= MOST * all.count)
      return { answer, asked: all.count, passed: all.passed, log: log.path }
  }
  return null
}

/** No scanner's noise, although the start page itself answers well. */
export function isCutOff(trouble: Trouble, facts: Facts): boolean {
  const { 'nginx-config': config, 'access-log': access, 'served-paths': served } = facts
  if (!config.known || !access.known || !served.known) return false
  const seen = { model: config.value.model, access: access.value, served: served.value.paths }
  return pathInfoOf(trouble, seen) !== null
}
