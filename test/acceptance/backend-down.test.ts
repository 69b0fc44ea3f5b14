import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { labHost } from '../../lab/host.ts'
import type { LabHost } from '../../lab/host-handle.ts'
import { verify } from '../../src/audit/verify.ts'
import { labHere } from '../lab/lab-here.ts'
import { can, install, type Installation, type Transport, web1 } from './installation.ts'

const channel = 'C0INCIDENTS'

describe.skipIf(!labHere()).each<Transport>(['socket', 'http'])(
  'a stopped backend of a real host, from the typed command to the verified fix, over %s',
  (transport) => {
    let host: LabHost
    let installed: Installation

    beforeAll(async () => {
      host = await labHost({ name: `accept-${transport}`, fault: 'backend-down' })
      installed = await install([web1(host)], transport)
    })
    afterAll(async () => {
      await installed?.close()
      await host?.down()
    })

    it('diagnoses, asks, starts the unit once, checks it, says so and leaves an audit record', async () => {
      const { standIn } = installed
      await standIn.person.type(dana.id, channel, '/nginx diagnose web-1')
      const verdict = await waitForReply(/checkout-api\.service/)
      const root = roots()[0]
      // The evidence follows the verdict in messages of its own.
      const inThread = await installed.standIn.waitFor(() => (/Ruled out/.test(text(thread())) ? text(thread()) : null))

      expect(verdict.text).toContain(`<@${dana.id}>`)
      expect(text([root])).toMatch(/confirmed/i)
      expect(inThread).toContain('127.0.0.1:8080')
      expect(await siteStatus(host)).toBe('502')

      await standIn.person.press(dana.id, verdict, 'Start checkout-api.service on web-1')
      const ended = await waitForReply(/resolved/i)

      expect(ended.text).toContain(`<@${dana.id}>`)
      expect(await siteStatus(host)).toBe('200')
      expect(text([roots()[0]])).toMatch(/resolved/i)
      expect(roots()).toHaveLength(1)
      expect(thread().filter((message) => message.text.includes('<@'))).toHaveLength(2)
      await expect(auditSteps(installed.auditDir)).resolves.toMatchObject({ ok: true })
    }, 120_000)

    it('keeps the SSH key from the bot and the Slack token from the worker', () => {
      const { bot, worker, keyFile, users } = installed

      expect(can(users.worker, `cat ${keyFile}`)).toBe(true)
      expect(can(users.bot, `cat ${keyFile}`)).toBe(false)
      expect(can(users.bot, `cat /proc/${bot.pid}/environ | tr '\\0' '\\n' | grep -q ^SLACK_BOT_TOKEN=`)).toBe(true)
      expect(can(users.worker, `cat /proc/${bot.pid}/environ`)).toBe(false)
      expect(can(users.worker, `tr '\\0' '\\n' </proc/${worker.pid}/environ | grep -q ^SLACK_`)).toBe(false)
    })

    function roots(): readonly Message[] {
      return installed.standIn.workspace
        .messages(channel)
        .filter((message) => message.threadTs === undefined || message.threadTs === message.ts)
    }

    function thread(): readonly Message[] {
      const [root] = roots()
      return root
        ? installed.standIn.workspace.thread(channel, root.ts).filter((message) => message.ts !== root.ts)
        : []
    }

    async function waitForReply(pattern: RegExp): Promise<Message> {
      try {
        return await installed.standIn.waitFor(
          () => thread().find((message) => message.text.includes('<@') && pattern.test(message.text)),
          { deadlineMs: 60_000 },
        )
      } catch (cause) {
        throw new Error(
          `no reply like ${pattern}:\n${text([...roots(), ...thread()])}\n${installed.bot.output()}\n${installed.worker.output()}`,
          { cause },
        )
      }
    }
  },
)

function text(messages: readonly (Message | undefined)[]): string {
  return messages.map((message) => `${message?.text ?? ''}\n${JSON.stringify(message?.blocks ?? [])}`).join('\n')
}

/** What a visitor gets, asked on the host itself. */
async function siteStatus(host: LabHost): Promise<string> {
  const { stdout } = await host.exec(
    "curl -s -m 10 -o /dev/null -w '%{http_code}' -H 'Host: shop.example.com' http://127.0.0.1/cart",
  )
  return stdout.trim()
}

async function auditSteps(folder: string): Promise<unknown> {
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  if (!file) throw new Error('no audit file')
  return verify(join(folder, file))
}
