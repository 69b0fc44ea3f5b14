import { describe, expect, it } from 'vitest'
import { model } from '../../src/nginx/config-model.ts'
import { parseConfig } from '../../src/nginx/config-parse.ts'
import { locationFor, pathOfPart } from '../../src/nginx/location-match.ts'

describe('locationFor', () => {
  it.each([
    ['/', '/'],
    ['/api/cart', '/api/'],
    ['/api/status', '/api/status'],
    ['/static/app.php', '/static/'],
    ['/index.php', '\\.php$'],
    ['/api/x.php', '\\.php$'],
  ])('takes for %s the location that nginx takes', (path, expected) => {
    const server = serverOf(`
      location / { }
      location /api/ { }
      location = /api/status { }
      location ^~ /static/ { }
      location ~ \\.php$ { }`)

    expect(locationFor(server, path)).toMatchObject({ known: true, location: { path: expected } })
  })

  it('looks into nested locations', () => {
    const server = serverOf('location /a/ { location /a/b/ { } }')

    expect(locationFor(server, '/a/b/c').location?.path).toBe('/a/b/')
  })

  it('does not guess what an expression of PCRE matches', () => {
    const server = serverOf('location / { } location ~ ^/(?<year>\\d++)/ { }')

    expect(locationFor(server, '/2026/')).toEqual({ location: null, known: false })
  })

  it('does not run an expression that could take for ever', () => {
    const server = serverOf('location ~ ^/(a+)+$ { }')

    expect(locationFor(server, `/${'a'.repeat(60)}!`)).toEqual({ location: null, known: false })
  })
})

function serverOf(locations: string) {
  const text = `http { server { listen 80; server_name shop; ${locations} } }`
  const [server] = model(parseConfig(new Map([['/etc/nginx/nginx.conf', text]]), '/etc/nginx/nginx.conf')).servers
  if (!server) throw new Error('no server')
  return server
}

describe('pathOfPart', () => {
  it.each([
    ['/search', '/search/'],
    ['/login', '/login'],
    ['/exact', '/exact'],
    ['/other', '/other'],
    [null, '/'],
  ])('takes the first part %s of a path for %s', (part, expected) => {
    const server = serverOf(`
      location / { }
      location /search/ { }
      location /login { }
      location = /exact { }
      location /exact/ { }`)

    expect(pathOfPart(server, part)).toBe(expected)
  })
})
