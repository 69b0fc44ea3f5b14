import type { Layout } from './layout.ts'

/** The logs that a server writes; null where it uses the ones of the whole host. */
export interface SiteLogs {
  readonly error: string | null
  readonly access: string | null
}

export const hostLogs = { error: '/var/log/nginx/error.log', access: '/var/log/nginx/access.log' } as const

export function logsOf(layout: Layout, label: string, site: string): SiteLogs {
  if (layout.logs === 'elsewhere')
    return { error: `/srv/logs/${site}/error.log`, access: `/srv/logs/${site}/access.log` }
  if (layout.logs === 'per-site')
    return { error: `/var/log/nginx/${site}.error.log`, access: `/var/log/nginx/${site}.access.log` }
  // The shop has an access log of its own on every host, so that its share of failing requests can be told.
  return {
    error: null,
    access: label === 'shop' ? `/var/log/nginx/${layout.seed === null ? 'shop' : site}.access.log` : null,
  }
}
