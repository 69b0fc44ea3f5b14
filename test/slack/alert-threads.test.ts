import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Message } from '../../demo/slack/model.ts'
import type { AlertTally } from '../../src/alerts/storm/alert-tally.ts'
import type { AlertThreads } from '../../src/alerts/storm/alert-threads.ts'
import { diagnosed, healthy, proposal } from './cases.ts'
import { openOffice, type Office } from './office.ts'

const channel = 'C0INCIDENTS'
const one: AlertTally = {
  source: 'prometheus',
  alerts: 1,
  titles: [{ title: 'HighErrorRate', count: 1 }],
  others: 0,
  hosts: ['web-1'],
  firing: 1,
  suppressed: 0,
  resolvedAt: null,
  over: false,
}
const four: AlertTally = {
  ...one,
  alerts: 4,
  firing: 4,
  titles: [
    { title: 'HighErrorRate', count: 3 },
    { title: 'ProbeFailed <!channel>', count: 1 },
  ],
}
const over: AlertTally = { ...four, firing: 0, resolvedAt: '2026-11-21T03:12:00.000Z', over: true }

let office: Office
let tally: AlertTally

beforeEach(async () => {
  tally = one
  const roots = new Map<string, string>()
  const alertThreads: AlertThreads = {
    tallyOf: async () => tally,
    keepRoot: async (id, message) => void roots.set(id, message),
    rootOf: async (id) => roots.get(id) ?? null,
  }
  office = await openOffice('socket', { alertThreads })
  const requester = { kind: 'alert', source: 'prometheus', title: 'HighErrorRate' } as const
  await office.queues.open({ id: 't1', channel, rootTs: null, threadTs: null, requester, via: 'root' })
})
afterEach(() => office.close())

const messages = (): readonly Message[] => office.slack.workspace.messages(channel)
const root = (): string => JSON.stringify(messages()[0]?.blocks)
const progress = { host: 'web-1', step: 'connecting', detail: '' } as const

describe('a thread that alerts started', () => {
  it('opens nothing in a channel for a host that is well', async () => {
    await office.post('t1', { kind: 'progress', progress })
    await office.post('t1', { kind: 'diagnosis', diagnosis: healthy, proposal: null })
    tally = over
    await office.post('t1', { kind: 'alerts' })

    expect(messages()).toEqual([])
  })

  it('says of a host that is well what was looked at where it stands already, and calls nobody', async () => {
    await office.post('t1', { kind: 'progress', progress: { ...progress, step: 'queued' } })
    await office.post('t1', { kind: 'diagnosis', diagnosis: healthy, proposal: null })

    const [first, ...replies] = messages()
    expect(first?.text).toMatch(/^web-1: /)
    expect(root()).toContain('Alert from prometheus: HighErrorRate')
    expect(replies.every(({ threadTs }) => threadTs === first?.ts)).toBe(true)
    expect(replies.map(({ text }) => text).join('\n')).not.toMatch(/^web-1: /m)
    expect(messages().some(({ text }) => text.includes('<@'))).toBe(false)
  })

  it('counts later alerts in place, with hostile titles as plain words, and says nothing new', async () => {
    await office.post('t1', { kind: 'diagnosis', diagnosis: diagnosed, proposal })
    const before = messages().map(({ ts }) => ts)
    tally = four

    await office.post('t1', { kind: 'alerts' })

    expect(root()).toContain('4 alerts, the first from prometheus: HighErrorRate ×3, ProbeFailed &lt;!channel&gt;')
    expect(root()).toContain('the backend is down')
    expect(messages().map(({ ts }) => ts)).toEqual(before)
  })

  it('posts nothing for a count alone; the root shows it when it comes', async () => {
    tally = four
    await office.post('t1', { kind: 'alerts' })
    const before = messages().length
    await office.post('t1', { kind: 'diagnosis', diagnosis: diagnosed, proposal })

    expect(before).toBe(0)
    expect(root()).toContain('4 alerts')
  })

  it('shows when the sender called it over, and says so once', async () => {
    await office.post('t1', { kind: 'diagnosis', diagnosis: diagnosed, proposal })
    tally = over

    await office.post('t1', { kind: 'alerts' })
    await office.post('t1', { kind: 'alerts' })

    const said = messages().filter(({ text }) => text.includes('resolved'))
    expect(root()).toContain('resolved at <!date^')
    expect(said.map(({ text }) => text)).toEqual(['web-1: all 4 alerts resolved at 03:12 UTC by prometheus'])
    expect(said[0]?.threadTs).toBe(messages()[0]?.ts)
  })

  it('says that it is over also when that came before the answer', async () => {
    tally = over
    await office.post('t1', { kind: 'alerts' })
    await office.post('t1', { kind: 'diagnosis', diagnosis: diagnosed, proposal })

    expect(messages().filter(({ text }) => text.includes('all 4 alerts resolved'))).toHaveLength(1)
  })

  it('keeps what an action came to when the count changes after it', async () => {
    await office.post('t1', { kind: 'diagnosis', diagnosis: diagnosed, proposal })
    const outcome = { kind: 'resolved', detail: 'shop.example.com answers again' } as const
    await office.post('t1', { kind: 'action-ended', proposal, outcome, diagnosis: null })
    tally = four

    await office.post('t1', { kind: 'alerts' })

    expect(root()).toContain('4 alerts')
    expect(root()).toContain('shop.example.com answers again')
    expect(root()).not.toContain('Waiting for a worker')
  })

  it('edits its root no more often than there is something to say', async () => {
    await office.post('t1', { kind: 'progress', progress: { ...progress, step: 'queued' } })
    await office.post('t1', { kind: 'progress', progress })
    await office.post('t1', { kind: 'progress', progress: { ...progress, step: 'asking' } })
    await office.post('t1', { kind: 'progress', progress: { ...progress, step: 'judging' } })

    expect(office.slack.calls('chat.postMessage')).toHaveLength(1)
    // That it waits is drawn when the root is posted and once more by its own update.
    expect(office.slack.calls('chat.update')).toHaveLength(1)
  })
})
