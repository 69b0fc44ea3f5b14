import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { alertmanager, dana, grafana, sam } from '../../demo/slack/cast.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { alertChannel, type AlertingOffice, openAlertingOffice, recorded } from './alerting-office.ts'

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

describe('a message that the bot missed', () => {
  beforeEach(async () => {
    await client.flushall()
    office = await openAlertingOffice('socket', client, { messageEvents: false })
  })

  it('is taken when the channel is read, once', async () => {
    const message = office.slack.postAs(alertmanager, alertChannel, recorded('alertmanager/default'))
    ownMessage('web-2 is down')

    await office.bot.hearMissed()
    await office.bot.hearMissed()
    office.slack.postAs(alertmanager, alertChannel, { text: 'db.internal is down' })
    await office.bot.hearMissed()
    await office.nextRequest(2)

    const { thread } = await office.nextRequest(1)
    expect(thread).toMatchObject({ threadTs: message.ts })
    expect(office.queues.requests.map(({ host }) => host)).toEqual(['web-1', 'db.internal'])
  })

  it('in a channel without the bot is told to who set it up', async () => {
    const { workspace } = office.slack
    workspace.leave(alertChannel, workspace.bot.id)

    await office.bot.hearMissed()

    expect(office.said.join()).toMatch(/no member of this channel of alerts\.slack: \/invite it/)
  })
})

describe('a person who asks for what a message names', () => {
  beforeEach(async () => {
    await client.flushall()
    office = await openAlertingOffice('socket', client)
  })

  it('by a mention in its thread gets the answer there', async () => {
    const message = office.slack.postAs(grafana, 'C0INCIDENTS', recorded('datadog/triggered'))

    await office.slack.person.mention(sam.id, 'C0INCIDENTS', 'diagnose this', message.ts)
    const { request, thread } = await office.nextRequest()

    expect(request).toMatchObject({ host: 'web-2', requester: { kind: 'user', userId: sam.id } })
    expect(thread).toMatchObject({ threadTs: message.ts, via: 'reply' })
  })

  it('outside of a thread is asked which one', async () => {
    await office.slack.person.mention(sam.id, 'C0INCIDENTS', 'diagnose this')

    const told = await office.slack.waitFor(() => office.slack.workspace.ephemerals(sam.id)[0])
    expect(told.text).toContain('in the thread of an alert')
  })

  it('is told alone when it names none, with the nearest ones to press', async () => {
    const message = office.slack.postAs(grafana, 'C0INCIDENTS', { text: 'web-17 is slow' })

    await office.slack.person.messageShortcut(dana.id, message, 'diagnose_alert')

    const told = await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[0])
    expect(told.text).toBe(
      'I find no host of the inventory in this message: none is called web-17. Did you mean one of these? diagnose web-1, diagnose web-2',
    )
    expect(office.queues.requests).toEqual([])
  })

  it('where the bot is no member is answered alone, and told how to invite it', async () => {
    const message = office.slack.postAs(grafana, 'C0GENERAL01', { text: 'web-1 is slow' })

    await office.slack.person.messageShortcut(dana.id, message, 'diagnose_alert')

    const told = await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[0])
    expect(told.text).toContain('Diagnosing web-1')
    expect(JSON.stringify(told.blocks)).toContain('/invite @gatemedic')
  })
})

function ownMessage(text: string): void {
  const { workspace } = office.slack
  const message = workspace.post({ channel: alertChannel, user: workspace.bot.id, text })
  workspace.change(message, { text: `${text}, edited` })
}
