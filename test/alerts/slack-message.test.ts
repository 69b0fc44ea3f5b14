import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readAlertMessage } from '../../src/alerts/slack-message/read-alert-message.ts'
import { readMessage } from '../../src/alerts/slack-message/read-message.ts'
import { inventoryOfTests } from '../commands/inventory-of-tests.ts'

function read(event: unknown, mostHosts?: number) {
  const message = readMessage(event)
  if (message === null) throw new Error('that is no message')
  return readAlertMessage(message, { channel: 'C0EDGEALERT', inventory: inventoryOfTests(), mostHosts })
}

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(`test/alerts/slack/${name}.json`, 'utf8'))
}

function saying(text: string) {
  return read({ ts: '1795230240.000100', text })
}

function hostsIn(text: string): readonly string[] {
  const reading = saying(text)
  return reading.kind === 'alert' ? reading.mapped.hosts : []
}

describe('a message of an integration', () => {
  it.each([
    ['alertmanager/default', ['web-1'], 'firing', 'alertmanager', 'HighErrorRate'],
    ['alertmanager/resolved', ['web-1'], 'resolved', 'alertmanager', 'HighErrorRate'],
    ['alertmanager/grouped-text', ['web-1', 'web-2'], 'firing', 'alertmanager', 'BackendErrors'],
    ['grafana/default', ['web-1'], 'firing', 'grafana', 'ShopErrors'],
    ['datadog/triggered', ['web-2'], 'firing', 'datadog', undefined],
    ['datadog/blocks', ['web-2'], 'firing', 'datadog', undefined],
  ])('of the form %s names its hosts, its state and its alert', (name, hosts, status, sender, alertname) => {
    const reading = read(recorded(name))

    expect(reading).toMatchObject({ kind: 'alert', sender, mapped: { hosts, alert: { status } } })
    expect(reading.kind === 'alert' ? reading.mapped.alert.labels['alertname'] : null).toBe(alertname)
  })

  it.each([
    ['alertmanager/default', 'HighErrorRate (web-1:9113 nginx critical)'],
    ['grafana/default', 'ShopErrors nginx (critical)'],
    ['datadog/triggered', 'nginx 5xx is high on web-2'],
  ])('of the form %s is called what it is about: %s', (name, title) => {
    expect(read(recorded(name))).toMatchObject({ mapped: { alert: { title } } })
  })

  it('that is resolved has the name of the one that fired', () => {
    const fired = read(recorded('alertmanager/default'))
    const over = read(recorded('alertmanager/resolved'))

    expect(fired.kind === 'alert' && over.kind === 'alert' && fired.mapped.alert.id === over.mapped.alert.id).toBe(true)
  })

  it('about a site keeps site and path, for all hosts that serve it', () => {
    expect(read(recorded('grafana/default'))).toMatchObject({
      mapped: { site: { serverName: 'shop.example.com', path: '/cart' } },
    })
    expect(saying('https://www.example.com/ answers 502')).toMatchObject({
      mapped: { hosts: ['web-1', 'web-2'], site: { serverName: 'www.example.com', path: '/' } },
    })
  })
})

describe('a host is named', () => {
  it.each([
    'web-1 is down',
    'Down: web-1.',
    'WEB-1!',
    '(web-1:9113)',
    'host:web-1,env:prod',
    '{host:web-1}',
    '`web-1`, *see there*',
    'instance="web-1:9113"',
    '<http://web-1:8080/health|web-1:8080/health> fails',
    'probe of 192.0.2.10:443 failed',
    'we\u200Bb-\u200D1 fails',
    'shop.example.com is slow',
    'https://pay.example.com/a?b=c',
  ])('as a whole word, by an address or by a site: %s', (text) => {
    expect(hostsIn(text)).toEqual(['web-1'])
  })

  it.each([
    'web-10 is down',
    'web-1-old is down',
    'my-web-1 is down',
    'web-1.example.com is down',
    'w\u00E9web-1',
    'web-1\u200Bold',
    'mail ops@web-1',
    '<http://grafana.example.net/d/x?var=web-1|Dashboard>',
    'Source: http://web-1:9090/graph',
    'Silence: https://shop.example.com/silence',
    'probe of 192.0.2.100 failed',
    '<@U0WEB1|web-1>',
    '169.254.169.254',
    'localhost',
  ])('not by a part of a word, nor by where a link leads: %s', (text) => {
    expect(hostsIn(text)).toEqual([])
  })

  it('by its label, whatever else the text mentions', () => {
    expect(hostsIn('instance = web-2:9113\nsummary = web-1 and shop.example.com are well')).toEqual(['web-2'])
  })
})

describe('a message that names', () => {
  it('no host says which word was meant and what is called nearly like it', () => {
    expect(saying('instance = web-11:9113 is down')).toMatchObject({
      kind: 'no-host',
      unknown: 'web-11',
      nearest: ['web-1', 'web-2'],
    })
    expect(saying('Deployed the new logo')).toMatchObject({ kind: 'no-host', unknown: null, nearest: [] })
  })

  it('more hosts than an alert has is a list', () => {
    const reading = read({ ts: '1795230240.000100', text: 'today: web-1, web-2 and db.internal' }, 2)

    expect(reading).toEqual({
      kind: 'too-many',
      source: 'Slack',
      status: 'firing',
      title: 'today: web-1, web-2 and db.internal',
      hosts: ['web-1', 'web-2', 'db.internal'],
    })
  })
})

describe('hostile text', () => {
  it.each([
    ['ten thousand characters of nothing', 'a'.repeat(10_000)],
    ['brackets that do not close', '<'.repeat(10_000)],
    ['pairs without end', 'instance = '.repeat(1000)],
    ['many words', Array.from({ length: 3000 }, (_, index) => `web-${index + 20}`).join(' ')],
    ['spaces', `host ${' '.repeat(9000)}= web-77`],
    ['a URL without end', `http://${'x/'.repeat(5000)}`],
  ])('of %s names nobody', (_what, text) => {
    expect(hostsIn(text)).toEqual([])
  })

  it('becomes labels that are only labels', () => {
    const reading = saying('host: web-1 __proto__: polluted constructor: x')

    expect(reading).toMatchObject({ kind: 'alert', mapped: { hosts: ['web-1'] } })
    expect(Object.getOwnPropertyDescriptor(Object.prototype, 'polluted')).toBeUndefined()
  })

  it.each([
    ['no object', 'web-1'],
    ['no time stamp', { text: 'web-1' }],
    ['a time stamp that is none', { ts: '../../x', text: 'web-1' }],
  ])('that is %s is no message', (_what, given) => {
    expect(readMessage(given)).toBeNull()
  })

  it('with parts of another shape is read without them', () => {
    const text = { type: 'mrkdwn', text: 'web-1 fails' }
    const event = {
      ts: '1.2',
      text: 7,
      attachments: [null, 'x', { title: {}, fields: 'x' }],
      blocks: [7, { type: 'section', text }],
    }

    expect(read(event)).toMatchObject({ kind: 'alert', mapped: { hosts: ['web-1'] } })
  })

  it('that is nested without end is cut', () => {
    let element: object = { type: 'text', text: 'web-1' }
    for (let depth = 0; depth < 5000; depth += 1) element = { type: 'rich_text_section', elements: [element] }

    expect(read({ ts: '1.2', blocks: [{ type: 'rich_text', elements: [element] }] }).kind).toBe('no-host')
  })
})
