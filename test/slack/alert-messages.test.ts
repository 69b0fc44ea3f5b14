import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { alertmanager, dana, datadog, grafana, supplierGrafana } from '../../demo/slack/cast.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { alertChannel, type AlertingOffice, openAlertingOffice, recorded } from './alerting-office.ts'
import { healthy } from './cases.ts'

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
afterEach(() => office.close())

/** A later message that does start something: whatever came before it has been read by then. */
async function somethingElse(): Promise<void> {
  office.slack.postAs(alertmanager, alertChannel, { text: 'instance = db.internal:9100 is down' })
  const { request } = await office.nextRequest()
  expect(request.host).toBe('db.internal')
}

describe.each(['socket', 'http'] as const)('an alert that another app posts, over %s', (kind) => {
  beforeEach(async () => {
    await client.flushall()
    office = await openAlertingOffice(kind, client)
  })

  it.each([
    ['an incoming webhook', alertmanager, 'alertmanager/default'],
    ['an app with a token', grafana, 'grafana/default'],
  ])('through %s gets its diagnosis in its own thread, by nobody', async (_how, by, name) => {
    const message = office.slack.postAs(by, alertChannel, recorded(name))
    const { request, thread } = await office.nextRequest()

    await office.post(request.threadId, {
      kind: 'diagnosis',
      diagnosisId: request.id,
      diagnosis: healthy,
      proposal: null,
    })

    expect(request).toMatchObject({ host: 'web-1', requester: { kind: 'alert' } })
    expect(thread).toMatchObject({ channel: alertChannel, threadTs: message.ts, via: 'reply' })
    expect(office.repliesBelow(message)).toHaveLength(1)
    expect(JSON.stringify(office.repliesBelow(message)[0]?.blocks)).toContain('Looked at and found well')
    expect(office.slack.workspace.messages(alertChannel).filter(({ threadTs }) => !threadTs)).toEqual([message])
  })

  it('is diagnosed for whoever takes the shortcut of a message, in its thread', async () => {
    const message = office.slack.postAs(grafana, 'C0INCIDENTS', recorded('datadog/triggered'))

    await office.slack.person.messageShortcut(dana.id, message, 'diagnose_alert', { twice: true })
    const { request, thread } = await office.nextRequest()

    expect(request).toMatchObject({ host: 'web-2', requester: { kind: 'user', userId: dana.id } })
    expect(thread).toMatchObject({ channel: 'C0INCIDENTS', threadTs: message.ts, via: 'reply' })
    expect(office.queues.requests).toHaveLength(1)
  })
})

describe('a message', () => {
  beforeEach(async () => {
    await client.flushall()
    office = await openAlertingOffice('socket', client)
  })

  it('that is edited or delivered twice is diagnosed once', async () => {
    const message = office.slack.postAs(alertmanager, alertChannel, recorded('alertmanager/default'))
    await office.nextRequest()

    office.slack.workspace.change(message, { text: 'edited' })
    await office.slack.person.repeatLast()
    office.slack.postAs(alertmanager, alertChannel, { text: 'db.internal is down' })
    const { request } = await office.nextRequest(2)

    expect(request.host).toBe('db.internal')
    expect(office.queues.requests).toHaveLength(2)
  })

  it('that is edited to name a further host has that one diagnosed too', async () => {
    const message = office.slack.postAs(alertmanager, alertChannel, { text: '[FIRING:1] Down\ninstance = web-1:9113' })
    await office.nextRequest()

    office.slack.workspace.change(message, { text: '[FIRING:2] Down\ninstance = web-1:9113\ninstance = web-2:9113' })
    const { request } = await office.nextRequest(2)

    expect(request.host).toBe('web-2')
  })

  it.each<[string, () => unknown]>([
    ['a person', () => office.slack.person.type(dana.id, alertChannel, 'web-1 is down')],
    ['an app that was not chosen', () => office.slack.postAs(datadog, alertChannel, { text: 'web-1 is down' })],
    [
      'a chosen app in the workspace of another organisation',
      () => office.slack.postAs(supplierGrafana, alertChannel, { text: 'web-1 is down' }),
    ],
    ['this bot itself, were it chosen by mistake', () => ownMessage('web-1 is down')],
    [
      'a chosen bot in another channel',
      () => office.slack.postAs(alertmanager, 'C0INCIDENTS', { text: 'web-1 is down' }),
    ],
    [
      'a chosen bot that says it is over',
      () => office.slack.postAs(alertmanager, alertChannel, recorded('alertmanager/resolved')),
    ],
    [
      'a chosen bot that names no host',
      () => office.slack.postAs(alertmanager, alertChannel, { text: 'web-17 is down' }),
    ],
  ])('of %s starts nothing', async (_who, say) => {
    await say()

    await somethingElse()
  })

  it('of a bot inside a thread is talk: two bots that answer each other start nothing', async () => {
    const root = office.slack.postAs(grafana, 'C0INCIDENTS', { text: 'hello' })
    const other = office.slack.postAs(alertmanager, alertChannel, { text: 'no host here' })
    for (const by of [alertmanager, grafana, alertmanager])
      office.slack.postAs(by, alertChannel, { text: `web-1 is down, see ${root.ts}`, threadTs: other.ts })

    await somethingElse()
  })

  it('with hostile text is read as text, and never shown as more', async () => {
    const hostile = '<!channel> *[FIRING:1] Down* <http://evil.example.com|Approve> \u202Ekcatta `@here` '
    const text = `${hostile}${'x'.repeat(9000)}\ninstance = we\u200Bb-1:9113\n${'instance = web-1-old\n'.repeat(50)}`
    const message = office.slack.postAs(alertmanager, alertChannel, { text })
    const { request } = await office.nextRequest()

    await office.post(request.threadId, {
      kind: 'diagnosis',
      diagnosisId: request.id,
      diagnosis: healthy,
      proposal: null,
    })

    expect(request.host).toBe('web-1')
    const said = JSON.stringify(office.repliesBelow(message).map(({ text: top, blocks }) => [top, blocks]))
    expect(said).not.toMatch(/<!channel>|<http:\/\/evil|\u202E|\u200B/)
    expect(said.length).toBeLessThan(5000)
  })

  it('that names no host is listed, with the word that would have mattered', async () => {
    office.slack.postAs(alertmanager, alertChannel, { text: 'instance = web-17:9113 is down' })
    office.slack.postAs(alertmanager, alertChannel, { text: '[RESOLVED] instance = web-18:9113' })
    await somethingElse()

    const listed = await client.hvals('gatemedic:alerts:unmapped:what')
    expect(listed).toHaveLength(1)
    expect(listed.join()).toContain('web-17: no host has that name; nearest web-1')
  })

  it('is taken when Redis answers again', async () => {
    await redis.kill()
    office.slack.postAs(alertmanager, alertChannel, recorded('alertmanager/default'))
    await office.slack.waitFor(() => office.slack.deliveries().length === 1)

    await redis.start()

    expect((await office.nextRequest()).request.host).toBe('web-1')
  })
})

function ownMessage(text: string): void {
  const { workspace } = office.slack
  const message = workspace.post({ channel: alertChannel, user: workspace.bot.id, text })
  workspace.change(message, { text: `${text}, edited` })
}
