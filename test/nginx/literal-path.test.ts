import { describe, expect, it } from 'vitest'
import { model } from '../../src/nginx/config-model.ts'
import { parseConfig } from '../../src/nginx/config-parse.ts'
import { literalPath } from '../../src/nginx/literal-path.ts'

describe('literalPath', () => {
  it.each([
    ['location /shop/ { }', '/shop/'],
    ['location = /pay { }', '/pay'],
    ['location ~ ^/checkout { }', '/checkout'],
    ['location ~ ^/(checkout|pay)/ { }', '/checkout/'],
    ['location ~ ^/export\\.csv$ { }', '/export.csv'],
  ])('spells a path that %s serves', (written, path) => {
    expect(pathOf(written)).toBe(path)
  })

  it.each([
    'location ~ \\.php$ { }',
    'location ~ ^/reports/[0-9]+$ { }',
    'location ~ ^/(shop/)?cart { }',
    'location @app { }',
    'location ~ ^/pay { } location = /pay { }',
  ])('spells none where the location alone does not say one: %s', (written) => {
    expect(pathOf(written)).toBeNull()
  })
})

function pathOf(locations: string): string | null {
  const text = `http { server { listen 80; ${locations} } }`
  const [server] = model(parseConfig(new Map([['/etc/nginx/nginx.conf', text]]), '/etc/nginx/nginx.conf')).servers
  const [location] = server?.locations ?? []
  return server && location ? literalPath(server, location) : null
}
