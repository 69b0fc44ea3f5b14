import { describe, expect, it } from 'vitest'
import { differences } from '../../src/history/differences.ts'
import type { HostDigest } from '../../src/history/host-digest.ts'

const lines = ['server {', '  listen 80;', '  location / {', '    proxy_pass http://127.0.0.1:8080;', '  }', '}']
const healthy: HostDigest = {
  host: 'web-1',
  collectedAt: '2026-11-20T03:00:00Z',
  rights: { owners: true, dumped: true },
  nginx: 'nginx/1.22.1',
  units: { 'checkout-api.service': { state: 'active (running)', start: '/usr/bin/python3 /srv/app.py --port 8080' } },
  listeners: [
    { at: '0.0.0.0:80', by: 'nginx' },
    { at: '127.0.0.1:8080', by: 'python3' },
  ],
  files: { '/etc/nginx/conf.d/shop.conf': { hash: 'a', lines } },
  certificates: { '127.0.0.1:443|shop.example.com': Date.parse('2026-12-01T00:00:00Z') },
}

function file(changed: readonly string[] | null): Pick<HostDigest, 'files'> {
  return { files: { '/etc/nginx/conf.d/shop.conf': { hash: 'b', lines: changed } } }
}

describe('two looks at one host', () => {
  it('do not differ when nothing did', () => {
    expect(differences(healthy, { ...healthy, collectedAt: '2026-11-21T03:00:00Z' })).toEqual([])
  })

  it.each<[string, Partial<HostDigest>, readonly string[]]>([
    [
      'a unit that failed and its listener',
      {
        units: {
          'checkout-api.service': {
            state: 'failed (failed)',
            start: healthy.units?.['checkout-api.service']?.start ?? '',
          },
        },
        listeners: [{ at: '0.0.0.0:80', by: 'nginx' }],
      },
      [
        'checkout-api.service was active (running), is failed (failed)',
        'nothing listens on 127.0.0.1:8080 any more (python3)',
      ],
    ],
    [
      'a listener that moved',
      {
        listeners: [
          { at: '0.0.0.0:80', by: 'nginx' },
          { at: '127.0.0.1:8081', by: 'python3' },
        ],
      },
      ['nothing listens on 127.0.0.1:8080 any more (python3)', 'something listens on 127.0.0.1:8081 now (python3)'],
    ],
    [
      'another program on the port',
      {
        listeners: [
          { at: '0.0.0.0:80', by: 'apache2' },
          { at: '127.0.0.1:8080', by: '' },
        ],
      },
      ['0.0.0.0:80 was held by nginx, is held by apache2'],
    ],
    [
      'a changed line',
      file(lines.with(3, '    proxy_pass http://127.0.0.1:9090;')),
      [
        '/etc/nginx/conf.d/shop.conf: line 4 was "proxy_pass http://127.0.0.1:8080;", is "proxy_pass http://127.0.0.1:9090;"',
      ],
    ],
    [
      'a line more and a line less',
      file(['server {', '  listen 80;', '  listen 81;', '  location / {', '  }', '}']),
      [
        '/etc/nginx/conf.d/shop.conf: line 3 is new: "listen 81;"',
        '/etc/nginx/conf.d/shop.conf: gone before line 5: "proxy_pass http://127.0.0.1:8080;"',
      ],
    ],
    ['only blanks', file(lines.map((line) => `  ${line}`)), []],
    ['a file too large to keep', file(null), ['/etc/nginx/conf.d/shop.conf changed']],
    ['a file that is gone', { files: {} }, ['/etc/nginx/conf.d/shop.conf is not part of the configuration any more']],
    [
      'a certificate that was replaced',
      { certificates: { '127.0.0.1:443|shop.example.com': Date.parse('2027-03-01T00:00:00Z') } },
      [
        'the certificate at 127.0.0.1:443 for shop.example.com was replaced: it ended on 2026-12-01, it ends on 2027-03-01',
      ],
    ],
    ['another version', { nginx: 'nginx/1.28.0' }, ['nginx was nginx/1.22.1, is nginx/1.28.0']],
  ])('tell %s', (_what, change, told) => {
    expect(differences(healthy, { ...healthy, ...change })).toEqual(told)
  })

  it('compare nothing that one of them could not see', () => {
    const blind: HostDigest = { ...healthy, nginx: null, units: null, listeners: null, files: null, certificates: null }

    expect([differences(healthy, blind), differences(blind, healthy)]).toEqual([[], []])
  })

  it('take nothing for gone that the user of the second look may not see', () => {
    const lessRights: HostDigest = { ...healthy, rights: { owners: false, dumped: false }, units: {}, files: {} }

    expect([differences(healthy, lessRights), differences(lessRights, healthy)]).toEqual([[], []])
  })

  it('say how many more there are when everything differs', () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`/etc/nginx/${index}.conf`, { hash: 'c', lines: ['x;'] }]),
    )

    const told = differences(healthy, { ...healthy, files: { ...healthy.files, ...many } })

    expect(told).toHaveLength(7)
    expect(told.at(-1)).toBe('and 34 more of that kind')
  })

  it('come to an end with two unlike files of a hundred thousand lines', () => {
    const [one, two] = ['a', 'b'].map((word) => Array.from({ length: 100_000 }, (_, index) => `${word}${index};`))

    const told = differences(
      { ...healthy, ...file(one ?? []) },
      { ...healthy, files: { '/etc/nginx/conf.d/shop.conf': { hash: 'c', lines: two ?? [] } } },
    )

    expect(told).toEqual(['/etc/nginx/conf.d/shop.conf: most of its lines changed'])
  })
})
