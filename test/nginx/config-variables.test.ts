import { describe, expect, it } from 'vitest'
import { endpointsOf } from '../../src/nginx/config-endpoints.ts'
import { model } from '../../src/nginx/config-model.ts'
import { parseConfig } from '../../src/nginx/config-parse.ts'

function endpoints(text: string) {
  return endpointsOf(model(parseConfig(new Map([['/etc/nginx/nginx.conf', text]]), '/etc/nginx/nginx.conf')))
}

describe('a *_pass with a variable', () => {
  it('reaches the address that set gives it, and the place of that address is the set', () => {
    const found = endpoints(
      'http {\n server {\n  server_name a;\n  set $backend 127.0.0.1:8080;\n  location / {\n   proxy_pass http://$backend$request_uri;\n  }\n }\n}',
    )

    expect(found).toMatchObject([
      { address: '127.0.0.1:8080', line: 4, atRunTime: false, usedBy: [{ line: 6, serverNames: ['a'] }] },
    ])
  })

  it('asks for a name while nginx runs', () => {
    const found = endpoints('http { server { location / { set $app app.internal; proxy_pass http://$app:9000; } } }')

    expect(found).toMatchObject([{ address: 'app.internal:9000', atRunTime: true }])
  })

  it('may mean the name of an upstream block', () => {
    const found = endpoints(
      'http { upstream app { server 192.0.2.1:80; } server { set $to app; location / { proxy_pass http://$to; } } }',
    )

    expect(found).toMatchObject([{ address: '192.0.2.1:80', usedBy: [{ upstream: 'app' }] }])
  })

  it('reaches every value of a map', () => {
    const found = endpoints(
      'http { map $cookie_v $pool { default 127.0.0.1:1; b 127.0.0.1:2; } server { location / { proxy_pass http://$pool; } } }',
    )

    expect(found.map((each) => each.address)).toEqual(['127.0.0.1:1', '127.0.0.1:2'])
  })

  it('is not guessed when the request decides, nor taken from another server', () => {
    const found = endpoints(
      'http { server { set $b 127.0.0.1:1; } server { location / { proxy_pass http://$b; } location /h { proxy_pass http://$host; } } }',
    )

    expect(found).toEqual([])
  })
})
