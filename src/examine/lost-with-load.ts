import type { Server } from '../nginx/config-servers.ts'
import { passesFor, pathOfPart } from '../nginx/location-match.ts'
import type { AnswerCount } from '../probes/access-log.ts'
import { isOwnNotFound } from '../rules/body-size.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import { sharesAddress } from '../symptoms/shadowed-servers.ts'
import { agoOf } from '../symptoms/time.ts'

/** Seconds between an edit and the load that is its own. */
const JUST_BEFORE = 300

/** Stamps of logs are whole seconds. */
const SLACK = 2

/**
 * A file with sites that changed just before nginx loaded it, when all of these answers came after that load and nginx gave them by itself, without
 * a backend: a name or a location may have been lost with it. Null where that is not so, or cannot be seen.
 */
export function lostWithLoad(answer: AnswerCount, servers: readonly Server[], known: Knowledge): string | null {
  const { host, 'nginx-config': config, 'nginx-processes': processes } = known
  if (!host.known || !config.known || !processes.known || processes.value.oldestWorker === null) return null
  const { model, stats } = config.value
  const asksBackend = (server: Server): boolean =>
    passesFor(model, server, pathOfPart(server, answer.segment)).length > 0
  // Where several sites share a log nobody says whose they are; nginx's own page tells that no backend gave them.
  const build = known['nginx-build']
  const mayBeOwn = answer.body !== null && (!build.known || isOwnNotFound(answer, build))
  if (servers.length === 0 || (servers.some(asksBackend) && !mayBeOwn)) return null
  const loadedAgo = agoOf(processes.value.oldestWorker.startedAt, host.value)
  if (answer.firstAgo > loadedAgo + SLACK) return null
  const changed = stats.filter(({ path, ctime }) => {
    const before = host.value.epoch - ctime - loadedAgo
    return (
      before >= -SLACK && before <= JUST_BEFORE && model.servers.some((each) => each.file === path && isBeside(each))
    )
  })
  return changed.toSorted((a, b) => b.ctime - a.ctime)[0]?.path ?? null

  function isBeside(each: Server): boolean {
    return each.protocol === 'http' && servers.some((server) => sharesAddress(server, each))
  }
}
