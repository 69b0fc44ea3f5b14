import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, browserPath, openBrowser } from './slack/browser.ts'
import { type RunningDemo, runDemo } from './running-demo.ts'

if (!browserPath) console.warn('no chromium on this machine: the demo is not tried in a browser')

/** Pictures of the run are kept when this names a folder: GATEMEDIC_SCREENSHOTS=docs/images npx vitest run test/demo/demo.test.ts */
const pictures = process.env['GATEMEDIC_SCREENSHOTS']

describe.skipIf(!browserPath)('npm run demo, as a newcomer uses it', () => {
  let demo: RunningDemo
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    demo = await runDemo()
    browser = await openBrowser()
    page = await browser.context.newPage()
    await page.goto(demo.firstAddress)
    await page.waitForSelector('.channel')
  })
  afterAll(async () => {
    await browser?.close()
    await demo?.stop()
  })

  async function keep(name: string): Promise<void> {
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) })
  }

  async function type(text: string): Promise<void> {
    await page.fill('#composer-text', text)
    await page.keyboard.press('Enter')
  }

  function said(text: string | RegExp): Locator {
    return page.getByText(text).first()
  }

  test('says at the top what is recorded and what is live', async () => {
    await expect.poll(() => page.textContent('#banner')).toMatch(/recordings.*own/s)
    await keep('demo-start')
  })

  test('a broken host: progress, cause, button, confirmation, resolved', { timeout: 180_000 }, async () => {
    await type('/nginx diagnose web-1')
    await said(/asking|connecting|reading|queued|looking/i).waitFor()
    await keep('demo-progress')

    const button = page.getByRole('button', { name: /start checkout-api\.service/i }).first()
    await said('the backend is down').waitFor({ timeout: 60_000 })
    await said(/\d+ replies/).click()
    await button.waitFor({ timeout: 60_000 })
    await button.scrollIntoViewIfNeeded()
    await keep('demo-cause')

    await button.click()
    await page.waitForSelector('dialog[open]')
    await keep('demo-confirm')
    await page.click('dialog[open] #confirm-yes')

    await said(/resolved/i).waitFor({ timeout: 60_000 })
    await keep('demo-resolved')
  })

  test('the same host is healthy when it is asked again', { timeout: 120_000 }, async () => {
    await type('/nginx diagnose web-1')

    // The first message in the channel is the one that was resolved.
    const second = page.locator('#messages [data-ts]').nth(1)
    await second.getByText('Nothing is failing on web-1 now.').waitFor({ timeout: 60_000 })
  })

  test('a host whose log may not be read is not called healthy', { timeout: 120_000 }, async () => {
    await type('/nginx diagnose web-3')

    await said(/may not be read/).waitFor({ timeout: 60_000 })
    await keep('demo-cannot-tell')
  })
})
