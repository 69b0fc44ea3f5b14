import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { alertmanager } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { type StandIn, startStandIn } from '../../demo/slack/stand-in.ts'
import { fire, secret } from '../support/fire.ts'
import { type GatemedicProcess, startGatemedic } from '../support/gatemedic-process.ts'
import { type RecordedFleet, serveFleet } from '../support/recorded-fleet.ts'
import { freePort, startRedis, type TestRedis } from '../support/redis.ts'
import { recorded } from '../slack/alerting-office.ts'

const channel = 'C0EDGEALERT'

/** web-1 is broken, as bot and worker find it over SSH. */
const members = [{ name: 'web-1', folder: '../demo/recordings/web-1' }]

describe('an alert that comes into a channel', { timeout: 120_000 }, () => {
  let redis: TestRedis
  let standIn: StandIn
  let fleet: RecordedFleet
  let folder: string
  let port: number
  const processes: GatemedicProcess[] = []

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatemedic-alert-message-'))
    ;[redis, standIn, port] = await Promise.all([startRedis(), startStandIn({ messageEvents: true }), freePort()])
    const settings = {
      channels: { default: channel },
      alerts: {
        port,
        sources: { generic: { type: 'generic' } },
        slack: [{ channel, bots: [alertmanager.botId] }],
        slackWaitSeconds: 4,
      },
    }
    fleet = await serveFleet(members, { folder, pace: 0, settings })
    await Promise.all([start('worker'), start('bot')])
  })
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((each) => each.kill('SIGKILL')))
    await Promise.all([standIn.close(), fleet.close()])
    await redis.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function start(role: 'bot' | 'worker'): Promise<GatemedicProcess> {
    const tokens = {
      SLACK_API_URL: standIn.apiUrl,
      SLACK_BOT_TOKEN: standIn.botToken,
      SLACK_APP_TOKEN: standIn.appToken,
    }
    const own = role === 'bot' ? { ...tokens, GATEMEDIC_ALERT_SECRET: secret } : {}
    const started = startGatemedic({ REDIS_URL: redis.url, ROLE: role, GATEMEDIC_CONFIG: fleet.config[role], ...own })
    processes.push(started)
    await started.ready()
    return started
  }

  function said(by = standIn.workspace.bot.id): readonly Message[] {
    return standIn.workspace.messages(channel).filter(({ user }) => user === by)
  }

  it('as a message is diagnosed in its own thread, with the cause and without a person', async () => {
    const message = standIn.postAs(alertmanager, channel, recorded('alertmanager/default'))

    await standIn.waitFor(() => said().some(({ text }) => /^web-1: .*checkout-api/.test(text)), { deadlineMs: 60_000 })

    expect(new Set(said().map(({ threadTs }) => threadTs))).toEqual(new Set([message.ts]))
    expect(
      said()
        .map(({ text }) => text)
        .join(),
    ).not.toContain('<@')
  })

  it('as a webhook that waits for its message outlives the bot that took it, and is answered once', async () => {
    await fire(port, { host: 'web-1', title: 'ProbeFailed' })
    await processes[1]?.kill('SIGKILL')

    await start('bot')
    await standIn.waitFor(() => said().some(({ text }) => /^web-1: .*checkout-api/.test(text)), { deadlineMs: 60_000 })

    expect(said().filter(({ threadTs }) => threadTs === undefined)).toHaveLength(1)
  })
})
