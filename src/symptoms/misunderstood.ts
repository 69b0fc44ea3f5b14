import type { Server } from '../nginx/config-servers.ts'
import type { Facts } from '../probes/index.ts'
import { serversLoggingTo } from './answering-servers.ts'

/** The request could not be read, was meant for another server, or was too large in its head: what an application says to a name that it does not know as well. */
export const misunderstood: ReadonlySet<number> = new Set([400, 421, 431])

/** So many in ten minutes are no single client with a broken program. */
const MANY = 10

/** Servers with several names that may have given many such answers, as far as their logs tell. */
export function misunderstoodAt({
  'access-log': access,
  'nginx-config': config,
}: Pick<Facts, 'access-log' | 'nginx-config'>): readonly Server[] {
  if (!access.known || !config.known) return []
  const { model } = config.value
  const found = access.value.logs.flatMap((log) => {
    const refused = log.answers.filter(({ status }) => misunderstood.has(status))
    if (refused.reduce((sum, { count }) => sum + count, 0) < MANY) return []
    return serversLoggingTo(log.path, model).filter(({ names }) => names.length > 1)
  })
  return [...new Set(found)]
}
