import type { Layout, Neighbour } from './layout.ts'
import { protocolOf } from './kinds.ts'
import { logsOf } from './logs.ts'

/** One server block and what belongs beside it; lines are indented by four spaces, the layout's own indent comes later. */
export interface Site {
  /** Also the name of its file where sites have files of their own. */
  readonly label: string
  readonly name: string
  readonly upstream: readonly string[]
  readonly server: readonly string[]
}

export function roots({ seed, logs }: Layout): { readonly blog: string; readonly www: string; readonly shop: string } {
  const root = seed !== null && logs !== 'elsewhere' ? '/var/www' : '/srv'
  return { blog: `${root}/blog`, www: `${root}/www`, shop: `${root}/shop` }
}

/** The directive that leads to the shop's backend, as it stands in the location. */
export function shopPass(layout: Layout): string {
  const target = layout.upstream ?? layout.address
  const protocol = protocolOf(layout.kind)
  const scheme = { proxy: 'http://', grpc: 'grpc://', fastcgi: '', uwsgi: '' }[protocol]
  return `${protocol}_pass ${scheme}${target};`
}

export function sites(layout: Layout): readonly Site[] {
  return [shop(layout), blog(layout), www(layout), ...layout.neighbours.map((each) => neighbour(layout, each))]
}

function shop(layout: Layout): Site {
  const { upstream, address, shopSite, shopPath, title, unit } = layout
  return {
    label: 'shop',
    name: shopSite,
    upstream: upstream === null ? [] : [`# ${title}: ${unit}`, `upstream ${upstream} {`, `    server ${address};`, '}'],
    server: [
      'server {',
      ...listen(layout),
      ...logLines(layout, 'shop', shopSite),
      `    server_name ${shopSite};`,
      ...(shopPath === '/' ? [] : [`    root ${roots(layout).shop};`]),
      '',
      `    location ${shopPath} {`,
      ...passLines(layout),
      '    }',
      '}',
    ],
  }
}

function passLines(layout: Layout): readonly string[] {
  const pass = `        ${shopPass(layout)}`
  switch (protocolOf(layout.kind)) {
    case 'fastcgi':
      return [
        '        include fastcgi_params;',
        `        fastcgi_param SCRIPT_FILENAME ${layout.folder}/index.php;`,
        pass,
      ]
    case 'uwsgi':
      return ['        include uwsgi_params;', pass]
    case 'grpc':
      return [pass]
    default: // proxy
      return [
        pass,
        '        proxy_set_header Host $host;',
        '        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
      ]
  }
}

function blog(layout: Layout): Site {
  return {
    label: 'blog',
    name: layout.blogSite,
    upstream: [],
    server: [
      `# ${layout.blogSite}: PHP over the unix socket of php-fpm's pool ${layout.blogPool}.`,
      'server {',
      ...listen(layout),
      ...logLines(layout, 'blog', layout.blogSite),
      `    server_name ${layout.blogSite};`,
      `    root ${roots(layout).blog};`,
      '    index index.php;',
      '',
      '    location / {',
      '        try_files $uri /index.php$is_args$args;',
      '    }',
      '',
      '    location ~ \\.php$ {',
      '        include snippets/fastcgi-php.conf;',
      `        fastcgi_pass ${layout.blogSocket.startsWith('/') ? 'unix:' : ''}${layout.blogSocket};`,
      '    }',
      '}',
    ],
  }
}

function www(layout: Layout): Site {
  return {
    label: 'www',
    name: layout.wwwSite,
    upstream: [],
    server: [
      `# ${layout.wwwSite} and every name nobody else answers: plain files.`,
      'server {',
      '    listen 80 default_server;',
      '    listen [::]:80 default_server;',
      ...logLines(layout, 'www', layout.wwwSite),
      `    server_name ${layout.wwwSite} _;`,
      `    root ${roots(layout).www};`,
      '',
      '    location / {',
      '        try_files $uri $uri/ =404;',
      '    }',
      '}',
    ],
  }
}

function neighbour(layout: Layout, { site, port }: Neighbour): Site {
  const label = site.split('.')[0] ?? site
  return {
    label,
    name: site,
    upstream: [],
    server: [
      'server {',
      ...listen(layout),
      ...logLines(layout, label, site),
      `    server_name ${site};`,
      '',
      '    location / {',
      `        proxy_pass http://127.0.0.1:${port};`,
      '        proxy_set_header Host $host;',
      '    }',
      '}',
    ],
  }
}

function listen({ dualListen }: Layout): readonly string[] {
  return ['    listen 80;', ...(dualListen ? ['    listen [::]:80;'] : [])]
}

function logLines(layout: Layout, label: string, site: string): readonly string[] {
  const { error, access } = logsOf(layout, label, site)
  return [
    ...(access === null ? [] : [`    access_log ${access};`]),
    ...(error === null ? [] : [`    error_log ${error};`]),
  ]
}
