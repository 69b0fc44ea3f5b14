import { afterEach, describe, expect, it } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { labHost } from '../../lab/host.ts'
import type { LabHost } from '../../lab/host-handle.ts'
import { labHere } from '../lab/lab-here.ts'
import { install, type Installation, web1 } from './installation.ts'

const channel = 'C0INCIDENTS'

describe.skipIf(!labHere())('an approved action on a real host cures what it was offered for', () => {
  let host: LabHost | undefined
  let installed: Installation | undefined

  afterEach(async () => {
    await installed?.close()
    await host?.down()
  })

  it.each([
    { fault: 'socket-missing', button: 'Restart php8.2-fpm.service on web-1', site: 'blog.example.com' },
    {
      fault: 'socket-missing-pool-not-reloaded',
      button: 'Reload php8.2-fpm.service on web-1',
      site: 'blog.example.com',
    },
    {
      fault: 'backend-down-socket-stopped',
      button: 'Start checkout-api.socket on web-1',
      site: 'shop.example.com',
    },
    { fault: 'nginx-down', button: 'Start nginx on web-1', site: 'shop.example.com' },
    { fault: 'config-not-reloaded', button: 'Reload nginx on web-1', site: 'shop.example.com' },
  ])(
    '$fault: $button',
    async ({ fault, button, site }) => {
      host = await labHost({ name: 'acting', fault })
      installed = await install([web1(host)], 'socket')
      const { person } = installed.standIn
      await person.type(dana.id, channel, '/nginx diagnose web-1')
      const verdict = await reply((message) => JSON.stringify(message.blocks).includes(button))

      await person.press(dana.id, verdict, button)
      await person.press(dana.id, verdict, button).catch(() => {}) // the button may be gone by now: a second press must not act either way
      const ended = await reply(
        (message) => message.ts !== verdict.ts && /resolved|still|failed|refused|could not/i.test(message.text),
      )

      expect(ended.text).toMatch(/resolved/i)
      expect(
        (await host.exec(`curl -s -m 10 -o /dev/null -w '%{http_code}' -H 'Host: ${site}' http://127.0.0.1/`)).stdout,
      ).toBe('200')
    },
    120_000,
  )

  async function reply(fits: (message: Message) => boolean): Promise<Message> {
    const { standIn } = installed ?? {}
    if (!standIn) throw new Error('nothing is installed')
    const messages = (): readonly Message[] =>
      standIn.workspace
        .messages(channel)
        .flatMap((root) => standIn.workspace.thread(channel, root.ts).filter((message) => message.ts !== root.ts))
    try {
      return await standIn.waitFor(() => messages().find((message) => message.text.includes('<@') && fits(message)), {
        deadlineMs: 60_000,
      })
    } catch (cause) {
      throw new Error(
        `no such reply:\n${messages()
          .map((message) => message.text)
          .join('\n')}\n${installed?.worker.output()}`,
        { cause },
      )
    }
  }
})
