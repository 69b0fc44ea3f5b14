import { afterEach, expect, test } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { type MovedClock, withMovedClock } from './moved-clock.ts'

const channel = 'C0INCIDENTS'
const minutes = (count: number): number => count / 60
const slow = { deadlineMs: 30_000 }
let product: MovedClock | undefined

afterEach(async () => {
  await product?.close()
  product = undefined
})

test('a watched host that is cured and broken again is told as two changes, whatever is restarted between, and the watch ends by itself', async () => {
  product = await withMovedClock('web-1')
  const { standIn, later, breakAgain, restartAll } = product
  await standIn.person.type(dana.id, channel, '/nginx watch web-1 for 30m')
  const root = await rootWith(product, 'Looked at once')
  expect(root.text).toMatch(/^watching web-1: .*checkout-api\.service/)
  expect(replies(product, root)).toEqual([])

  await cure(product)
  later(minutes(2))
  const well = await reply(product, root, /nothing is failing/i)
  expect(JSON.stringify(well)).toContain('Before: ')
  expect(well.text).toContain(`<@${dana.id}>`)

  await restartAll()
  breakAgain()
  later(minutes(2))
  const back = await reply(product, root, /checkout-api\.service/)
  expect(JSON.stringify(back)).toContain('Check again')
  expect(JSON.stringify(back)).not.toContain('Start checkout-api.service')

  later(minutes(30))
  const end = await reply(product, root, /^The watch of web-1 is over/)
  expect(end.text).toContain('2 changes')
  expect(replies(product, root)).toHaveLength(3)
}, 120_000)

async function cure(at: MovedClock): Promise<void> {
  const button = 'Start checkout-api.service on web-1'
  await at.standIn.person.type(dana.id, channel, '/nginx diagnose web-1')
  const offer = await at.standIn.waitFor(
    () => all(at).find((each) => each.threadTs && JSON.stringify(each.blocks).includes(button)),
    slow,
  )
  await at.standIn.person.press(dana.id, offer, button)
  await at.standIn.waitFor(() => all(at).find(({ text }) => /resolved/i.test(text)), slow)
}

function rootWith(at: MovedClock, part: string): Promise<Message> {
  return at.standIn.waitFor(() => all(at).find((each) => !each.threadTs && JSON.stringify(each).includes(part)), slow)
}

function reply(at: MovedClock, root: Message, words: RegExp): Promise<Message> {
  return at.standIn.waitFor(() => replies(at, root).find(({ text }) => words.test(text)), slow)
}

function replies(at: MovedClock, { ts }: Message): readonly Message[] {
  return all(at).filter(({ threadTs }) => threadTs === ts)
}

function all({ standIn }: MovedClock): readonly Message[] {
  return standIn.workspace.messages(channel).filter(({ ephemeralTo }) => !ephemeralTo)
}
