import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { alertmanager } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import type { MappedAlert } from '../../src/alerts/alert.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { alertChannel, type AlertingOffice, openAlertingOffice, recorded } from './alerting-office.ts'
import { diagnosed, healthy } from './cases.ts'

let redis: TestRedis
let client: RedisClient
let office: AlertingOffice

beforeAll(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'ask', { log: quiet })
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})
beforeEach(() => client.flushall())
afterEach(() => office.close())

function webhook(more: Partial<MappedAlert['alert']> = {}): MappedAlert {
  const startsAt = new Date().toISOString()
  const alert = {
    source: 'prometheus',
    id: 'f1',
    title: '5xx on web-1',
    severity: 'critical',
    labels: { alertname: 'HighErrorRate' },
    startsAt,
  }
  return { alert: { ...alert, status: 'firing', ...more }, hosts: ['web-1'] }
}

/** Another host alerts, and nothing was asked for in between. */
async function onlyOne(): Promise<void> {
  office.slack.postAs(alertmanager, alertChannel, { text: 'db.internal is down' })
  await office.nextRequest(2)
  expect(office.queues.requests.map(({ host }) => host)).toEqual(['web-1', 'db.internal'])
}

async function signpostStands(): Promise<void> {
  await until('a signpost is to be put up', async () => (await client.zcard('gatemedic:alerts:signposts')) === 1)
}

/** The half minute is over for which one bot holds a signpost. */
async function heldNoMore(): Promise<void> {
  await client.del(await client.keys('gatemedic:alerts:signposts:held:*'))
}

const resolvedMessage = recorded('alertmanager/resolved')

function firstMessage(): Message {
  const [message] = office.slack.workspace.messages(alertChannel)
  if (!message) throw new Error('there is no message')
  return message
}

describe('an alert that comes as a webhook and as a message', () => {
  it('is one diagnosis in the thread of the message, when the webhook is first', async () => {
    office = await openAlertingOffice('socket', client, { waitSeconds: 5 })
    await office.take([webhook()])

    const message = office.slack.postAs(alertmanager, alertChannel, recorded('alertmanager/default'))
    const { thread } = await office.nextRequest()

    expect(thread).toMatchObject({ threadTs: message.ts, via: 'reply' })
    await onlyOne()
  })

  it('is one diagnosis in the thread of the message, when the message is first', async () => {
    office = await openAlertingOffice('socket', client, { waitSeconds: 5 })
    const message = office.slack.postAs(alertmanager, alertChannel, recorded('alertmanager/default'))
    const { thread } = await office.nextRequest()

    const [taken] = await office.take([webhook()])

    expect(thread).toMatchObject({ threadTs: message.ts, via: 'reply' })
    expect(taken).toEqual({ kind: 'joined', threadId: thread?.id })
    expect(await office.tallyOf(thread?.id ?? '')).toMatchObject({ alerts: 1 })
    await onlyOne()
  })

  it('that was answered before the message came is pointed to from there, once', async () => {
    office = await openAlertingOffice('socket', client, { waitSeconds: 0 })
    await office.take([webhook()])
    const { request } = await office.nextRequest()
    await office.post(request.threadId, {
      kind: 'diagnosis',
      diagnosisId: request.id,
      diagnosis: diagnosed,
      proposal: null,
    })
    const root = (await office.queues.find(request.threadId))?.rootTs

    const message = office.slack.postAs(alertmanager, alertChannel, recorded('alertmanager/default'))
    await signpostStands()
    await office.bot.putSignposts(office.signposts)
    await office.bot.hearMissed()
    await office.bot.putSignposts(office.signposts)

    expect(office.repliesBelow(message).map(({ text }) => text)).toEqual([
      `The diagnosis of this host is in another thread: https://lighthouse.slack.com/archives/${alertChannel}/p${root?.replace('.', '')}`,
    ])
    await onlyOne()
  })

  it('that found nothing wrong before the message came is answered below the message, and closed there', async () => {
    office = await openAlertingOffice('socket', client)
    await office.take([webhook()])
    const { request } = await office.nextRequest()
    await office.post(request.threadId, {
      kind: 'diagnosis',
      diagnosisId: request.id,
      diagnosis: healthy,
      proposal: null,
    })
    const before = [...office.slack.workspace.messages(alertChannel)]

    const message = office.slack.postAs(alertmanager, alertChannel, recorded('alertmanager/default'))
    await signpostStands()
    await office.bot.putSignposts(office.signposts)
    await office.bot.putSignposts(office.signposts)
    await office.take([webhook({ status: 'resolved' })])
    await office.post(request.threadId, { kind: 'alerts' })

    expect(before).toEqual([])
    const below = office.repliesBelow(message)
    expect(below.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^web-1: /),
      expect.stringMatching(/^web-1: HighErrorRate resolved at/),
    ])
    expect(JSON.stringify(below[0]?.blocks)).toContain('Looked at and found well')
    expect(office.slack.workspace.messages(alertChannel)).toEqual([message, ...below])
    await onlyOne()
  })

  it('is answered below a message that came while the host was looked at, when nothing is wrong', async () => {
    office = await openAlertingOffice('socket', client)
    await office.take([webhook()])
    const { request } = await office.nextRequest()
    const message = office.slack.postAs(alertmanager, alertChannel, recorded('alertmanager/default'))
    await signpostStands()
    await office.bot.putSignposts(office.signposts)
    const early = office.repliesBelow(message)

    await office.post(request.threadId, {
      kind: 'diagnosis',
      diagnosisId: request.id,
      diagnosis: healthy,
      proposal: null,
    })
    await heldNoMore()
    await office.bot.putSignposts(office.signposts)

    expect(early).toEqual([])
    expect(office.repliesBelow(message).map(({ text }) => text)).toEqual([expect.stringMatching(/^web-1: /)])
  })

  it.each([
    ['says so in a message of its own', () => office.slack.postAs(alertmanager, alertChannel, resolvedMessage)],
    ['edits its message', () => office.slack.workspace.change(firstMessage(), resolvedMessage)],
  ])('is closed when its sender %s', async (_how, resolve) => {
    office = await openAlertingOffice('socket', client)
    office.slack.postAs(alertmanager, alertChannel, recorded('alertmanager/default'))
    const { request } = await office.nextRequest()

    resolve()

    await until('the alert is over', async () => (await office.tallyOf(request.threadId))?.over)
    await onlyOne()
  })

  it('and names several hosts gathers what waits for each of them in its thread', async () => {
    office = await openAlertingOffice('socket', client, { waitSeconds: 5 })
    await office.take([webhook(), { ...webhook({ id: 'f2' }), hosts: ['web-2'] }])

    const message = office.slack.postAs(alertmanager, alertChannel, recorded('alertmanager/grouped-text'))
    await office.nextRequest(2)

    const threads = await Promise.all(office.queues.requests.map(({ threadId }) => office.queues.find(threadId)))
    expect(threads.map((thread) => thread?.threadTs)).toEqual([message.ts, message.ts])
  })
})
