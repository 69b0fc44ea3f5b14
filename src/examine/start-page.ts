import { rootOf } from '../nginx/served-root.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import { loadedSince } from '../rules/notice-course.ts'
import { serversNamed } from '../rules/named-servers.ts'

/** So many visitors in ten minutes: a site that people come to has something to begin with. */
const LEAST = 20

/**
 * Sites whose first page is refused to everybody because their folder has no index and may not be listed: `directory index of "/srv/www/" is
 * forbidden` (ngx_http_autoindex_module, ngx_http_index_module) for many, and a live request of this moment gets 403 as well. In words.
 */
export function startPagesRefused(known: Knowledge): readonly string[] {
  const {
    'error-log': log,
    'nginx-config': config,
    'live-requests': live,
    host,
    'nginx-processes': processes,
    events,
  } = known
  if (!log.known || !config.known || !live.known || !events.known) return []
  const { model } = config.value
  return events.value
    .filter(({ line, recent }) => line.message.startsWith('directory index of "') && recent >= LEAST)
    .filter((event) => !host.known || !processes.known || !loadedSince(event, host.value, processes.value))
    .flatMap(({ groups }) => groups)
    .flatMap(({ line, recent }) => {
      const folder = /^directory index of "([^"]+)" is forbidden/.exec(line.message)?.[1]
      const site = line.server ?? ''
      if (folder === undefined || site === '' || recent < LEAST) return []
      const [server] = serversNamed([site], model)
      const isRoot = server !== undefined && `${rootOf(server.scope)?.path ?? ''}/`.replace(/\/+$/, '/') === folder
      const refused = live.value.answers.some(
        (answer) => answer.way === 'nginx' && answer.host === site && answer.path === '/' && answer.status === 403,
      )
      return isRoot && refused
        ? [`${site}/ is answered 403, ${recent} times in ten minutes: ${folder} has no index and may not be listed`]
        : []
    })
}
