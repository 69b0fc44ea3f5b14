import { afterEach, expect, test } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { type MovedClock, withMovedClock } from './moved-clock.ts'

const channel = 'C0INCIDENTS'
const button = 'Start checkout-api.service on web-1'
let product: MovedClock | undefined

afterEach(async () => {
  await product?.close()
  product = undefined
})

test('the third time a fault is there it is said so, with the last fix and how long it lasted, and everything may have been restarted between', async () => {
  product = await withMovedClock('web-1')
  await diagnoseAndCure(product)
  product.later(52)
  product.breakAgain()
  const second = await diagnoseAndCure(product)
  await product.restartAll()
  product.later(4)
  product.breakAgain()

  const third = await diagnose(product)

  expect(textOf(second.root)).toContain(
    'Second time in 7 days on web-1.* Last fix: start of checkout-api.service, lasted 2 days.',
  )
  expect(textOf(third.root)).toContain(
    'Third time in 7 days on web-1.* Last fix: start of checkout-api.service, lasted 4 h.',
  )
  expect(textOf(third.verdict)).toContain('Third time in 7 days on web-1.* Before: <!date^')
  expect(textOf(third.verdict)).not.toContain('It did not hold')
}, 120_000)

test('a start that was back within a day twice is advised against, and the history of host, group and cause tells of it', async () => {
  product = await withMovedClock('web-1')
  for (const hours of [3, 5]) {
    await diagnoseAndCure(product)
    product.later(hours)
    product.breakAgain()
  }

  const { verdict } = await diagnose(product)

  expect(textOf(verdict)).toContain(
    'Started twice in 7 days, and it was back after 3 h and 5 h: look for the cause first.',
  )
  expect(textOf(verdict)).toContain(button)
  expect(textOf(verdict)).not.toContain('"style":"primary"')
  for (const of of ['web-1', 'group:edge', 'backend-down 7d']) {
    const told = await typeAlone(product, `/nginx history ${of}`)
    expect(told).toContain('The backend is down: 3')
    expect(told).toMatch(/start of checkout-api\.service by [\w ]+: helped, for 5 h/)
  }
}, 120_000)

interface Conversation {
  readonly root: Message
  readonly verdict: Message
}

async function diagnose({ standIn }: MovedClock): Promise<Conversation> {
  const known = new Set(roots(standIn).map(({ ts }) => ts))
  await standIn.person.type(dana.id, channel, '/nginx diagnose web-1')
  return standIn.waitFor(
    () => {
      const root = roots(standIn).find(({ ts }) => !known.has(ts))
      const verdict = root && replies(standIn, root).find((message) => textOf(message).includes(button))
      return root && verdict && { root, verdict }
    },
    { deadlineMs: 30_000 },
  )
}

async function diagnoseAndCure(at: MovedClock): Promise<Conversation> {
  const { standIn } = at
  const conversation = await diagnose(at)
  const asItWas = { root: { ...conversation.root }, verdict: conversation.verdict }
  await standIn.person.press(dana.id, conversation.verdict, button)
  await standIn.waitFor(() => replies(standIn, conversation.root).find(({ text }) => /resolved/i.test(text)), {
    deadlineMs: 30_000,
  })
  return asItWas
}

function roots({ workspace }: MovedClock['standIn']): readonly Message[] {
  return workspace.messages(channel).filter(({ threadTs, ephemeralTo }) => !threadTs && !ephemeralTo)
}

function replies({ workspace }: MovedClock['standIn'], root: Message): readonly Message[] {
  return workspace.thread(channel, root.ts).filter(({ ts }) => ts !== root.ts)
}

async function typeAlone({ standIn }: MovedClock, line: string): Promise<string> {
  const before = standIn.workspace.ephemerals(dana.id).length
  await standIn.person.type(dana.id, channel, line)
  return textOf(await standIn.waitFor(() => standIn.workspace.ephemerals(dana.id)[before]))
}

function textOf({ blocks }: Message): string {
  return JSON.stringify(blocks)
}
