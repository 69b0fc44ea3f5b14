import { describe, expect, it } from 'vitest'
import { model } from '../../src/nginx/config-model.ts'
import { parseConfig } from '../../src/nginx/config-parse.ts'
import { listenClashes } from '../../src/nginx/listen-clash.ts'

const path = '/etc/nginx/nginx.conf'

function ports(text: string): readonly (number | null)[] {
  return listenClashes(model(parseConfig(new Map([[path, text]]), path))).map(({ first }) => first.port)
}

describe('two sockets of one configuration', () => {
  it('exclude each other when one is for both families and one for IPv4', () => {
    expect(ports('http { server { listen 80; } server { listen [::]:80 ipv6only=off; } }')).toEqual([80])
  })

  it('stand side by side when each has a family of its own', () => {
    expect(ports('http { server { listen 80; listen [::]:80; } server { listen 127.0.0.1:80; } }')).toEqual([])
  })

  it('exclude each other when http and stream ask for the same port', () => {
    expect(
      ports('http { server { listen 443 ssl; } } stream { server { listen 0.0.0.0:443; proxy_pass a:1; } }'),
    ).toEqual([443])
  })

  it('are not judged when the kernel may share the port between them', () => {
    expect(
      ports('http { server { listen 443 reuseport; } } stream { server { listen 443 reuseport; proxy_pass a:1; } }'),
    ).toEqual([])
  })

  it('are no matter when one of them is for datagrams', () => {
    expect(ports('http { server { listen 443 ssl; } } stream { server { listen 443 udp; proxy_pass a:1; } }')).toEqual(
      [],
    )
  })
})
