import { describe, expect, it } from 'vitest'
import { endpointsOf } from '../../src/nginx/config-endpoints.ts'
import { model, type ConfigModel } from '../../src/nginx/config-model.ts'
import { parseConfig } from '../../src/nginx/config-parse.ts'
import { allInForce, inForce } from '../../src/nginx/config-scope.ts'

const main = '/etc/nginx/nginx.conf'

function read(text: string): ConfigModel {
  const config = parseConfig(new Map([[main, text]]), main)
  if (config.errors.length > 0) throw new Error(JSON.stringify(config.errors))
  return model(config)
}

const shop = `user www-data;
error_log /var/log/nginx/error.log warn;
pid run/nginx.pid;
events { worker_connections 1024; }
http {
  resolver 10.0.0.2 [::1]:5353 valid=10s;
  proxy_read_timeout 30s;
  proxy_set_header Host $host;
  access_log /var/log/nginx/access.log main;
  map $http_upgrade $connection_upgrade { default upgrade; server x; }
  upstream app {
    zone app 64k;
    least_conn;
    server 127.0.0.1:8080 max_fails=3 fail_timeout=30s;
    server app-2.internal backup;
    server unix:/run/app.sock down;
    keepalive 16;
  }
  server {
    listen 80 default_server;
    listen [::]:443 ssl http2 proxy_protocol;
    server_name shop.example.com www.shop.example.com;
    ssl_certificate certs/shop.pem;
    ssl_certificate_key /etc/ssl/shop.key;
    error_log syslog:server=unix:/dev/log info;
    location / {
      proxy_pass http://APP;
      proxy_read_timeout 5s;
      if (-f /srv/maintenance) { return 503; }
    }
    location = /old { proxy_pass https://192.0.2.7/v1/; proxy_set_header X-Old 1; }
    location ~ \\.php$ { fastcgi_pass unix:/run/php/fpm.sock; }
    location /grpc { grpc_pass grpcs://[2001:db8::1]; }
    location @late { proxy_pass http://$late:8081; }
    location /off { access_log off; uwsgi_pass uwsgi://127.0.0.1:3031; }
  }
  server { server_name bare.example; location / { proxy_pass http://unix:/run/app.sock:/base/; } }
}
stream {
  upstream app { server 10.0.3.9:3306; }
  server { listen 3306; proxy_pass app; }
  server { listen 127.0.0.1:5353 udp; proxy_pass 10.0.0.2:53; }
}
`

describe('the model of a configuration', () => {
  const shopModel = read(shop)

  it('knows user, pid file, connections and resolvers', () => {
    expect(shopModel).toMatchObject({ user: 'www-data', pidPath: '/etc/nginx/run/nginx.pid', workerConnections: 1024 })
    expect(shopModel.resolvers).toEqual([{ addresses: ['10.0.0.2', '[::1]:5353'], file: main, line: 6 }])
  })

  it('knows the peers of an upstream with what is said of each', () => {
    const app = shopModel.upstreams.find(({ protocol }) => protocol === 'http')

    expect(app).toMatchObject({ name: 'app', keepalive: 16, zone: 'app', method: 'least_conn', file: main, line: 11 })
    expect(app?.peers).toMatchObject([
      { host: '127.0.0.1', port: 8080, maxFails: 3, failTimeoutSeconds: 30, down: false, line: 14 },
      { host: 'app-2.internal', port: 80, backup: true, maxFails: 1, failTimeoutSeconds: 10 },
      { unix: '/run/app.sock', port: null, down: true },
    ])
  })

  it('knows what each server listens on', () => {
    const [first, second] = shopModel.servers

    expect(first?.listens).toMatchObject([
      { host: '*', port: 80, defaultServer: true, ssl: false, line: 20 },
      { host: '::', port: 443, ssl: true, proxyProtocol: true },
    ])
    expect(second?.listens).toMatchObject([{ host: '*', port: 80, file: null, line: null }])
    expect(shopModel.servers.at(-1)?.listens).toMatchObject([{ host: '127.0.0.1', port: 5353, udp: true }])
  })

  it('knows the locations of each server', () => {
    expect(shopModel.servers[0]?.locations.map(({ modifier, path }) => [modifier, path])).toEqual([
      ['', '/'],
      ['=', '/old'],
      ['~', '\\.php$'],
      ['', '/grpc'],
      ['@', '@late'],
      ['', '/off'],
    ])
  })

  it('knows where every pass leads', () => {
    expect(shopModel.passes.map(({ protocol, scheme, uri, target }) => [protocol, scheme, uri, target])).toEqual([
      ['proxy', 'http', null, { kind: 'upstream', name: 'app' }],
      ['proxy', 'https', '/v1/', { kind: 'address', host: '192.0.2.7', port: 443 }],
      ['fastcgi', null, null, { kind: 'unix', path: '/run/php/fpm.sock' }],
      ['grpc', 'grpcs', null, { kind: 'address', host: '2001:db8::1', port: 443 }],
      ['proxy', 'http', null, { kind: 'variable', text: 'http://$late:8081' }],
      ['uwsgi', 'uwsgi', null, { kind: 'address', host: '127.0.0.1', port: 3031 }],
      ['proxy', 'http', '/base/', { kind: 'unix', path: '/run/app.sock' }],
      ['stream', null, null, { kind: 'upstream', name: 'app' }],
      ['stream', null, null, { kind: 'address', host: '10.0.0.2', port: 53 }],
    ])
  })

  it('says which directive is in force, and where it is written', () => {
    const [root, old] = shopModel.passes

    expect(root && inForce(root.scope, 'proxy_read_timeout')).toMatchObject({ value: '5s', line: 28 })
    expect(old && inForce(old.scope, 'proxy_read_timeout')).toMatchObject({ value: '30s', line: 7 })
    expect(old && inForce(old.scope, 'proxy_connect_timeout')).toEqual({
      args: ['60s'],
      value: '60s',
      file: null,
      line: null,
    })
    expect(old && inForce(old.scope, 'proxy_cookie_path')).toBeNull()
  })

  it('inherits lists as nginx does: one written inside hides those outside', () => {
    const [root, old] = shopModel.passes

    expect(root && allInForce(root.scope, 'proxy_set_header').map(({ value }) => value)).toEqual(['Host $host'])
    expect(old && allInForce(old.scope, 'proxy_set_header').map(({ value }) => value)).toEqual(['X-Old 1'])
  })

  it('knows the logs in use', () => {
    expect(shopModel.errorLogs).toMatchObject([
      { target: { kind: 'file', path: '/var/log/nginx/error.log' }, level: 'warn', serverNames: [] },
      {
        target: { kind: 'syslog', text: 'server=unix:/dev/log' },
        level: 'info',
        serverNames: ['shop.example.com', 'www.shop.example.com'],
      },
    ])
    expect(shopModel.accessLogs).toMatchObject([
      { target: { kind: 'file', path: '/var/log/nginx/access.log' }, format: 'main' },
      { target: { kind: 'off' } },
    ])
  })

  it('knows the certificates and the errors it answers itself', () => {
    expect(shopModel.certificates).toMatchObject([
      {
        kind: 'certificate',
        path: '/etc/nginx/certs/shop.pem',
        serverNames: ['shop.example.com', 'www.shop.example.com'],
      },
      { kind: 'key', path: '/etc/ssl/shop.key' },
    ])
    expect(shopModel.returns5xx).toMatchObject([
      { code: 503, condition: '(-f /srv/maintenance)', location: '/', line: 29 },
    ])
  })

  it('names the logs that nginx writes without being told to', () => {
    const bare = read('http { server { server_name a; } }')

    expect(bare.errorLogs).toMatchObject([{ target: { kind: 'file', path: '/var/log/nginx/error.log' }, file: null }])
    expect(bare.accessLogs).toMatchObject([
      { target: { kind: 'file', path: '/var/log/nginx/access.log' }, serverNames: ['a'] },
    ])
  })
})

describe('the endpoints of a configuration', () => {
  it('are each named once, with everything that uses them', () => {
    const endpoints = endpointsOf(read(shop))

    expect(
      endpoints.map(({ address, down, usedBy }) => [
        address,
        down,
        usedBy.map(({ location, upstream }) => [location, upstream]),
      ]),
    ).toEqual([
      ['127.0.0.1:8080', false, [['/', 'app']]],
      ['app-2.internal:80', false, [['/', 'app']]],
      [
        'unix:/run/app.sock',
        false,
        [
          ['/', 'app'],
          ['/', null],
        ],
      ],
      ['10.0.3.9:3306', false, [[null, 'app']]],
      ['192.0.2.7:443', false, [['/old', null]]],
      ['unix:/run/php/fpm.sock', false, [['\\.php$', null]]],
      ['[2001:db8::1]:443', false, [['/grpc', null]]],
      ['127.0.0.1:3031', false, [['/off', null]]],
      ['10.0.0.2:53', false, [[null, null]]],
    ])
  })

  it('point at the line where the address is written and at the pass that uses it', () => {
    const [first] = endpointsOf(read(shop))

    expect(first).toMatchObject({
      file: main,
      line: 14,
      usedBy: [{ file: main, line: 27, serverNames: ['shop.example.com', 'www.shop.example.com'] }],
    })
  })

  it('are marked down when every mention is', () => {
    expect(endpointsOf(read('http { upstream a { server 192.0.2.1 down; } }'))).toMatchObject([
      { address: '192.0.2.1:80', down: true, usedBy: [] },
    ])
  })
})
