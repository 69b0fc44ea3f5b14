import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'

const healthy = await readSnapshot(fileURLToPath(new URL('../hosts/healthy', import.meta.url)))

/** The page that nginx itself gives for 404, and one of somebody else. */
const OWN = 153
const OTHER = 48

interface Asked {
  readonly part: string
  readonly status: number
  readonly count: number
  readonly passed?: number
  readonly bytes?: number
}

/** The recorded host, where 40 requests to / were served in the last ten minutes beside these; `site` in the log of www, and more configuration in it. */
function host(asked: readonly Asked[], configuration = '', errors = '', live = ''): Snapshot {
  const log = [
    '@log read /var/log/nginx/access.log',
    'fields status time_local request remote_addr body_bytes_sent',
    'oldest 5',
    'status 200 40',
    ...[403, 404].map(
      (of) => `status ${of} ${asked.reduce((sum, { status, count }) => sum + (status === of ? count : 0), 0)}`,
    ),
    'good 0',
    ...asked.map(({ part, status, count }) => `answer ${count} 90 1 0 0 ${status} - ${part}`),
    'seen 40 40 - /',
    ...asked.map(({ part, count, passed = 0 }) => `seen ${count + passed} ${passed} - ${part}`),
    ...asked.flatMap(({ part, status, count, bytes = OWN }) =>
      status === 404 ? [`body ${count} ${bytes} ${status} - ${part}`] : [],
    ),
    'oldest 601\n',
  ].join('\n')
  const change: Readonly<Record<string, (text: string) => string>> = {
    'access-log': () => log,
    'nginx-config': (text) => text.replace(/(server_name www\.example\.com[^;]*;)/, `$1\n${configuration}`),
    ...(errors !== '' && { 'error-log': () => errors }),
    ...(live !== '' && { 'live-requests': (text: string) => text.replace(/^@live 2 0 200 -/m, live) }),
  }
  const captures = healthy.captures.map((each) => {
    const says = change[each.capture.probe]
    return says ? { ...each, capture: { ...each.capture, stdout: says(each.capture.stdout) } } : each
  })
  return { ...healthy, captures }
}

const many = { status: 404, count: 20 }

describe('places that nginx itself does not find', () => {
  it.each([
    [
      'several that nobody gets',
      host([
        { part: '/invoices', ...many },
        { part: '/account', ...many },
      ]),
      '40 of 80 requests are answered 404 by nginx itself, for /invoices, /account',
    ],
    [
      'one that the configuration has a location for',
      host([{ part: '/static', ...many }], 'location /static/ { expires 7d; }'),
      '20 of 20 requests to /static are answered 404 by nginx itself',
    ],
    [
      'one with an alias without its slash, which was right before',
      host([{ part: '/static', ...many, passed: 15 }], 'location /static/ { alias /srv/office/static; }'),
      'has no slash at its end',
    ],
    [
      'pictures that few pages may show',
      host(
        [{ part: '/lamp.jpg', status: 403, count: 40 }],
        'location ~ \\.jpg$ { valid_referers server_names; if ($invalid_referer) { return 403; } }',
      ),
      'where it counts which page shows it',
    ],
  ])('keep a host from being called healthy: %s', (_what, snapshot, told) => {
    const diagnosis = replaySnapshot(snapshot)

    expect(diagnosis.verdict).toBe('undetermined')
    expect(diagnosis.headline).toContain(told)
  })

  it.each([
    [
      'what scanners and crawlers ask everybody for',
      host([
        { part: '/wp-login.php', ...many },
        { part: '/.env', ...many },
        { part: '/robots.txt', ...many },
        { part: '/favicon.ico', ...many },
      ]),
    ],
    [
      'many things once or twice',
      host(Array.from({ length: 30 }, (_, n) => ({ part: `/old${n}`, status: 404, count: 2 }))),
    ],
    ['one thing that the configuration does not know', host([{ part: '/feed', ...many }])],
    [
      'what the application does not have',
      host([
        { part: '/invoices', ...many, bytes: OTHER },
        { part: '/account', ...many, bytes: OTHER },
      ]),
    ],
    [
      'what others get',
      host([
        { part: '/invoices', ...many, passed: 20 },
        { part: '/account', ...many, passed: 20 },
      ]),
    ],
    ['a place that is shut', host([{ part: '/private', status: 403, count: 20 }], 'location /private/ { deny all; }')],
  ])('are no reason to doubt a host: %s', (_what, snapshot) => {
    expect(replaySnapshot(snapshot).verdict).toBe('healthy')
  })
})

describe('a folder without an index', () => {
  const line =
    '[error] 112#112: *9 directory index of "FOLDER" is forbidden, client: 127.0.0.1, server: www.example.com, request: "GET / HTTP/1.1", host: "www.example.com"'
  const stamp = '2026/11/21 15:49:56'
  const errors = (count: number, folder = '/srv/www/'): string =>
    `@log read 900 1795276196 0 /var/log/nginx/error.log\n@group ${count} ${count} ${stamp} ${stamp}\n${stamp} ${line.replace('FOLDER', folder)}\n@other 0\n@tail\n`

  it('refuses the first page of a site to everybody', () => {
    const diagnosis = replaySnapshot(host([], '', errors(30), '@live 2 0 403 n'))

    expect(diagnosis.verdict).toBe('undetermined')
    expect(diagnosis.headline).toContain('www.example.com/ is answered 403, 30 times in ten minutes')
  })

  it.each([
    ['a few asked', host([], '', errors(5), '@live 2 0 403 n')],
    ['the first page is there', host([], '', errors(30))],
    ['another folder is meant', host([], '', errors(30, '/srv/www/pictures/'), '@live 2 0 403 n')],
  ])('is no reason to doubt where %s', (_why, snapshot) => {
    expect(replaySnapshot(snapshot).verdict).toBe('healthy')
  })
})
