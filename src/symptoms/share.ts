import type { Facts } from '../probes/index.ts'

/**
 * Share of requests of the last ten minutes that were answered 5xx, for sites that have an access log to themselves; null
 * when other sites write into the same log or none could be read: then nobody can tell whose failures they are.
 */
export function failingShare(sites: readonly string[], facts: Facts): number | null {
  const access = facts['access-log']
  const config = facts['nginx-config']
  if (!access.known || !config.known || sites.length === 0) return null
  const writers = (path: string) =>
    config.value.model.accessLogs.filter(({ target }) => target.kind === 'file' && target.path === path)
  const logs = access.value.logs.filter((log) => {
    const names = writers(log.path).map((writer) => writer.serverNames)
    return names.length > 0 && names.every((each) => each.some((name) => sites.includes(name)))
  })
  const total = logs.reduce((sum, log) => sum + log.total, 0)
  if (total === 0) return null
  const failed = logs.reduce(
    (sum, log) => sum + [...log.byStatus].reduce((bad, [status, n]) => bad + (status >= 500 ? n : 0), 0),
    0,
  )
  return failed / total
}
