import { describe, expect, it } from 'vitest'
import { OwnNginxError, readOwnNginx } from '../../src/cli/sudoers-nginx.ts'
import { sudoersFor } from '../../src/cli/sudoers-text.ts'

describe('an nginx at a place of its own', () => {
  it('may be tested whole, by exactly the words that probes and actions use', () => {
    const ownNginx = [readOwnNginx('/opt/nginx/sbin/nginx -p /opt/nginx -c /opt/nginx/conf/nginx.conf')]
    const act = { user: 'medic-act', units: ['edge.service'], nginx: true }

    const file = sudoersFor({ user: 'medic', hosts: [{ name: 'web-1', act }], ownNginx })

    expect(file.match(/\/opt\/nginx\/sbin\/nginx -[tT] -[^,\n]*/g)).toEqual([
      '/opt/nginx/sbin/nginx -T -c /opt/nginx/conf/nginx.conf -p /opt/nginx',
      '/opt/nginx/sbin/nginx -t -c /opt/nginx/conf/nginx.conf -p /opt/nginx',
      '/opt/nginx/sbin/nginx -T -c /opt/nginx/conf/nginx.conf -p /opt/nginx',
    ])
  })

  it.each([
    'nginx -c /etc/nginx.conf',
    '/opt/nginx/sbin/nginx -c *',
    '/opt/nginx/sbin/nginx -s reload',
    '/opt/nginx/sbin/nginx -c',
    '/opt/../tmp/nginx',
    '/opt/nginx,/bin/sh',
  ])('is refused when it would be more than that: %s', (command) => {
    expect(() => readOwnNginx(command)).toThrow(OwnNginxError)
  })
})
