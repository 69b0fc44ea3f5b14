import { laid, type LaidFile } from './laid-file.ts'
import type { Layout } from './layout.ts'

export function fpmConfig({ application }: Layout): string {
  return `/etc/php/8.2/fpm/${application}.conf`
}

/** A php-fpm of the application's own: stopping it leaves the blog's alone. */
export function phpFpmFiles(layout: Layout): readonly LaidFile[] {
  const { application, user, bind } = layout
  return [
    laid(fpmConfig(layout), [
      '[global]',
      `pid = /run/php/${application}.pid`,
      `error_log = /var/log/php-${application}.log`,
      '',
      `[${application}]`,
      `user = ${user}`,
      `group = ${user}`,
      `listen = ${bind}`,
      'pm = dynamic',
      'pm.max_children = 8',
      'pm.start_servers = 2',
      'pm.min_spare_servers = 1',
      'pm.max_spare_servers = 3',
      'clear_env = no',
      'catch_workers_output = yes',
    ]),
  ]
}

/** The blog's pool where it is not the one of the package, which is moved away then. */
export function blogPoolFile({ blogPool, blogSocket }: Layout): readonly LaidFile[] {
  if (blogPool === 'www') return []
  return [
    laid(`/etc/php/8.2/fpm/pool.d/${blogPool}.conf`, [
      `[${blogPool}]`,
      'user = www-data',
      'group = www-data',
      `listen = ${blogSocket}`,
      'listen.owner = www-data',
      'listen.group = www-data',
      'listen.mode = 0660',
      'pm = dynamic',
      'pm.max_children = 5',
      'pm.start_servers = 2',
      'pm.min_spare_servers = 1',
      'pm.max_spare_servers = 3',
    ]),
  ]
}
