import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import { startStandIn } from '../../demo/slack/stand-in.ts'
import type { StandIn } from '../../demo/slack/stand-in.ts'
import { createLog } from '../../src/log.ts'
import { createSlack } from '../../src/slack/app.ts'
import type { SlackParts, SlackSettings } from '../../src/slack/parts.ts'
import { inventoryOfTests } from '../commands/inventory-of-tests.ts'
import { memoryFleets } from './memory-fleets.ts'
import { freePort, openOffice } from './office.ts'

const channel = 'C0INCIDENTS'
const cleanUps: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function nobody(): Promise<never> {
  throw new Error('not asked in this test')
}

function parts(): SlackParts {
  return {
    desk: {
      diagnose: nobody,
      diagnoseAll: nobody,
      look: nobody,
      press: nobody,
      offerTogether: nobody,
      pressTogether: nobody,
      wishesOf: nobody,
      reviews: nobody,
      review: nobody,
    },
    secondFactor: { isEnrolled: nobody, check: nobody },
    auditOf: nobody,
    historyOf: nobody,
    threads: { open: nobody, find: nobody, responseUrl: nobody, place: nobody, remember: nobody },
    fleets: memoryFleets(),
    mostHosts: 200,
    inventory: inventoryOfTests,
    seenBefore: async () => false,
    mayAsk: () => ({ allowed: true }),
    freezes: { freeze: nobody, unfreeze: nobody, list: nobody },
    now: () => new Date(),
    newId: () => 'id',
    log: createLog('silent'),
  }
}

async function startWith(change: (good: SlackSettings) => SlackSettings): Promise<void> {
  const standIn = await startStandIn()
  cleanUps.push(() => standIn.close())
  const good: SlackSettings = {
    botToken: standIn.botToken,
    apiUrl: standIn.apiUrl,
    transport: { kind: 'socket', appToken: standIn.appToken },
  }
  const bot = await createSlack(change(good), parts())
  cleanUps.push(() => bot.stop())
  await bot.start()
}

describe('starting', () => {
  it('says which token is bad, where to get a good one, and not what it was', async () => {
    const started = startWith((good) => ({ ...good, botToken: 'xoxb-wrong-0123456789' }))

    await expect(started).rejects.toThrow(
      /^Slack refuses the bot token \(invalid_auth\): set SLACK_BOT_TOKEN .*xoxb-\.\.\./,
    )
    await expect(started).rejects.not.toThrow('0123456789')
  })

  it('says the same of the app token', async () => {
    const started = startWith((good) => ({ ...good, transport: { kind: 'socket', appToken: 'xapp-wrong' } }))

    await expect(started).rejects.toThrow(/^Slack refuses the app token \(invalid_auth\): set SLACK_APP_TOKEN/)
  })

  it('says that Slack cannot be reached, and where', async () => {
    const apiUrl = `http://127.0.0.1:${await freePort()}/api/`

    const started = startWith((good) => ({ ...good, apiUrl }))

    await expect(started).rejects.toThrow(`Slack cannot be reached at ${apiUrl} (ECONNREFUSED)`)
  })

  it('says which port is taken', async () => {
    const holder = createServer()
    const port = await new Promise<number>((resolve) => {
      holder.listen(0, '127.0.0.1', () => {
        const address = holder.address()
        resolve(address !== null && typeof address === 'object' ? address.port : 0)
      })
    })
    cleanUps.push(async () => holder.close())

    const started = startWith((good) => ({
      ...good,
      transport: { kind: 'http', signingSecret: 's', port, listenOn: '127.0.0.1' },
    }))

    await expect(started).rejects.toThrow(`Port ${port} is taken`)
  })
})

describe('running', () => {
  it('closes every socket when it stops, and finishes what it took', async () => {
    const office = await openOffice('socket')
    cleanUps.push(() => office.slack.close())
    expect(office.slack.connections()).toBe(2)
    await office.slack.person.type(dana.id, channel, '/nginx diagnose web-1')

    await office.bot.stop()

    expect(office.slack.workspace.messages(channel)).toHaveLength(1)
    await office.slack.waitFor(() => office.slack.connections() === 0)
  })

  it.each([
    ['renews', (slack: StandIn) => slack.disconnect('refresh_requested')],
    ['drops', (slack: StandIn) => slack.dropConnections()],
  ])('connects again before the five seconds of Bolt are over when Slack %s all its sockets', async (_what, lose) => {
    const office = await openOffice('socket')
    cleanUps.push(() => office.close())
    const opened = office.slack.calls('apps.connections.open').length

    lose(office.slack)
    await office.slack.waitFor(() => office.slack.calls('apps.connections.open').length === opened + 2, {
      deadlineMs: 4500,
    })
    await office.slack.waitFor(() => office.slack.connections() === 2, { deadlineMs: 4500 })
    const done = await office.slack.person.type(dana.id, channel, '/nginx help')

    expect(done).toMatchObject({ outcome: 'acked' })
  })

  it('tries again when Slack gives no new socket at first', async () => {
    const office = await openOffice('socket')
    cleanUps.push(() => office.close())
    office.slack.failNext({ method: 'apps.connections.open', status: 200, error: 'internal_error' })

    office.slack.dropConnections()
    await office.slack.waitFor(() => office.slack.calls('apps.connections.open').length === 5)
    await office.slack.waitFor(() => office.slack.connections() === 2)

    expect(office.said.join('')).toContain('could not be made again')
  })

  it('answers a command in a direct message with the bot there', async () => {
    const office = await openOffice('socket')
    cleanUps.push(() => office.close())

    await office.slack.person.type(dana.id, 'D0DANABOT01', '/nginx diagnose web-1')

    await office.slack.waitFor(() => office.slack.workspace.messages('D0DANABOT01').length === 1)
  })

  it('tells somebody who may not ask why, alone, and runs nothing', async () => {
    const office = await openOffice('socket', { mayAsk: () => ({ allowed: false, because: 'Ask me in #incidents.' }) })
    cleanUps.push(() => office.close())

    await office.slack.person.type(dana.id, channel, '/nginx diagnose web-1')

    const answer = await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[0])
    expect(answer.text).toBe('Ask me in #incidents.')
    expect(office.queues.requests).toEqual([])
  })

  it('says that it diagnoses first when it is asked to restart', async () => {
    const office = await openOffice('socket')
    cleanUps.push(() => office.close())

    await office.slack.person.type(dana.id, channel, '/nginx restart web-1')

    const answer = await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[0])
    expect(answer.text).toContain('I diagnose first')
    expect(office.queues.requests).toMatchObject([{ host: 'web-1' }])
  })

  it('writes no token and no response URL to the log', async () => {
    const office = await openOffice('socket')
    cleanUps.push(() => office.close())
    await office.slack.person.type(dana.id, 'G0WARROOM01', '/nginx diagnose web-1')

    await office.slack.waitFor(() => office.said.join('').includes('diagnosis requested'))

    const log = office.said.join('')
    expect(log).not.toMatch(
      new RegExp(`${office.slack.botToken}|${office.slack.appToken}|response_url|hooks|/commands/`),
    )
  })
})

describe('HTTP deliveries', () => {
  const body =
    'token=x&team_id=T0GATEMEDIC&channel_id=C0INCIDENTS&user_id=U0DANA00001&command=%2Fnginx&text=diagnose+web-1&trigger_id=1.2.3&response_url=http%3A%2F%2F127.0.0.1%3A1%2F'

  it.each([
    ['signed with another secret', 'another secret', 0],
    ['older than five minutes', null, -301],
    ['without a signature', '', 0],
  ])('are refused when %s', async (_what, secret, ageSeconds) => {
    const signingSecret = 'right'
    const port = await freePort()
    const office = await openHttp(port, signingSecret)
    const timestamp = String(Math.floor(Date.now() / 1000) + ageSeconds)
    const signature = createHmac('sha256', secret === null ? signingSecret : secret || 'x')
      .update(`v0:${timestamp}:${body}`)
      .digest('hex')

    const answer = await fetch(`http://127.0.0.1:${port}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        ...(secret === '' ? {} : { 'x-slack-signature': `v0=${signature}` }),
      },
      body,
    })

    expect(answer.status).toBe(401)
    expect(office.asked).toEqual([])
  })
})

async function openHttp(port: number, signingSecret: string): Promise<{ readonly asked: unknown[] }> {
  const asked: unknown[] = []
  const standIn = await startStandIn({ signingSecret })
  cleanUps.push(() => standIn.close())
  const settings: SlackSettings = {
    botToken: standIn.botToken,
    apiUrl: standIn.apiUrl,
    transport: { kind: 'http', signingSecret, port, listenOn: '127.0.0.1' },
  }
  const bot = await createSlack(settings, { ...parts(), seenBefore: async (key) => asked.push(key) > 0 })
  cleanUps.push(() => bot.stop())
  await bot.start()
  return { asked }
}
