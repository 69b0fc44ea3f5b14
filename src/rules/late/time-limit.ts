import { inForce } from '../../nginx/config-scope.ts'
import { seconds } from '../../nginx/time.ts'
import { failingUse } from '../../symptoms/failing-use.ts'
import type { Trouble } from '../../symptoms/trouble.ts'

/** nginx's own default of proxy_read_timeout and its kin (ngx_http_proxy_module). */
export const defaultLimit = 60

/** How long nginx waits where the trouble is, and the directive that says so. */
export interface TimeLimit {
  readonly name: string
  readonly seconds: number
  /** "/etc/nginx/conf.d/shop.conf:14: proxy_read_timeout 5s;" */
  readonly text: string
  /** The directive as written; null when it is nginx's default. */
  readonly written: { readonly file: string; readonly line: number; readonly value: string } | null
}

/** The time-out that the trouble's own phase is about: reading (the usual one) or sending. */
export function timeLimitOf(trouble: Trouble): TimeLimit {
  const pass = (failingUse(trouble) ?? trouble.endpoints[0]?.usedBy[0])?.pass
  const newest = trouble.groups.toSorted((a, b) => b.last.localeCompare(a.last))[0]
  const sending = newest?.line.phase?.startsWith('sending') === true
  const name = `${pass?.protocol ?? 'proxy'}_${sending ? 'send' : 'read'}_timeout`
  const directive = pass && inForce(pass.scope, name)
  const value = (directive && seconds(directive.value)) ?? defaultLimit
  if (!directive || directive.file === null || directive.line === null)
    return { name, seconds: defaultLimit, text: `${name} is not set: ${defaultLimit} s`, written: null }
  const { file, line } = directive
  return {
    name,
    seconds: value,
    text: `${file}:${line}: ${name} ${directive.value};`,
    written: { file, line, value: directive.value },
  }
}
