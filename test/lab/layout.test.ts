import { expect, test } from 'vitest'
import { expectOn } from '../../lab/expect-on.ts'
import { faultIds, readFault } from '../../lab/fault.ts'
import { layoutForFault } from '../../lab/fault-layout.ts'
import { backendKinds } from '../../lab/layout/kinds.ts'
import { layoutFrom, pairFrom } from '../../lab/layout/layout-from.ts'
import { nginxFiles } from '../../lab/layout/nginx-files.ts'
import { filled, placeholders } from '../../lab/layout/placeholders.ts'

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

test('without a seed a host is the one of the README', () => {
  const layout = layoutFrom(null)

  expect(layout).toMatchObject({
    shopSite: 'shop.example.com',
    address: '127.0.0.1:8080',
    unit: 'checkout-api.service',
    upstream: 'checkout_api',
  })
  expect(nginxFiles(layout).map(({ path }) => path)).toEqual(
    ['shop', 'blog', 'www'].map((name) => `/etc/nginx/sites-enabled/${name}.conf`),
  )
})

test('a seed gives the same host each time, and another seed another one', () => {
  expect(layoutFrom(7, 'node')).toEqual(layoutFrom(7, 'node'))
  expect(new Set(seeds.map((seed) => JSON.stringify({ ...layoutFrom(seed, 'node'), seed: 0 }))).size).toBe(seeds.length)
})

test('seeds reach every way to keep files and logs, and both literal and named upstreams', () => {
  const many = Array.from({ length: 80 }, (_, index) => layoutFrom(index, 'gunicorn'))

  expect(new Set(many.map(({ files }) => files)).size).toBe(5)
  expect(new Set(many.map(({ logs }) => logs)).size).toBe(3)
  expect(new Set(many.map(({ upstream }) => upstream === null)).size).toBe(2)
})

test.each(backendKinds)('{shop.line} is where the address of the backend stands, for %s in every layout', (kind) => {
  for (const layout of [null, ...seeds].map((seed) => layoutFrom(seed, kind))) {
    const values = placeholders(layout, '10.77.1.2')
    const files = nginxFiles(layout)
    const file = files.find(({ path }) => path === values.get('shop.upstream_conf'))
    const text = files.find(({ path }) => path === (file?.linkTo ?? file?.path))?.text ?? ''

    expect(text.split('\n')[Number(values.get('shop.line')) - 1]).toContain(layout.address)
  }
})

test('the two halves of a pair share all but their role', () => {
  const { front, back } = pairFrom(layoutFrom(3, 'node'), '10.77.9.3')

  expect(front.address).toBe(`10.77.9.3:${front.port}`)
  expect({ ...front, role: 'back', neighbours: [] }).toEqual(back)
})

test('two halves with a unix socket between them are refused', () => {
  expect(() => pairFrom(layoutFrom(3, 'uwsgi-unix'), '10.77.9.3')).toThrow(/unix socket/)
})

test.each(faultIds())(
  '%s: every placeholder of its expect.yml stands for something, on each kind it is written for',
  (id) => {
    const { expect: expected } = readFault(id)

    for (const kind of expected.kinds) {
      const { subject, logLine } = expectOn(expected, layoutForFault(id, 5, kind), '10.77.1.2')
      expect(Object.values(subject)).not.toContain('')
      expect(logLine ?? '').not.toMatch(/\{[a-z]/)
    }
  },
)

test('a placeholder that does not exist is refused with those that do', () => {
  expect(() => filled('{shop.prot}', placeholders(layoutFrom(null), '10.77.1.2'))).toThrow(/\{shop\.prot\}.*shop\.port/)
})

test('a kind that a fault is not written for is refused with those it is', () => {
  expect(() => layoutForFault('backend-down-near-socket-activated', 1, 'node')).toThrow(/only for socket-activated/)
})
