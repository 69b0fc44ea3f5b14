import { afterEach, expect, test } from 'vitest'
import { dana, sam } from '../../demo/slack/cast.ts'
import { textAt } from '../../demo/slack/json.ts'
import type { Message } from '../../demo/slack/model.ts'
import { withRemembered } from '../../src/cli/remembered.ts'
import { hitRate, type Share } from '../../src/history/hit-rate.ts'
import { type MovedClock, withMovedClock } from './moved-clock.ts'

const channel = 'C0INCIDENTS'
const button = 'Start checkout-api.service on web-1'
let product: MovedClock | undefined

afterEach(async () => {
  await product?.close()
  product = undefined
})

test('what people say of an answer changes the shown hit rate, and is there after a restart of everything; the record tells the incident', async () => {
  product = await withMovedClock('web-1')
  const { standIn } = product
  await standIn.person.type(dana.id, channel, '/nginx diagnose web-1')
  const verdict = await reply(product, (message) => said(message).includes(button))
  const row = await reply(product, (message) => said(message).includes('Was this answer right?'))
  await standIn.person.press(dana.id, verdict, button)
  await reply(product, ({ text }) => /resolved/i.test(text))

  await standIn.person.press(sam.id, row, 'Wrong')
  await reply(product, (message) => said(message).includes('Wrong, says 1 person.'))
  await expect(history(product)).resolves.toContain('People judged 1 of 1 answer here: 0 right.')
  await product.restartAll()
  await expect(shown(product)).resolves.toMatchObject({ right: 0, of: 1 })
  await standIn.person.press(sam.id, row, 'Right')
  await reply(product, (message) => said(message).includes('Right, says 1 person.'))

  await expect(history(product)).resolves.toContain('People judged 1 of 1 answer here: 1 right.')
  await expect(shown(product)).resolves.toMatchObject({ right: 1, of: 1 })
  await standIn.person.press(sam.id, row, 'Incident record')
  const shared = await reply(product, ({ files }) => files.length > 0)
  const record = standIn.workspace.file(textAt(shared.files[0] ?? {}, 'id'))?.bytes.toString('utf8')
  expect(record).toContain('Diagnosis asked for by Dana Okafor (`U0DANA00001`)')
  expect(record).toMatch(/Approved by Dana Okafor/)
  expect(record).toMatch(/- `(?:\S+ )?systemctl start checkout-api\.service` on `web-1`/)
  expect(record).toContain('It has run (exit code 0)')
  expect(record).toMatch(/Checked after it: resolved/)
  expect(record).toContain('- Sam Rivera (`U0SAM000002`): right')
}, 120_000)

function reply({ standIn }: MovedClock, fits: (message: Message) => boolean): Promise<Message> {
  return standIn.waitFor(() => standIn.workspace.messages(channel).find((one) => one.threadTs && fits(one)), {
    deadlineMs: 30_000,
  })
}

async function history({ standIn }: MovedClock): Promise<string> {
  const before = standIn.workspace.ephemerals(dana.id).length
  await standIn.person.type(dana.id, channel, '/nginx history web-1')
  return said(await standIn.waitFor(() => standIn.workspace.ephemerals(dana.id)[before]))
}

/** As `gatemedic stats` shows it. */
async function shown({ redis, config }: MovedClock): Promise<Share> {
  const rates: Share[] = []
  await withRemembered({ config, redis: redis.url, days: 30 }, async ({ entries }) => {
    rates.push(hitRate(entries).rate)
  })
  const [rate] = rates
  if (rate === undefined) throw new Error('nothing was read')
  return rate
}

function said({ blocks }: Message): string {
  return JSON.stringify(blocks)
}
