/** Paths that the build chose; what a configuration leaves out or writes relative is looked up here. */
export interface BuildPaths {
  /** --prefix: relative log and pid paths start there. */
  readonly prefix: string
  readonly errorLog: string
  readonly accessLog: string
  readonly pid: string
  readonly user: string
}

/** What the packages of nginx.org are built with; Debian and Red Hat differ in the prefix only (/usr/share/nginx). */
export const packagedPaths: BuildPaths = {
  prefix: '/etc/nginx',
  errorLog: '/var/log/nginx/error.log',
  accessLog: '/var/log/nginx/access.log',
  pid: '/run/nginx.pid',
  user: 'nobody',
}

/** Reads the "configure arguments:" of `nginx -V`; an option that is not there has the default of nginx's own ./configure. */
export function buildPaths(version: string): BuildPaths {
  const given = new Map(
    [...version.matchAll(/(?:^|\s)--(?<name>[a-z-]{1,40})=(?<value>[^\s']{1,300})/g)].map((match) => [
      match.groups?.['name'] ?? '',
      match.groups?.['value'] ?? '',
    ]),
  )
  const prefix = given.get('prefix') ?? '/usr/local/nginx'
  return {
    prefix,
    errorLog: given.get('error-log-path') ?? `${prefix}/logs/error.log`,
    accessLog: given.get('http-log-path') ?? `${prefix}/logs/access.log`,
    pid: given.get('pid-path') ?? `${prefix}/logs/nginx.pid`,
    user: given.get('user') ?? 'nobody',
  }
}
