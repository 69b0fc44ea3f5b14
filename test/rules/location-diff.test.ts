import { describe, expect, it } from 'vitest'
import { model } from '../../src/nginx/config-model.ts'
import { parseConfig } from '../../src/nginx/config-parse.ts'
import type { Pass } from '../../src/nginx/config-passes.ts'
import type { ConfigOnDisk } from '../../src/probes/nginx-config.ts'
import { roomFor } from '../../src/rules/header-buffer.ts'
import { passDiff, settingsDiff } from '../../src/rules/location-diff.ts'
import { pathRewritesOf, rewritten } from '../../src/symptoms/path-rewrite.ts'

const path = '/etc/nginx/nginx.conf'

describe('settings in the block of a *_pass', () => {
  it('are changed where they stand, and added below the *_pass where they do not', () => {
    const { config, pass } = read('location / {\n    proxy_pass http://app:80;\n    proxy_buffer_size 1k; # small\n}')

    const diff = settingsDiff(config, pass, [
      { name: 'proxy_buffer_size', value: '8k' },
      { name: 'proxy_buffers', value: '8 8k' },
    ])

    expect(changes(diff)).toEqual([
      '-    proxy_buffer_size 1k; # small',
      '+    proxy_buffers 8 8k;',
      '+    proxy_buffer_size 8k; # small',
    ])
  })

  it('stay inside a block that is written on one line', () => {
    const { config, pass } = read('location / { proxy_pass http://app:80; }')

    expect(changes(settingsDiff(config, pass, [{ name: 'proxy_ssl_server_name', value: 'on' }]))).toEqual([
      '-location / { proxy_pass http://app:80; }',
      '+location / { proxy_pass http://app:80; proxy_ssl_server_name on; }',
    ])
  })

  it('tell directives of one name apart by their first argument', () => {
    const { config, pass } = read(
      'location / {\n    proxy_set_header Host $host;\n    proxy_set_header Connection close;\n    proxy_pass http://app:80;\n}',
    )

    expect(
      changes(settingsDiff(config, pass, [{ name: 'proxy_set_header', value: 'Connection ""', first: 'Connection' }])),
    ).toEqual(['-    proxy_set_header Connection close;', '+    proxy_set_header Connection "";'])
  })

  it('are no diff where the *_pass stands in an if', () => {
    const { config, pass } = read('location / {\n    if ($a) {\n        proxy_pass http://app:80;\n    }\n}')

    expect(settingsDiff(config, pass, [{ name: 'proxy_buffer_size', value: '8k' }])).toBeNull()
  })
})

describe('another *_pass', () => {
  it('takes the place of the old one with the directives it needs, indented alike', () => {
    const { config, pass } = read('location / {\n\tproxy_pass http://unix:/run/app.sock;\n}')

    expect(changes(passDiff(config, pass, ['include uwsgi_params;', 'uwsgi_pass unix:/run/app.sock;']))).toEqual([
      '-\tproxy_pass http://unix:/run/app.sock;',
      '+\tinclude uwsgi_params;',
      '+\tuwsgi_pass unix:/run/app.sock;',
    ])
  })
})

describe('room for a header', () => {
  it('raises all buffers as soon as the busy ones would not fit between them', () => {
    const { pass } = read('location / {\n    proxy_pass http://app:80;\n}')
    const buffer = { directive: 'proxy_buffer_size', bytes: 4096, text: '' }
    const use = { pass, file: path, line: pass.line, serverNames: [], location: '/', upstream: null }

    expect(roomFor(6000, use, buffer)).toEqual([{ name: 'proxy_buffer_size', value: '8k' }])
    expect(roomFor(12_000, use, buffer)).toEqual([
      { name: 'proxy_buffer_size', value: '16k' },
      { name: 'proxy_buffers', value: '8 16k' },
    ])
  })
})

describe('what proxy_pass makes of a path', () => {
  it.each([
    ['location /api/ { proxy_pass http://app:80; }', '/api/', '/', 'http://app:80/', false],
    ['location /api/ { proxy_pass http://app:80/; }', '/', '/api/', 'http://app:80', false],
    ['location /api/ { proxy_pass http://app:80/v1; }', '/v1', '/v1/', 'http://app:80/v1/', true],
    ['location /api { proxy_pass http://app:80/; }', '//', '/api', 'http://app:80', true],
    ['location /api/ { proxy_pass http://unix:/run/a.sock; }', '/api/', '/', 'http://unix:/run/a.sock:/', false],
  ])('%s', (text, mapped, other, otherPass, uneven) => {
    expect(pathRewritesOf(read(text).pass)[0]).toMatchObject({ mapped, other, otherPass, uneven })
  })

  it('is the slash at the end of the location too that may be missing', () => {
    expect(pathRewritesOf(read('location /api { proxy_pass http://app:80/; }').pass)[1]).toMatchObject({
      other: '/',
      otherPass: null,
      otherPrefix: '/api/',
    })
  })

  it('is the same for every request where the address is a variable', () => {
    const { pass } = read('location /api/ { proxy_pass http://$app/; }')
    const [rewrite] = pathRewritesOf(pass)

    expect(rewrite).toMatchObject({ mapped: '/', other: '/api/', otherPass: 'http://$app' })
    expect(rewrite && rewritten('/api/cart', rewrite, pass.uri)).toBe('/')
  })

  it('is nothing to doubt at the root, behind a regular expression, and with a variable alone', () => {
    for (const text of [
      'location / { proxy_pass http://app:80; }',
      'location ~ ^/api { proxy_pass http://app:80; }',
      'location /api/ { proxy_pass http://$app; }',
    ])
      expect(pathRewritesOf(read(text).pass)).toEqual([])
  })
})

function read(location: string): { readonly config: ConfigOnDisk; readonly pass: Pass } {
  const files = new Map([[path, `http {\nserver {\n${location}\n}\n}\n`]])
  const parsed = model(parseConfig(files, path))
  const [pass] = parsed.passes
  if (!pass) throw new Error('no *_pass in the text')
  const config = { main: path, test: { kind: 'passed' }, files, stats: [], dumpHash: null, dumped: true, model: parsed } as const
  return { config, pass }
}

function changes(diff: string | null): readonly string[] {
  return (diff ?? '').split('\n').filter((line) => /^[+-](?![+-]{2})/.test(line))
}
