import type { Endpoint } from '../nginx/config-endpoints.ts'

/** php-fpm's own title of a worker, as the probe shows a process: "pid 199: php-fpm: pool www" (fpm_env.c, fpm_env_setproctitle). */
export function poolOf(text: string): string | null {
  return /^pid \d+: php-fpm: pool (\S+)/.exec(text)?.[1] ?? null
}

/** The path that Debian gives the pool `www` it ships: /run/php/php8.2-fpm.sock. */
const packagedPath = /^php[\d.]*-?fpm$/

/**
 * Whether a pool's name says that it is what is missed at this endpoint: the socket was called after it, or the site or location is.
 * Any other pool that runs may belong to another site, and to send a site there would show people the wrong application.
 */
export function isNamedFor(pool: string, { unix }: Endpoint, siteNames: ReadonlySet<string>): boolean {
  const stem =
    unix
      ?.split('/')
      .at(-1)
      ?.replace(/\.sock(et)?$/, '') ?? ''
  if (stem === pool || (pool === 'www' && packagedPath.test(stem))) return true
  return siteNames.has(pool.toLowerCase().replace(/[^a-z0-9]/g, ''))
}
