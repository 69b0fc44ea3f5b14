import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dana, sam } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import type { WatchStore } from '../../src/looks/watches/watch.ts'
import { createWatchStore } from '../../src/looks/watches/watch-store.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { diagnosed, healthy } from './cases.ts'
import { openOffice, type Office } from './office.ts'

const channel = 'C0INCIDENTS'
let redis: TestRedis
let client: RedisClient
let store: WatchStore
let office: Office

beforeAll(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'ask', { log: quiet })
  store = createWatchStore(client, 120_000)
})
beforeEach(async () => {
  office = await openOffice('socket', { watching: { store, everySeconds: 120 } })
})
afterEach(async () => {
  await office.close()
  await client.flushall()
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

const type = (line: string, who = dana.id, where = channel) => office.slack.person.type(who, where, line)
const shown = (where = channel) =>
  office.slack.workspace.messages(where).filter(({ ephemeralTo }) => ephemeralTo === undefined)
const alone = (who = dana.id, count = 1) =>
  office.slack.waitFor(() => {
    const told = office.slack.workspace.ephemerals(who)
    return told.length >= count && told.at(-1)
  })

async function begun(line = '/nginx watch web-1'): Promise<{ readonly id: string; readonly root: Message }> {
  await type(line)
  const root = await office.slack.waitFor(() => shown()[0])
  const [watch] = await store.running()
  return { id: watch?.id ?? '', root }
}

function tell(id: string, diagnosis: typeof diagnosed) {
  return office.post(id, { kind: 'diagnosis', diagnosis, proposal: null })
}

const replies = () => shown().filter(({ threadTs }) => threadTs !== undefined)

describe('watching in Slack', () => {
  it('fills in one message look by look, and says in the thread only what changes', async () => {
    const { id, root } = await begun()
    await tell(id, healthy)
    await tell(id, healthy)
    const quietSoFar = replies().length
    await tell(id, diagnosed)
    await tell(id, diagnosed)

    expect(quietSoFar).toBe(0)
    expect(replies()).toHaveLength(1)
    expect(replies()[0]?.text).toMatch(/checkout-api\.service is down/)
    expect(JSON.stringify(shown().find(({ ts }) => ts === root.ts)?.blocks)).toMatch(/Looked at 4 times.*1 change/)
  })

  it('says a change once when the same update is delivered twice', async () => {
    const { id } = await begun()
    await tell(id, healthy)
    const thread = await office.queues.find(id)
    if (!thread) throw new Error('no thread')
    const post = {
      threadId: id,
      revision: 9,
      update: { kind: 'diagnosis', diagnosis: diagnosed, proposal: null },
    } as const
    await office.bot.deliver(post, thread)
    await office.bot.deliver(post, (await office.queues.find(id)) ?? thread)

    expect(replies()).toHaveLength(1)
  })

  it('tells both when somebody else watches the same, and calls both when it changes', async () => {
    const { id } = await begun()
    await tell(id, healthy)
    await type('/nginx watch web-1 for 2h', sam.id)
    const told = await alone(sam.id)
    await office.slack.waitFor(() => replies().find(({ text }) => text.includes('watches web-1 too')))
    await tell(id, diagnosed)

    expect(told.text).toContain('is being watched already')
    const change = replies().find(({ text }) => text.includes('is down'))
    expect(change?.text).toContain(`<@${dana.id}>`)
    expect(change?.text).toContain(`<@${sam.id}>`)
    expect(shown().filter(({ threadTs }) => threadTs === undefined)).toHaveLength(1)
  })

  it('lists what runs, ends one by its name, and says in the thread who ended it', async () => {
    const { id } = await begun()
    await type('/nginx watch', sam.id)
    const list = await alone(sam.id)
    await type('/nginx unwatch web-1', sam.id)
    const ended = await alone(sam.id, 2)
    const watch = await store.find(id)
    if (watch) await office.bot.tellWatchEnd(watch)
    if (watch) await office.bot.tellWatchEnd(watch)

    expect(JSON.stringify(list.blocks)).toContain('web-1')
    expect(ended.text).toBe('The watch of web-1 ends; its thread says so.')
    expect(replies().map(({ text }) => text)).toEqual([
      expect.stringMatching(/ended the watch of web-1: looked at not at all/),
    ])
  })

  it('says what is watched when that what was named is not', async () => {
    await begun()
    await type('/nginx unwatch web-2')

    expect((await alone()).text).toBe('web-2 is not being watched. Being watched: web-1.')
  })

  it('tells who has three watches already that a fourth may not run', async () => {
    await begun()
    for (const id of ['a', 'b'])
      await store.open(
        { id, title: id, hosts: [id], site: null, channel, owner: dana.id, seconds: 600 },
        office.parts.now(),
      )
    await type('/nginx watch web-2')

    expect((await alone()).text).toMatch(/^You have 3 watches already/)
    expect(await store.running()).toHaveLength(3)
  })
})
