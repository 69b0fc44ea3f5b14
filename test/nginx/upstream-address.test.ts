import { describe, expect, it } from 'vitest'
import { upstreamAddress } from '../../src/nginx/upstream-address.ts'

describe('the address in an upstream field', () => {
  it.each([
    ['http://127.0.0.1:8080/cart?a=b:9', { scheme: 'http', host: '127.0.0.1', port: 8080, unix: null }],
    ['https://[2001:db8::1]:443/', { scheme: 'https', host: '2001:db8::1', port: 443, unix: null }],
    ['http://pool/x', { scheme: 'http', host: 'pool', port: null, unix: null }],
    ['fastcgi://unix:/run/php/fpm.sock:', { scheme: 'fastcgi', host: null, port: null, unix: '/run/php/fpm.sock' }],
    ['http://unix:/run/app.sock:/base/', { scheme: 'http', host: null, port: null, unix: '/run/app.sock' }],
    ['uwsgi://unix:///tmp/uwsgi.sock:', { scheme: 'uwsgi', host: null, port: null, unix: '/tmp/uwsgi.sock' }],
    ['10.0.3.9:3306', { scheme: null, host: '10.0.3.9', port: 3306, unix: null }],
    ['db.internal:3306', { scheme: null, host: 'db.internal', port: 3306, unix: null }],
    ['unix:/run/a.sock', { scheme: null, host: null, port: null, unix: '/run/a.sock' }],
  ])('is read from %s', (text, expected) => {
    expect(upstreamAddress(text)).toEqual(expected)
  })

  it.each(['', '/', 'http:/192.0.2.66:80/', '"'])('is not made up from %j', (text) => {
    expect(upstreamAddress(text)).toBeNull()
  })
})
