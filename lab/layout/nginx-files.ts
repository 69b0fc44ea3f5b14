import { laid, type LaidFile } from './laid-file.ts'
import type { Layout } from './layout.ts'
import { hostLogs } from './logs.ts'
import { sites, type Site } from './nginx-servers.ts'

/** All of nginx's configuration that is not the package's. */
export function nginxFiles(layout: Layout): readonly LaidFile[] {
  const all = sites(layout).map((site) => indented(site, layout.indent))
  if (layout.files === 'single') return [laid('/etc/nginx/nginx.conf', singleFile(all, layout.indent))]
  return all.flatMap((site) => siteFiles(layout, site))
}

/** Where a site's server block stands, by the path that nginx includes. */
export function serverFile(layout: Layout, label: string, site: string): string {
  switch (layout.files) {
    case 'single':
      return '/etc/nginx/nginx.conf'
    case 'nested':
      return `/etc/nginx/tenants/${label}/server.conf`
    case 'conf.d':
      return `/etc/nginx/conf.d/${site}.conf`
    case 'links':
      return `/etc/nginx/sites-enabled/${site}`
    default: // sites
      return `/etc/nginx/sites-enabled/${layout.seed === null ? label : site}.conf`
  }
}

/** Where the backend's address stands: beside the server block, or in a file of its own. */
export function addressFile(layout: Layout): string {
  if (layout.files === 'nested' && layout.upstream !== null) return '/etc/nginx/tenants/shop/upstream.conf'
  return serverFile(layout, 'shop', layout.shopSite)
}

function siteFiles(layout: Layout, site: Site): readonly LaidFile[] {
  const path = serverFile(layout, site.label, site.name)
  const both = site.upstream.length === 0 ? site.server : [...site.upstream, '', ...site.server]
  if (layout.files === 'links') {
    const behind = `/etc/nginx/sites-available/${site.name}`
    return [laid(behind, both), { path, text: '', linkTo: behind }]
  }
  if (layout.files !== 'nested') return [laid(path, both)]
  const upstream =
    site.upstream.length === 0 ? [] : [laid(`/etc/nginx/tenants/${site.label}/upstream.conf`, site.upstream)]
  return [
    laid('/etc/nginx/conf.d/tenants.conf', ['include /etc/nginx/tenants/*/*.conf;']),
    ...upstream,
    laid(path, site.server),
  ]
}

/** One file for all, as it grows on a host that somebody set up by hand; the head is Debian's. */
function singleFile(all: readonly Site[], indent: string): readonly string[] {
  return [
    'user www-data;',
    'worker_processes auto;',
    'pid /run/nginx.pid;',
    `error_log ${hostLogs.error};`,
    'include /etc/nginx/modules-enabled/*.conf;',
    '',
    'events {',
    `${indent}worker_connections 768;`,
    '}',
    '',
    'http {',
    ...[
      'sendfile on;',
      'include /etc/nginx/mime.types;',
      'default_type application/octet-stream;',
      `access_log ${hostLogs.access};`,
    ].map((line) => `${indent}${line}`),
    ...all.flatMap((site) => [
      '',
      ...[...site.upstream, ...site.server].map((line) => (line === '' ? line : `${indent}${line}`)),
    ]),
    '}',
  ]
}

function indented(site: Site, indent: string): Site {
  const again = (line: string): string => line.replace(/^(?: {4})+/, (spaces) => indent.repeat(spaces.length / 4))
  return { ...site, upstream: site.upstream.map(again), server: site.server.map(again) }
}
