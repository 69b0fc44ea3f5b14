import type { Fact } from '../diagnosis/fact.ts'
import type { ConfigModel } from '../nginx/config-model.ts'
import { visit } from '../nginx/config-scope.ts'
import { GATEWAY_ERRORS } from '../nginx/error-pages.ts'
import type { AccessLogs } from '../probes/access-log.ts'
import type { Facts } from '../probes/index.ts'

/**
 * Variables in which nginx has decoded what a client sent, line breaks as well: `%0a` of the address (ngx_http_parse_complex_uri), what it captured
 * of it, the name of basic authentication (base64), a body. Headers and `$request_uri` are as they were sent and have none.
 */
const decoded =
  /\$\{?(?:uri|document_uri|request_filename|fastcgi_script_name|fastcgi_path_info|remote_user|request_body|[1-9])\b/

/** From these levels of error_log on, nginx leaves out that it could not get an answer. */
const SILENT: ReadonlySet<string> = new Set(['crit', 'alert', 'emerg'])

/**
 * Where `escape=none` (ngx_http_log_module) lets visitors write whole lines of an access log, its 502 and 504 count for nothing: of each that nginx gives
 * there is a line in the error log, and that tells of them. Whether an application gave some by itself cannot be seen then, which health.ts says; its
 * other answers stay.
 */
export function withoutForged(facts: Facts): Fact<AccessLogs> {
  const { 'access-log': access, 'nginx-config': config, 'error-log': errors } = facts
  if (!access.known || !config.known || !errors.known) return access
  const { model } = config.value
  const open = forgeableLogs(model)
  if (open.size === 0 || model.errorLogs.some(({ level }) => SILENT.has(level))) return access
  const logs = access.value.logs.map((log) => {
    if (!open.has(log.path)) return log
    const answers = log.answers.filter(({ status }) => !GATEWAY_ERRORS.includes(status))
    return { ...log, answers, forgeable: log.answers.length - answers.length }
  })
  return { ...access, value: { ...access.value, logs } }
}

function forgeableLogs({ main, accessLogs }: ConfigModel): ReadonlySet<string> {
  const formats = new Set(
    visit(main).flatMap(({ directive: { name, args } }) => {
      const [format = '', ...rest] = args
      return name === 'log_format' && rest.includes('escape=none') && decoded.test(rest.join(' ')) ? [format] : []
    }),
  )
  return new Set(
    accessLogs.flatMap(({ target, format }) => (target.kind === 'file' && formats.has(format) ? [target.path] : [])),
  )
}
