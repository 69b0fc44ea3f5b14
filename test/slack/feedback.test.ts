import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { dana, sam } from '../../demo/slack/cast.ts'
import type { Json } from '../../demo/slack/json.ts'
import type { Message } from '../../demo/slack/model.ts'
import { hitRateLine } from '../../src/history/hit-rate.ts'
import { createKeptCaptures } from '../../src/history/kept-captures.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { createSlack, type SlackApp } from '../../src/slack/app.ts'
import { feedbackField } from '../../src/slack/messages/feedback-window.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { until } from '../support/until.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { diagnosed, healthy, undetermined } from './cases.ts'
import { at, channel, deskOn, remembered, row, shown, tell } from './judging.ts'
import { nobodyFreezes, openOffice } from './office.ts'
import type { Office, TransportKind } from './office.ts'

let redis: TestRedis
let client: RedisClient
let office: Office
let count = 0
const secondBots: SlackApp[] = []

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
})
afterEach(async () => {
  for (const bot of secondBots.splice(0)) await bot.stop()
  await office.close()
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

async function open(kind: TransportKind = 'socket', may = () => true): Promise<{ id: string; message: Message }> {
  office = await openOffice(kind, {
    feedback: deskOn(client),
    mayAsk: () => (may() ? { allowed: true } : { allowed: false, because: 'Ask me in #incidents.' }),
  })
  count += 1
  const id = `diagnosis-${count}`
  await tell(client, id)
  return { id, message: await shown(office, id) }
}

function picked(truth: string, note = ''): { [block: string]: Json } {
  const { action } = feedbackField
  return {
    [feedbackField.truth]: { [action]: { type: 'static_select', selected_option: { value: truth } } },
    [feedbackField.note]: { [action]: { type: 'plain_text_input', value: note === '' ? null : note } },
  }
}

async function says(message: Message, words: string): Promise<void> {
  await office.slack.waitFor(() => row(office, message) === words)
}

async function aloneOf(userId: string): Promise<string> {
  return (await office.slack.waitFor(() => office.slack.workspace.ephemerals(userId).at(-1))).text
}

describe.each<TransportKind>(['socket', 'http'])('judging an answer over %s', (kind) => {
  it('counts people, lets each change his mind, and takes another cause from a list', async () => {
    const { id, message } = await open(kind)

    await office.slack.person.press(dana.id, message, 'Right')
    await says(message, 'Right, says 1 person.')
    await office.slack.person.press(sam.id, message, 'Right')
    await says(message, 'Right, say 2 people.')
    await office.slack.person.press(sam.id, message, 'Wrong')
    await says(message, 'Right, says 1 person · wrong, says 1 person.')
    await office.slack.person.press(sam.id, message, 'Something else …')
    await office.slack.waitFor(() => office.slack.views.modal(sam.id))
    await office.slack.person.submit(sam.id, picked('disk-full', 'df said so; token=hunter2hunter2'))
    await says(message, 'Right, says 1 person · “no space or inodes left”, says 1 person.')

    const { entries } = await remembered(client, 'web-1')
    const words = entries.filter((entry) => entry.kind === 'feedback' && entry.diagnosis === id)
    expect(words).toHaveLength(2)
    expect(words.find((entry) => entry.kind === 'feedback' && entry.by === sam.id)).toMatchObject({
      said: 'something-else',
      cause: 'disk-full',
      note: 'df said so; token=<redacted:token>',
    })
  })
})

describe('judging an answer', () => {
  it('leaves the root and the verdict without the row, and the row behind what was looked at', async () => {
    const { message } = await open()

    const all = office.slack.workspace.messages(channel)
    const withRow = all.filter((one) => JSON.stringify(one.blocks).includes('feedback:buttons'))
    expect(withRow.map(({ ts }) => ts)).toEqual([message.ts])
    expect(JSON.stringify(message.blocks)).toContain('Ruled out')
  })

  it.each([
    ['healthy', healthy, 'Nothing was wrong', 'nothing-wrong', 'Nothing was wrong, says 1 person.'],
    ['undetermined', undetermined, 'dns-failure', 'dns-failure', '“a name does not resolve”, says 1 person.'],
  ])('takes what it was also for a verdict of %s', async (_verdict, diagnosis, _name, truth, words) => {
    await open()
    const id = `other-${truth}`
    await tell(client, id, diagnosis)
    const message = await shown(office, id, diagnosis)

    await office.slack.person.press(sam.id, message, 'Something else …')
    await office.slack.waitFor(() => office.slack.views.modal(sam.id))
    await office.slack.person.submit(sam.id, picked(truth))

    await says(message, words)
  })

  it('offers every cause of the list in a window that Slack takes', async () => {
    const { message } = await open()

    await office.slack.person.press(sam.id, message, 'Something else …')

    const view = JSON.stringify(await office.slack.waitFor(() => office.slack.views.modal(sam.id)))
    for (const cause of ['backend-down', 'path-permission', 'not-listed', 'nothing-wrong'])
      expect(view).toContain(`"value":"${cause}"`)
  })

  it('keeps the answers of the host for long when somebody says that it was wrong, and not when he takes it back', async () => {
    const { id, message } = await open()
    const ttl = () => client.ttl(`gatemedic:captures:${id}`)

    await office.slack.person.press(sam.id, message, 'Wrong')
    await says(message, 'Wrong, says 1 person. If you know what it was, say it with “Something else …”.')
    const wrong = await ttl()
    await office.slack.person.press(sam.id, message, 'Right')
    await says(message, 'Right, says 1 person.')

    expect(wrong).toBeGreaterThan(80 * 86_400)
    await until('they are let go', async () => (await ttl()) <= 86_400)
    await expect(
      createKeptCaptures(client, { hours: 24, wrongDays: 90, megabytes: 64 }, () => at).find(id),
    ).resolves.toMatchObject({ host: 'web-1' })
  })

  it('counts a press once that Slack delivers twice', async () => {
    const { message } = await open()

    await office.slack.person.press(dana.id, message, 'Wrong', { twice: true })
    await office.bot.stop()

    expect(row(office, message)).toContain('Wrong, says 1 person')
  })

  it('takes nothing from who may not ask here, also when the window was open before', async () => {
    let may = true
    const { message } = await open('socket', () => may)
    const before = row(office, message)
    await office.slack.person.press(sam.id, message, 'Something else …')
    await office.slack.waitFor(() => office.slack.views.modal(sam.id))
    may = false

    await office.slack.person.submit(sam.id, picked('disk-full'))
    await expect(aloneOf(sam.id)).resolves.toContain('Ask me in #incidents.')
    await office.slack.person.press(dana.id, message, 'Right')

    await expect(aloneOf(dana.id)).resolves.toContain('Ask me in #incidents.')
    expect(row(office, message)).toBe(before)
  })
})

describe('judging the answer of several hosts', () => {
  it('is one row for those that have the same one, and what is said counts for each of them', async () => {
    office = await openOffice('socket', { feedback: deskOn(client) })
    const requester = { kind: 'user', userId: dana.id } as const
    const hosts = ['edge-1', 'edge-2', 'edge-3']
    await office.queues.open({ id: 'fleet', channel, rootTs: null, threadTs: null, requester, via: 'root' })
    await office.queues.diagnoseAll({ threadId: 'fleet', title: 'group:edge', hosts, requester })
    for (const host of hosts) {
      const diagnosis = host === 'edge-3' ? { ...healthy, host } : { ...diagnosed, host }
      await tell(client, `of-${host}`, diagnosis)
      await office.post('fleet', { kind: 'diagnosis', diagnosis, proposal: null, diagnosisId: `of-${host}` })
    }
    await office.bot.showFleets()
    const message = office.slack.workspace
      .messages(channel)
      .find((one) => row(office, one) !== '' && one.text.startsWith('2 hosts'))
    if (message === undefined) throw new Error('no row')

    await office.slack.person.press(sam.id, message, 'Wrong')

    await office.slack.waitFor(() => row(office, message).startsWith('Wrong, says 1 person'))
    const said = await Promise.all(
      hosts.map(async (host) => (await remembered(client, host)).entries.map(({ kind }) => kind)),
    )
    expect(said).toEqual([['feedback', 'diagnosis'], ['feedback', 'diagnosis'], ['diagnosis']])
    expect(JSON.stringify(message.blocks)).not.toContain('Incident record')
  })
})

/** Presses a copy of the row with another value or at another place, and gives back what the person alone is told. */
async function pressed(value: (own: string) => string, where: Partial<Message> = {}): Promise<string> {
  const { id, message } = await open()
  const copy = JSON.stringify(message.blocks).replaceAll(
    /"value":"(?<own>diagnosis-[^"]+)"/g,
    (_all, own: string) => `"value":${JSON.stringify(value(own))}`,
  )
  const blocks: readonly Json[] = JSON.parse(copy)
  const forged = office.slack.workspace.post({ ...message, ...where, blocks })
  await office.slack.person.press(sam.id, forged, 'Wrong')
  const told = await aloneOf(sam.id)
  const { entries } = await remembered(client, 'web-1')
  expect(entries.filter((entry) => entry.kind === 'feedback' && entry.diagnosis === id)).toEqual([])
  return told
}

describe('a row that is not what the bot made', () => {
  it.each([
    ['another diagnosis under the same signature', (own: string) => own.replace(/^diagnosis-\d+/, 'diagnosis-1')],
    ['another thread under the same signature', (own: string) => own.replace('thread-', 'thread-x')],
    ['no signature', () => 'diagnosis-1 thread-1'],
    ['an unknown key', (own: string) => own.replace(/ [0-9a-f]{16} /, ' 0123456789abcdef ')],
    ['nothing that looks like one', () => '<!channel> '.repeat(50)],
  ])('is answered and notes nothing: %s', async (_what, value) => {
    await expect(pressed(value)).resolves.toContain('does not belong to this conversation')
  })

  it('notes nothing in another channel or thread than its own, although its signature is good', async () => {
    await expect(pressed((own) => own, { channel: 'G0WARROOM01' })).resolves.toContain('does not belong')
    await office.close()
    await expect(pressed((own) => own, { threadTs: '1.000001' })).resolves.toContain('does not belong')
  })

  it('says so when the diagnosis is not known any more', async () => {
    const { id, message } = await open()
    await client.del(`gatemedic:said:${id}`)

    await office.slack.person.press(sam.id, message, 'Right')

    await expect(aloneOf(sam.id)).resolves.toContain('I know nothing of this diagnosis any more')
  })
})

describe('two bots', () => {
  it('end with the same row, whichever of them took which press', async () => {
    const { message } = await open()
    const second = await createSlack(
      {
        botToken: office.slack.botToken,
        apiUrl: office.slack.apiUrl,
        transport: { kind: 'socket', appToken: office.slack.appToken },
      },
      { ...office.parts, freezes: nobodyFreezes, feedback: deskOn(client)(office.queues) },
    )
    secondBots.push(second)
    await second.start()

    await Promise.all([dana, sam].flatMap(({ id }) => [office.slack.person.press(id, message, 'Right')]))

    await says(message, 'Right, say 2 people.')
  })
})

describe('the hit rate', () => {
  it('changes with what people say, and survives a restart of everything', async () => {
    const { message } = await open()
    await client.del('gatemedic:history:web-1', 'gatemedic:history:web-1:entries')
    await tell(client, `diagnosis-${count}`)
    const line = async (): Promise<string | null> => hitRateLine((await remembered(client, 'web-1')).entries)

    await expect(line()).resolves.toBeNull()
    await office.slack.person.press(sam.id, message, 'Right')
    await says(message, 'Right, says 1 person.')
    await expect(line()).resolves.toBe('people judged 1 of 1 answer here: 1 right')
    await office.slack.person.press(sam.id, message, 'Wrong')
    await office.slack.waitFor(() => row(office, message).startsWith('Wrong'))
    await expect(line()).resolves.toBe('people judged 1 of 1 answer here: 0 right')

    await office.bot.stop()
    await redis.restart()
    await expect(line()).resolves.toBe('people judged 1 of 1 answer here: 0 right')
  })
})
