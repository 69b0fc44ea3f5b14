import { describe, expect, it } from 'vitest'
import { loopFrom } from '../../src/nginx/config-loop.ts'
import { model } from '../../src/nginx/config-model.ts'
import { parseConfig } from '../../src/nginx/config-parse.ts'

const path = '/etc/nginx/nginx.conf'

function loop(text: string) {
  const read = model(parseConfig(new Map([[path, `http { ${text} }`]]), path))
  const [first] = read.passes
  return first ? loopFrom(first, read, (host) => host.startsWith('127.')) : null
}

describe('a request that nginx passes to itself', () => {
  it('loops when the same server and location take it again', () => {
    const found = loop(
      'server { listen 80; server_name a; location / { proxy_pass http://127.0.0.1; proxy_set_header Host $host; } }',
    )

    expect(found).toMatchObject({ unsure: false, hops: [{ path: '/' }] })
  })

  it('loops through a second server that sends it back', () => {
    const found = loop(
      'server { listen 80; server_name a; location / { proxy_pass http://127.0.0.1:81; } } server { listen 81; location / { proxy_pass http://127.0.0.1:80; proxy_set_header Host a; } }',
    )

    expect(found?.hops).toHaveLength(2)
  })

  it('loops through an upstream block', () => {
    expect(
      loop('upstream me { server 127.0.0.1; } server { listen 80; location / { proxy_pass http://me; } }'),
    ).not.toBeNull()
  })

  it('ends at a server of files, at another name and at another location', () => {
    expect(
      loop(
        'server { listen 80; server_name a; location / { proxy_pass http://127.0.0.1:81; } } server { listen 81; root /srv; }',
      ),
    ).toBeNull()
    expect(
      loop(
        'server { listen 80; server_name a; location / { proxy_pass http://127.0.0.1; proxy_set_header Host b; } } server { listen 80; server_name b; }',
      ),
    ).toBeNull()
    expect(
      loop('server { listen 80; location /x/ { proxy_pass http://127.0.0.1/y/; } location /y/ { root /srv; } }'),
    ).toBeNull()
  })

  it('is not there when the address is somebody else', () => {
    expect(loop('server { listen 80; location / { proxy_pass http://10.0.0.1; } }')).toBeNull()
  })

  it('is not sure where a regular expression may take the request', () => {
    const found = loop('server { listen 80; location / { proxy_pass http://127.0.0.1; } location ~ x { root /srv; } }')

    expect(found?.unsure).toBe(true)
  })
})
