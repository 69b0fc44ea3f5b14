import { expect, test } from 'vitest'
import { mapLabels } from '../../src/alerts/map-labels.ts'
import { mapRuleSchema } from '../../src/alerts/map-rule.ts'
import { whyUnmapped } from '../../src/alerts/why-unmapped.ts'
import { inventory } from './bench-of-intake.ts'

function map(labels: Readonly<Record<string, string>>, rules: readonly object[] = []) {
  return mapLabels(
    labels,
    inventory,
    rules.map((rule) => mapRuleSchema.parse(rule)),
  )
}

test.each([
  [{ instance: 'web-1:9113' }, ['web-1']],
  [{ instance: 'WEB-1' }, ['web-1']],
  [{ host: 'web-3' }, ['web-3']],
  [{ hostname: 'web-3.' }, ['web-3']],
  [{ nodename: 'web-2' }, ['web-2']],
  [{ node: 'web-2' }, ['web-2']],
  [{ target: 'web-2:22' }, ['web-2']],
  [{ instance: '192.0.2.11:9113' }, ['web-1']],
  [{ instance: '10.0.3.1' }, ['web-1']],
  [{ instance: 'web-3.internal:9100' }, ['web-3']],
  [{ instance: '[2001:DB8:0::1]:9100' }, ['web-1']],
  [{ instance: 'http://192.0.2.12/stub_status' }, ['web-2']],
  [{ instance: 'exporter-7:9113', host: 'web-1' }, ['web-1']],
  [{ instance: 'web-1:9113', nodename: 'web-1' }, ['web-1']],
])('%j is about %j', (labels, hosts) => {
  expect(map(labels)).toMatchObject({ ok: true, hosts })
  expect(map(labels)).not.toHaveProperty('site')
})

test.each([
  [{ instance: 'https://shop.example.com/cart?id=1#top' }, ['web-1', 'web-2'], 'shop.example.com', '/cart'],
  [{ target: 'https://shop.example.com:8443' }, ['web-1', 'web-2'], 'shop.example.com', '/'],
  [{ url: 'http://user:word@shop.example.com/' }, ['web-1', 'web-2'], 'shop.example.com', '/'],
  [{ site: 'SHOP.example.com' }, ['web-1', 'web-2'], 'shop.example.com', '/'],
  [{ host: 'img.cdn.example.com' }, ['web-2'], 'img.cdn.example.com', '/'],
  [{ instance: 'web-1:9913', host: 'shop.example.com' }, ['web-1'], 'shop.example.com', '/'],
  [{ url: `https://shop.example.com/${'x'.repeat(300)}` }, ['web-1', 'web-2'], 'shop.example.com', '/'],
  [{ url: 'https://shop.example.com/\u202eevil' }, ['web-1', 'web-2'], 'shop.example.com', '/'],
])('%j is about the site that %j serve', (labels, hosts, serverName, path) => {
  expect(map(labels)).toMatchObject({ ok: true, hosts, site: { serverName, path } })
})

test.each([
  [{}, /^none of the labels instance, .* is there/],
  [{ instance: 'db-7:9187' }, /^instance=db-7:9187: no host has that name$/],
  [{ instance: 'web-1.prod.example.com:9113' }, /no host has that name; nearest web-1/],
  [{ url: 'https://shop.example.org/' }, /no host serves that site; nearest shop\.example\.com/],
  [{ instance: '169.254.169.254:80' }, /no host has that name/],
  [{ instance: 'localhost:9113' }, /whichever machine the sender is/],
  [{ instance: '127.0.0.1:9113' }, /whichever machine the sender is/],
  [{ instance: '[::1]:9113' }, /whichever machine the sender is/],
  [{ instance: '-oProxyCommand=reboot' }, /no name of a host or a site/],
  [{ instance: 'web-1;reboot' }, /no name of a host or a site/],
  [{ instance: `web-1${' '.repeat(600)}` }, /no name of a host or a site/],
  [{ instance: '*.cdn.example.com' }, /no name of a host or a site/],
  [{ instance: 'x\u0007\n<!channel>' }, /^instance=x\?\?<!channel>: /],
  [{ instance: '__proto__' }, /no host has that name/],
])('%j is about nothing here, and it is said why', (labels, because) => {
  const mapping = map(labels)

  expect(mapping).toMatchObject({ ok: false, why: 'nothing' })
  expect(mapping.ok ? '' : whyUnmapped(mapping, labels, inventory)).toMatch(because)
})

test.each([
  [
    { server: 'web-1:9113' },
    /is there, and no rule fits; server=web-1:9113 names web-1: a rule for "server" would find it$/,
  ],
  [
    { job: 'nginx', vhost: 'https://shop.example.com/cart' },
    /; vhost=\S+ names shop\.example\.com: a rule for "vhost" would/,
  ],
  [
    { instance: 'localhost:9113', exported_instance: '10.0.3.1:9113' },
    /the sender is; exported_instance=10\.0\.3\.1:9113 names/,
  ],
  [
    { instance: 'ip-10-1-2-3:9113', server: 'web-2' },
    /no host has that name(?:; nearest .*)?; server=web-2 names web-2/,
  ],
  [{ cluster: 'prod', pod: 'nginx-abc' }, /and no rule fits; it has cluster, pod$/],
  [Object.fromEntries('abcdefgh'.split('').map((label) => [label, 'x'])), /; it has a, b, c, d, e, f and 2 more$/],
  [{ 'x\u0007<!channel>': 'y' }, /; it has x\?<!channel>$/],
])('%j is about nothing, and what a rule could read is said', (labels, because) => {
  const mapping = map(labels)

  expect(mapping).toMatchObject({ ok: false, why: 'nothing' })
  expect(mapping.ok ? '' : whyUnmapped(mapping, labels, inventory)).toMatch(because)
})

test.each([
  [{ instance: 'web-1:9113', host: 'web-2' }, /^instance=web-1:9113 is web-1, host=web-2 is web-2$/],
  [{ instance: '10.0.3.9:9113' }, /2 hosts have that address: web-3, web-4/],
  [{ instance: 'web-3:9115', target: 'https://shop.example.com/' }, /is web-3, target=.* is web-1, web-2/],
  [{ target: 'https://shop.example.com/', site: 'img.cdn.example.com' }, /is web-1, web-2, site=/],
])('%j could be several, and so is nothing', (labels, because) => {
  expect(map(labels)).toMatchObject({ ok: false, why: 'ambiguous', because: expect.stringMatching(because) })
})

test('labels that an object inherits are none', () => {
  const labels: Record<string, string> = Object.create({ instance: 'web-1' })

  expect(map(labels)).toMatchObject({ ok: false })
})

test.each([
  [
    { label: 'instance', regex: '([a-z0-9-]+)\\.prod(\\..*)?(:\\d+)?', host: '$1' },
    { instance: 'web-1.prod.example.com:9113' },
    ['web-1'],
  ],
  [{ label: 'pod', regex: 'shop-.*', host: 'web-3' }, { pod: 'shop-7f9' }, ['web-3']],
  [{ label: 'service', site: '${0}.example.com' }, { service: 'shop' }, ['web-1', 'web-2']],
  [{ label: 'title', regex: '.*\\bon (web-\\d+)\\b.*', host: '$1' }, { title: 'nginx on web-2 is down' }, ['web-2']],
])('the rule %j maps %j to %j', (rule, labels, hosts) => {
  expect(map(labels, [rule])).toMatchObject({ ok: true, hosts })
})

test('a rule decides against the usual labels, the first that names something known', () => {
  const rules = [
    { label: 'shard', host: 'nobody-$0' },
    { label: 'shard', host: 'web-$0' },
    { label: 'shard', host: 'web-1' },
  ]

  expect(map({ instance: 'web-1:9113', shard: '3' }, rules)).toMatchObject({ ok: true, hosts: ['web-3'] })
})

test('a rule must fit the whole value', () => {
  expect(map({ pod: 'my-shop-1' }, [{ label: 'pod', regex: 'shop', host: 'web-1' }])).toMatchObject({ ok: false })
})

test('a rule whose pattern would take for ever elsewhere is answered at once', () => {
  const rule = { label: 'pod', regex: '(a+)+(b|c)', host: 'web-1' }

  expect(map({ pod: 'a'.repeat(500) }, [rule])).toMatchObject({ ok: false })
  expect(map({ pod: `${'a'.repeat(500)}b` }, [rule])).toMatchObject({ ok: true })
})

test.each([
  [{ label: 'pod', regex: '(?<=a)b', host: 'web-1' }],
  [{ label: 'pod', regex: '(a)\\1', host: 'web-1' }],
  [{ label: 'pod', regex: '(', host: 'web-1' }],
  [{ label: 'pod', regex: 'a' }],
  [{ label: 'pod', host: 'web-1', site: 'shop.example.com' }],
  [{ label: 'pod', host: 'web-1', hots: 'web-2' }],
])('the rule %j is refused when it is read', (rule) => {
  expect(mapRuleSchema.safeParse(rule).success).toBe(false)
})
