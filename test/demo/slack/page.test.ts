import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { alertmanager, dana, sam } from '../../../demo/slack/cast.ts'
import { startStandIn } from '../../../demo/slack/stand-in.ts'
import type { StandIn } from '../../../demo/slack/stand-in.ts'
import { startSocketApp } from './bolt-app.ts'
import type { RunningApp } from './bolt-app.ts'
import { browserPath, openBrowser } from './browser.ts'
import type { Browser } from './browser.ts'
import { call } from './call.ts'
import { evidenceBlocks, verdictBlocks } from './example-messages.ts'

if (!browserPath) console.warn('no chromium on this machine: the tests of the page are left out')

const incidents = 'C0INCIDENTS'

function label(text: string): { type: 'plain_text'; text: string } {
  return { type: 'plain_text', text }
}

describe.skipIf(!browserPath)('the page in a browser', () => {
  let browser: Browser
  let slack: StandIn
  let page: Page
  let faults: string[]

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
  })
  beforeEach(async () => {
    faults = []
    slack = await startStandIn({
      page: { banner: 'Recorded *hosts*', hints: [{ text: '/nginx hosts', about: 'what there is' }] },
    })
    page = await browser.context.newPage()
    page.setDefaultTimeout(8000)
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (line) => {
      if (line.type() === 'error') faults.push(line.text())
    })
    page.on('dialog', (dialog) => {
      faults.push(`a script ran: ${dialog.message()}`)
      void dialog.dismiss()
    })
    await page.goto(slack.pageUrl ?? '')
    await page.waitForSelector('.channel')
  })
  afterEach(async () => {
    await page.close()
    await slack.close()
    expect(faults).toEqual([])
  })

  async function withApp(work: (app: RunningApp) => Promise<void>): Promise<void> {
    const running = await startSocketApp(slack, (app) => {
      app.command('/nginx', async ({ ack, client, command, say }) => {
        await ack()
        const { channel_id: channel } = command
        const { ts } = await say('web-1: looking')
        await client.chat.update({
          channel,
          ts: ts ?? '',
          text: 'web-1: found',
          blocks: JSON.parse(JSON.stringify(verdictBlocks)),
        })
        await say({ thread_ts: ts ?? '', text: `<@${command.user_id}> web-1: it is down. Start it?` })
      })
      app.action('approve', async ({ ack, respond }) => {
        await ack()
        await respond({ replace_original: true, text: 'Started by a person' })
      })
      app.view('paste', async ({ ack, view }) => {
        const text = view.state.values['pasted']?.['text']?.value ?? ''
        const told = { type: 'section' as const, text: { type: 'plain_text' as const, text: `read: ${text}` } }
        await ack({ response_action: 'update', view: { type: 'modal', title: label('Answer'), blocks: [told] } })
      })
    })
    try {
      await work(running)
    } finally {
      await running.stop()
    }
  }

  it('takes a command, shows the answer, asks before the press and shows what came of it', async () => {
    await withApp(async () => {
      await page.click('.chip')
      await page.fill('#composer-text', '/nginx diagnose web-1')
      await page.keyboard.press('Enter')
      await page.click('[data-action=approve]')
      await page.waitForSelector('dialog[open]')
      const question = await page.textContent('#confirm-text')
      await page.click('#confirm-yes')
      await page.waitForSelector('text=Started by a person')

      expect(question).toContain('systemctl start checkout-api.service')
      expect(slack.deliveries().map((one) => one.delivery.kind)).toEqual(['slash_commands', 'interactive'])
    })
  })

  it('shows what another app attaches, and has its message diagnosed from there', async () => {
    await withApp(async () => {
      const attachment = {
        color: 'a30200',
        title: '[FIRING:1] Down <b>',
        title_link: 'javascript:alert(1)',
        text: '*web-1*',
      }
      slack.postAs(alertmanager, incidents, { attachments: [attachment] })
      await page.hover('.sk-attachment')
      await page.click('[data-shortcut=diagnose_alert]')
      await expect.poll(() => slack.deliveries().length).toBe(1)

      expect(await page.textContent('.sk-attachment')).toBe('[FIRING:1] Down <b>web-1')
      expect(await page.locator('.sk-attachment a').count()).toBe(0)
      expect(slack.deliveries()[0]?.delivery.body).toMatchObject({ callback_id: 'diagnose_alert' })
    })
  })

  it('sends nothing when the dialog is left with Escape', async () => {
    await call(slack, 'chat.postMessage', { channel: incidents, text: 'x', blocks: verdictBlocks })

    await page.click('[data-action=approve]')
    await page.waitForSelector('dialog[open]')
    await page.keyboard.press('Escape')
    await page.waitForSelector('#confirm:not([open])', { state: 'attached' })

    expect(slack.deliveries()).toEqual([])
  })

  it('shows a window, sends what is pasted into it, and its answer in the same place', async () => {
    await withApp(async () => {
      slack.views.open(dana.id, {
        type: 'modal',
        callback_id: 'paste',
        title: label('Paste'),
        submit: label('Read'),
        blocks: [
          {
            type: 'input',
            block_id: 'pasted',
            label: label('Lines'),
            element: { type: 'plain_text_input', action_id: 'text', multiline: true },
          },
        ],
      })
      await page.fill('#modal[open] textarea', '<b>one</b> line')
      await page.click('#modal-submit')
      await page.waitForSelector('text=read: <b>one</b> line')
      await page.keyboard.press('Escape')
      await page.waitForSelector('#modal:not([open])', { state: 'attached' })

      expect(slack.views.modal(dana.id)).toBeUndefined()
    })
  })

  it('lets one pick from a list in groups, and sends it with what is typed beside it', async () => {
    await withApp(async () => {
      slack.views.open(dana.id, {
        type: 'modal',
        callback_id: 'paste',
        title: label('What was it?'),
        submit: label('Say it'),
        blocks: [
          {
            type: 'input',
            block_id: 'truth',
            label: label('It was'),
            element: {
              type: 'static_select',
              action_id: 'value',
              option_groups: [
                { label: label('The host'), options: [{ text: label('no space left'), value: 'disk-full' }] },
              ],
            },
          },
          {
            type: 'input',
            block_id: 'pasted',
            label: label('Words'),
            element: { type: 'plain_text_input', action_id: 'text' },
          },
        ],
      })
      await page.selectOption('#modal[open] select', 'disk-full')
      await page.fill('#modal[open] input', 'df said so')
      await page.click('#modal-submit')
      await page.waitForSelector('text=read: df said so')

      expect(slack.deliveries()[0]?.delivery.body).toMatchObject({
        view: { state: { values: { truth: { value: { selected_option: { value: 'disk-full' } } } } } },
      })
    })
  })

  it('rings the phone of the one who is named, and opens the thread from there', async () => {
    const { ts } = await call(slack, 'chat.postMessage', { channel: incidents, text: 'root' })
    await call(slack, 'chat.postMessage', {
      channel: incidents,
      thread_ts: ts,
      text: `<@${dana.id}> web-1: checkout-api is down. Start it?`,
    })

    await page.click('.note')
    await page.waitForSelector('#replies [data-ts]')
    const note = await page.textContent('.note-text')
    await page.selectOption('#acting', sam.id)
    await page.waitForSelector('.note-none')

    expect(note).toBe('@dana web-1: checkout-api is down. Start it?')
  })

  it('shows an ephemeral message to the acting person only', async () => {
    await call(slack, 'chat.postEphemeral', { channel: incidents, user: sam.id, text: 'for Sam' })
    await call(slack, 'chat.postMessage', { channel: incidents, text: 'for all' })
    await page.waitForSelector('text=for all')
    const asDana = await page.textContent('#messages')

    await page.selectOption('#acting', sam.id)
    await page.waitForSelector('text=for Sam')

    expect(asDana).not.toContain('for Sam')
  })

  it('leaves hostile text inert', async () => {
    const hostile = [
      '<script>alert(1)</script> <img src=x onerror=alert(2)> &lt;script&gt;alert(3)&lt;/script&gt;',
      '<javascript:alert(4)|click> <data:text/html,<script>alert(5)</script>|click> &lt;!channel&gt;',
      '`<img src=x onerror=alert(6)>` *<b onclick=alert(7)>* <http://x" onclick="alert(8)|y>',
    ].join('\n')
    await call(slack, 'chat.postMessage', {
      channel: incidents,
      text: hostile,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: hostile } },
        { type: 'header', text: { type: 'plain_text', text: '<script>alert(9)</script>' } },
        {
          type: 'markdown',
          text: '[x](javascript:alert(10)) <script>alert(11)</script> <img src=x onerror=alert(12)>',
        },
        ...evidenceBlocks,
      ],
    })
    await call(slack, 'chat.postMessage', { channel: incidents, text: hostile })
    await page.locator('#messages [data-ts]').nth(1).waitFor()

    const live = '#messages script, #messages iframe, #messages [onerror], #messages [onclick], #messages .sk-mention'
    const links = await page.locator('#messages a').all()
    const targets = await Promise.all(links.map((link) => link.getAttribute('href')))
    expect(await page.locator(live).count()).toBe(0)
    // react-markdown leaves a link it refuses without a target.
    expect(targets.filter((target) => target && !/^https?:/u.test(target))).toEqual([])
    expect(await page.textContent('#messages')).toContain('<script>alert(9)</script>')
  })

  it('draws the other blocks when one of them cannot be drawn', async () => {
    slack.workspace.post({
      channel: incidents,
      user: 'U0GATEMEDIC',
      text: 'x',
      blocks: [
        { type: 'data_visualization', chart: { type: 'line', series: 'none' } },
        { type: 'of_next_year' },
        { type: 'header', text: { type: 'plain_text', text: 'still here' } },
      ],
    })

    await page.waitForSelector('text=still here')

    expect(await page.locator('.sk-unknown').allTextContents()).toContain('[of_next_year block: not shown here]')
  })

  it('writes dates in the zone of the browser', async () => {
    await call(slack, 'chat.postMessage', {
      channel: incidents,
      text: 'at <!date^1795230240^{date_num} {time}|03:04 UTC>',
    })

    await page.waitForSelector('.sk-text time')

    expect(await page.textContent('.sk-text time')).toBe('21/11/2026 04:04')
  })

  it('asks nothing outside its own address', async () => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).host))
    await call(slack, 'chat.postMessage', {
      channel: incidents,
      text: 'x',
      blocks: [{ type: 'image', image_url: 'https://example.com/x.png', alt_text: 'a picture' }],
    })
    await page.reload()
    await page.waitForSelector('text=a picture')

    expect(new Set(asked)).toEqual(new Set([new URL(slack.pageUrl ?? '').host]))
  })
})
