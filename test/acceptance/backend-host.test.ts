import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { dana } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import type { LabPair } from '../../lab/hosts.ts'
import { brokenPair } from '../../lab/pair-run.ts'
import { verify } from '../../src/audit/verify.ts'
import { labHere } from '../lab/lab-here.ts'
import { install, type Installation, web1 } from './installation.ts'

/** What of an audit line is looked at here. */
const record = z.object({ step: z.string(), host: z.string(), target: z.string() })

const channel = 'C0INCIDENTS'
const button = 'Start checkout-api.service on app-3'

describe.skipIf(!labHere())('nginx on web-1, its backend stopped on app-3', { timeout: 180_000 }, () => {
  let pair: LabPair | undefined
  let installed: Installation | undefined

  beforeEach(async () => {
    pair = (await brokenPair('stopped', { seed: null })).pair
  })
  afterEach(async () => {
    await installed?.close()
    await pair?.down()
    installed = pair = undefined
  })

  it('is diagnosed from web-1, started on app-3 by its own button, verified, and audited as done to app-3', async () => {
    const { front, back } = both()
    // web-1 could not have been acted on: what counts is what the inventory says of app-3.
    const { auditDir, standIn } = await installOn([])
    await standIn.person.type(dana.id, channel, '/nginx diagnose web-1')
    const verdict = await reply((message) => JSON.stringify(message.blocks).includes(button))
    const before = [await siteStatus(), await stateOf(back), await stateOf(front)]

    await standIn.person.press(dana.id, verdict, button)
    const ended = await reply(
      (message) => message.ts !== verdict.ts && /resolved|still|failed|refused/i.test(message.text),
    )

    expect(verdict.text).toMatch(/^web-1: on app-3 checkout-api\.service/)
    expect(before).toEqual(['502', 'inactive', expect.not.stringMatching(/^active$/)])
    expect(ended.text).toMatch(/resolved/i)
    expect([await siteStatus(), await stateOf(back)]).toEqual(['200', 'active'])
    const file = join(auditDir, readdirSync(auditDir).find((name) => name.endsWith('.jsonl')) ?? '')
    await expect(verify(file)).resolves.toMatchObject({ ok: true })
    expect(stepsIn(file)).toEqual(
      ['started', 'ran', 'ended'].map((step) => ({ step, host: 'app-3', target: 'checkout-api.service' })),
    )
  })

  it('gets no button when the inventory does not let that unit of app-3 be acted on, whatever it says of web-1', async () => {
    const { back } = both()
    const { standIn } = await installOn(['checkout-api.service'], ['other.service'])
    await standIn.person.type(dana.id, channel, '/nginx diagnose web-1')
    const verdict = await reply((message) => /on app-3 checkout-api\.service/.test(message.text))

    expect(text([verdict])).toMatch(/No button here: .*act\.units of app-3/)
    expect(text(thread())).not.toContain('Start checkout-api.service')
    expect(await stateOf(back)).toBe('inactive')
  })

  function both(): LabPair {
    if (!pair) throw new Error('there is no pair')
    return pair
  }

  async function installOn(frontUnits: readonly string[], backUnits = ['checkout-api.service']): Promise<Installation> {
    const { front, back } = both()
    const listed = [
      { ...web1(front), units: frontUnits },
      { name: 'app-3', host: back, units: backUnits },
    ]
    installed = await install(listed, 'socket')
    return installed
  }

  function thread(): readonly Message[] {
    const { workspace } = installed?.standIn ?? {}
    return (workspace?.messages(channel) ?? []).flatMap(
      (root) => workspace?.thread(channel, root.ts).filter((message) => message.ts !== root.ts) ?? [],
    )
  }

  async function reply(fits: (message: Message) => boolean): Promise<Message> {
    if (!installed) throw new Error('nothing is installed')
    try {
      return await installed.standIn.waitFor(
        () => thread().find((message) => message.text.includes('<@') && fits(message)),
        { deadlineMs: 90_000 },
      )
    } catch (cause) {
      throw new Error(`no such reply:\n${text(thread())}\n${installed.worker.output()}`, { cause })
    }
  }

  async function siteStatus(): Promise<string> {
    const ask = "curl -s -m 10 -o /dev/null -w '%{http_code}' -H 'Host: shop.example.com' http://127.0.0.1/cart"
    return (await both().front.exec(ask)).stdout
  }
})

async function stateOf(host: LabPair['back']): Promise<string> {
  return (await host.exec('systemctl is-active checkout-api.service')).stdout.trim()
}

function text(messages: readonly Message[]): string {
  return messages.map((message) => `${message.text}\n${JSON.stringify(message.blocks ?? [])}`).join('\n')
}

function stepsIn(file: string): readonly object[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => {
    return record.parse(JSON.parse(line))
  })
}
