import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { labHost } from '../../lab/host.ts'
import type { LabHost } from '../../lab/host-handle.ts'
import { labHere } from '../lab/lab-here.ts'
import { freePort } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { install, type Installation, web1 } from './installation.ts'
import { type Monitoring, startMonitoring } from './monitoring.ts'

const channel = 'C0EDGEALERT'
const site = 'http://shop.example.com/cart'

describe.skipIf(!labHere())('a real Alertmanager and a site that stops answering', () => {
  let host: LabHost
  let installed: Installation
  let monitoring: Monitoring

  beforeAll(async () => {
    host = await labHost({ name: 'alerted' })
    const port = await freePort()
    const bearer = randomBytes(24).toString('hex')
    const alerts = { port, sources: { prometheus: { type: 'alertmanager', auth: 'bearer' } } }
    installed = await install([web1(host)], 'socket', {
      settings: { channels: { default: channel }, alerts },
      botVariables: { GATEMEDIC_ALERT_SECRET_PROMETHEUS: bearer },
    })
    const url = `http://127.0.0.1:${port}/alerts/prometheus`
    monitoring = await startMonitoring([{ url: site, address: host.address }], { url, bearer })
  })
  afterAll(async () => {
    await monitoring?.stop()
    await installed?.close()
    await host?.down()
  })

  it('gets its thread with the right cause by itself, and the thread ends when the sender says resolved', async () => {
    const { standIn } = installed
    await until('the site is probed and answers', async () => (await monitoring.probeSuccess(site)) === '1', 60_000)
    expect(roots()).toEqual([])

    await host.break('backend-down')
    const verdict = await waitFor('the verdict', () => thread().find(({ text }) => /checkout-api\.service/.test(text)))

    expect(roots()).toHaveLength(1)
    expect(words(roots())).toMatch(/confirmed/i)
    expect(words(roots())).toContain('Alert from prometheus: SiteDown')

    await standIn.person.press(dana.id, verdict, 'Start checkout-api.service on web-1')
    await waitFor('the action', () =>
      thread().find(({ text }) => text.includes(`<@${dana.id}>`) && /resolved/.test(text)),
    )
    await until('the site answers again', async () => (await monitoring.probeSuccess(site)) === '1', 60_000)
    const over = await waitFor('the end', () => thread().find(({ text }) => /by prometheus/.test(text)))

    expect(over.text).toMatch(/SiteDown.* resolved at .* by prometheus/)
    expect(words(roots())).toMatch(/resolved at .* by the sender/)
    expect(roots()).toHaveLength(1)
  }, 180_000)

  function roots(): readonly Message[] {
    return installed.standIn.workspace
      .messages(channel)
      .filter(({ ts, threadTs }) => threadTs === undefined || threadTs === ts)
  }

  function thread(): readonly Message[] {
    const [root] = roots()
    return root ? installed.standIn.workspace.thread(channel, root.ts).filter(({ ts }) => ts !== root.ts) : []
  }

  async function waitFor(what: string, find: () => Message | undefined): Promise<Message> {
    try {
      return await installed.standIn.waitFor(() => find() ?? null, { deadlineMs: 90_000 })
    } catch (cause) {
      const said = `${words([...roots(), ...thread()])}\n${installed.bot.output()}\n${installed.worker.output()}\n${monitoring.output()}`
      throw new Error(`no message with ${what}:\n${said}`, { cause })
    }
  }
})

function words(messages: readonly Message[]): string {
  return messages.map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks ?? [])}`).join('\n')
}
