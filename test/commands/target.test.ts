import { describe, expect, it } from 'vitest'
import { readTarget } from '../../commands/target.ts'
import { inventoryOfTests } from './inventory-of-tests.ts'

function read(...words: string[]) {
  return readTarget(words, inventoryOfTests())
}

describe('reading a target', () => {
  it.each(['web-1', 'WEB-1', 'web-1.', 'web-1:443', 'http://web-1/', 'https://web-1:8443'])(
    'reads %j as the host',
    (typed) => {
      expect(read(typed)).toEqual({ kind: 'target', target: { host: 'web-1' } })
    },
  )

  it.each([
    ['shop.example.com', '/'],
    ['Shop.Example.com.', '/'],
    ['https://shop.example.com', '/'],
    ['http://shop.example.com:8080/Cart/7?token=secret#top', '/Cart/7'],
    ['https://dana:secret@shop.example.com/cart', '/cart'],
    ['shop.example.com/cart', '/cart'],
  ])('reads %j as the site on the host that serves it', (typed, path) => {
    expect(read(typed)).toEqual({
      kind: 'target',
      target: { host: 'web-1', site: { serverName: 'shop.example.com', path } },
    })
  })

  it('reads a site that a wildcard of the inventory covers', () => {
    expect(read('blue.apps.example.com')).toMatchObject({ kind: 'target', target: { host: 'web-2' } })
  })

  it('reads a site that several hosts serve as all of them', () => {
    expect(read('https://www.example.com/cart')).toEqual({
      kind: 'fleet',
      fleet: {
        title: 'www.example.com/cart',
        hosts: ['web-1', 'web-2'],
        site: { serverName: 'www.example.com', path: '/cart' },
      },
    })
  })

  it('reads one of the hosts that serve a site', () => {
    expect(read('www.example.com', 'on', 'web-2')).toEqual({
      kind: 'target',
      target: { host: 'web-2', site: { serverName: 'www.example.com', path: '/' } },
    })
  })

  it.each([
    '169.254.169.254',
    '127.0.0.1',
    '[::1]',
    'http://169.254.169.254/latest/meta-data/',
    'localhost',
    '0x7f000001',
    'db.internal.evil.com',
  ])('refuses %j, which the inventory does not name', (typed) => {
    expect(read(typed)).toMatchObject({ kind: 'refused' })
  })

  it.each([
    '-oProxyCommand=sh',
    '--help',
    'web-1;reboot',
    '$(reboot)',
    '`id`',
    'web-1\nweb-2',
    '<@U123>',
    'a'.repeat(5000),
    '/',
    ':',
    '',
  ])('refuses %j as a target', (typed) => {
    expect(read(typed)).toMatchObject({ kind: 'refused' })
  })

  it('names the inventory host when its address was typed', () => {
    expect(read('192.0.2.11')).toMatchObject({ kind: 'refused', nearest: ['web-2'] })
  })

  it('offers the nearest names for a mistyped one', () => {
    expect(read('wbe-1')).toMatchObject({ kind: 'refused', nearest: ['web-1', 'web-2'] })
    expect(read('shop.exmaple.com')).toMatchObject({ kind: 'refused', nearest: ['shop.example.com'] })
  })

  it.each([
    [['web-1,web-2'], 'web-1, web-2'],
    [['web-1', 'web-2'], 'web-1, web-2'],
    [['web-1,', 'and', 'WEB-2'], 'web-1, web-2'],
    [['group:edge'], 'group:edge'],
    [['group:edge', 'web-2'], 'group:edge, web-2'],
  ])('reads %j as several hosts', (words, title) => {
    expect(read(...words)).toEqual({ kind: 'fleet', fleet: { title, hosts: ['web-1', 'web-2'] } })
  })

  it('takes a host that is named twice as that host', () => {
    expect(read('web-1', 'web-1')).toEqual({ kind: 'target', target: { host: 'web-1' } })
  })

  it('refuses all when one of several is not known, and offers the others', () => {
    expect(read('web-1', 'web-2', 'wbe-3')).toMatchObject({
      kind: 'refused',
      because: expect.stringContaining('wbe-3'),
      nearest: expect.arrayContaining(['web-1 web-2']),
    })
  })

  it('offers the nearest group for one that is not there', () => {
    expect(read('group:egde')).toMatchObject({ kind: 'refused', nearest: ['group:edge'] })
  })
})
