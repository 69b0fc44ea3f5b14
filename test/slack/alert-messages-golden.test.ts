import { describe, expect, it } from 'vitest'
import { checkMessageBlocks } from '../../demo/slack/check-blocks.ts'
import type { Json } from '../../demo/slack/json.ts'
import type { AlertTally } from '../../src/alerts/storm/alert-tally.ts'
import type { Mute } from '../../src/alerts/storm/mutes.ts'
import type { Status } from '../../src/alerts/storm/status.ts'
import { withAlertLine } from '../../src/slack/messages/alert-line.ts'
import { resolvedMessage } from '../../src/slack/messages/alert-resolved.ts'
import type { Message } from '../../src/slack/messages/message.ts'
import { endedMessage, mutedMessage } from '../../src/slack/messages/mutes.ts'
import { rootSummary } from '../../src/slack/messages/root-summary.ts'
import { statusMessage } from '../../src/slack/messages/status.ts'
import { diagnosed, hostileTexts } from './cases.ts'
import { readAloud } from './read-aloud.ts'

const tally: AlertTally = {
  source: 'prometheus',
  alerts: 4,
  titles: [
    { title: 'HighErrorRate', count: 3 },
    { title: 'ProbeFailed', count: 1 },
  ],
  others: 0,
  hosts: ['web-1'],
  firing: 4,
  suppressed: 0,
  resolvedAt: null,
  over: false,
}
const resolvedAt = '2026-11-21T03:12:00.000Z'
const one: AlertTally = { ...tally, alerts: 1, firing: 1, titles: [{ title: 'HighErrorRate', count: 1 }] }
const mute: Mute = {
  id: 'm1',
  on: 'group:edge',
  until: '2026-11-21T05:09:00.000Z',
  because: 'moving the database',
  by: 'U0DANA00001',
  name: 'Dana Okafor',
  at: '2026-11-21T03:09:00.000Z',
}
const now = new Date('2026-11-21T03:09:00Z')
const quiet: Status = {
  workers: 2,
  queued: 0,
  running: 0,
  hosts: [],
  alerts: [],
  mutedAlerts: 0,
  digests: [],
  unmapped: [],
  untold: [],
  mutes: [],
  freezes: { chat: [], policy: [] },
}
const busy: Status = {
  workers: 1,
  queued: 31,
  running: 8,
  hosts: ['web-1', 'web-2'],
  alerts: [
    { source: 'prometheus', count: 312 },
    { source: 'grafana', count: 4 },
  ],
  mutedAlerts: 7,
  digests: [{ channel: 'C0INCIDENTS', hosts: 38, since: '2026-11-21T03:04:00.000Z' }],
  unmapped: [
    {
      source: 'prometheus',
      title: 'InstanceDown',
      because: 'instance=web-01.prod:9113: no host has that name; nearest web-1',
      count: 12,
      lastAt: '2026-11-21T03:05:00.000Z',
    },
  ],
  untold: [{ channel: 'C0INCIDENTS', count: 3, lastAt: '2026-11-21T03:05:00.000Z' }],
  mutes: [mute],
  freezes: {
    chat: [{ ...mute, kind: 'freeze', on: 'web-2', until: null, because: 'year-end' }],
    policy: [],
  },
}
const root = rootSummary(diagnosed, null)

const messages: Readonly<Record<string, Message>> = {
  'alert-root-one': withAlertLine(root, one),
  'alert-root-several': withAlertLine(root, { ...tally, suppressed: 1 }),
  'alert-root-some-over': withAlertLine(root, { ...tally, firing: 3, resolvedAt }),
  'alert-root-over': withAlertLine(root, { ...tally, firing: 0, resolvedAt, over: true }),
  'alert-root-many-titles': withAlertLine(root, {
    ...tally,
    alerts: 61,
    others: 5,
    titles: Array.from({ length: 7 }, (_, index) => ({ title: `Alert${index}`, count: 8 })),
  }),
  'alert-resolved-one': resolvedMessage({ ...one, resolvedAt }),
  'alert-resolved-several': resolvedMessage({ ...tally, resolvedAt }),
  'alert-resolved-fleet': resolvedMessage({ ...tally, hosts: ['web-1', 'web-2'], resolvedAt }),
  'alert-silenced-one': resolvedMessage({ ...one, suppressed: 1 }),
  'alert-silenced-some': resolvedMessage({ ...tally, suppressed: 1, resolvedAt }),
  'alert-began-anew': resolvedMessage(one),
  muted: mutedMessage(mute, now),
  'muted-days': mutedMessage({ ...mute, on: 'all', because: '', until: '2026-11-24T03:09:00.000Z' }, now),
  'mute-ended': endedMessage({ on: 'web-1', ended: 1, left: 2, name: 'Dana Okafor' }),
  'mute-none': endedMessage({ on: 'all', ended: 0, left: 0, name: 'Dana Okafor' }),
  'status-quiet': statusMessage(quiet),
  'status-busy': statusMessage(busy),
  'status-no-worker': statusMessage({ ...quiet, workers: 0, queued: 1, hosts: ['web-1'] }),
}

describe('messages about alerts, as read aloud', () => {
  it.each(Object.entries(messages))('%s', async (name, message) => {
    await expect(`${readAloud(message)}\n`).toMatchFileSnapshot(`goldens/${name}.txt`)
  })
})

describe('hostile text in messages about alerts', () => {
  it.each(hostileTexts)('%j calls nobody, links nowhere and fits', (text) => {
    const titles = Array.from({ length: 9 }, () => ({ title: text, count: 2 }))
    const bad = { ...tally, source: text, titles, hosts: [text], resolvedAt }
    const person = { ...mute, name: text, because: text, on: text }
    const unmapped = Array.from({ length: 9 }, () => ({
      source: text,
      title: text,
      because: text,
      count: 1,
      lastAt: '',
    }))
    const status = { ...busy, hosts: [text], alerts: [{ source: text, count: 1 }], unmapped, mutes: [person] }
    const all = [
      withAlertLine(root, bad),
      resolvedMessage(bad),
      resolvedMessage({ ...bad, suppressed: 1 }),
      resolvedMessage({ ...bad, resolvedAt: null }),
      mutedMessage(person, now),
      endedMessage({ on: text, ended: 1, left: 0, name: text }),
      statusMessage(status),
    ]

    for (const message of all) {
      const blocks: readonly Json[] = JSON.parse(JSON.stringify(message.blocks))
      expect(checkMessageBlocks(blocks)).toEqual([])
      const parsed = message.blocks.flatMap((block) => (block.type === 'context' ? block.elements : []))
      const texts = [message.text, ...parsed.map((element) => ('text' in element ? element.text : ''))].join('\n')
      // Date tokens and channels of our own are taken out.
      expect(texts.replace(/<!date\^[^>]*>|<#C0INCIDENTS>/g, '')).not.toMatch(/[<>]|```/)
      expect(message.text).not.toBe('')
    }
  })
})
