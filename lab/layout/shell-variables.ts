import { backendCommand, settingsFile, socketUnit } from './backend.ts'
import { fpmConfig } from './php-fpm.ts'
import type { Layout } from './layout.ts'
import { protocolOf } from './kinds.ts'
import { hostLogs, logsOf } from './logs.ts'
import { addressFile, serverFile } from './nginx-files.ts'
import { roots, shopPass } from './nginx-servers.ts'

/** What the scripts of faults know of a host; README.md explains each name. */
export function shellVariables(layout: Layout): Readonly<Record<string, string>> {
  const { shopSite, blogSite, wwwSite } = layout
  const logs = logsOf(layout, 'shop', shopSite)
  const root = roots(layout)
  return {
    SHOP_SITE: shopSite,
    SHOP_PATH: layout.shopPath,
    SHOP_CONF: serverFile(layout, 'shop', shopSite),
    SHOP_UPSTREAM_CONF: addressFile(layout),
    SHOP_UPSTREAM: layout.upstream ?? '',
    SHOP_PASS: shopPass(layout),
    SHOP_PROTOCOL: protocolOf(layout.kind),
    SHOP_KIND: layout.kind,
    SHOP_UNIT: layout.unit,
    SHOP_SOCKET_UNIT: layout.kind === 'socket-activated' ? socketUnit(layout) : '',
    SHOP_APP: layout.application,
    SHOP_USER: layout.user,
    SHOP_DIR: layout.folder,
    SHOP_ADDRESS: layout.address,
    SHOP_BIND: layout.bind,
    SHOP_PORT: layout.port === null ? '' : String(layout.port),
    SHOP_EXEC: backendCommand(layout),
    SHOP_SETTINGS: settingsFile(layout),
    SHOP_FPM_CONF: layout.kind === 'php-tcp' ? fpmConfig(layout) : '',
    SECOND_UNIT: secondUnit(layout),
    SECOND_ADDRESS: `127.0.0.1:${layout.sparePorts[1]}`,
    REMOTE_ADDRESS: `10.88.0.2:${layout.port ?? ''}`,
    SPARE_PORT: String(layout.sparePorts[0]),
    SPARE_PORT2: String(layout.sparePorts[1]),
    BLOG_SITE: blogSite,
    BLOG_CONF: serverFile(layout, 'blog', blogSite),
    BLOG_SOCK: layout.blogSocket,
    BLOG_UNIT: 'php8.2-fpm.service',
    BLOG_POOL_CONF: `/etc/php/8.2/fpm/pool.d/${layout.blogPool}.conf`,
    BLOG_DIR: root.blog,
    WWW_SITE: wwwSite,
    WWW_CONF: serverFile(layout, 'www', wwwSite),
    WWW_DIR: root.www,
    ERROR_LOG: logs.error ?? hostLogs.error,
    ACCESS_LOG: logs.access ?? hostLogs.access,
    BLOG_ERROR_LOG: logsOf(layout, 'blog', blogSite).error ?? hostLogs.error,
    INDENT: layout.indent,
  }
}

/** What `second_checkout` starts. */
export function secondUnit({ kind, unit, sparePorts }: Layout): string {
  return kind === 'template' ? unit.replace(/@\d+/, `@${sparePorts[1]}`) : unit.replace(/\.service$/, '-b.service')
}

/** As a file for a shell to read. */
export function shellText(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name}='${value.replaceAll("'", String.raw`'\''`)}'`)
  return `${lines.join('\n')}\n`
}
