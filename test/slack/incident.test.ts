import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { dana, sam } from '../../demo/slack/cast.ts'
import { textAt } from '../../demo/slack/json.ts'
import type { Message } from '../../demo/slack/model.ts'
import { auditStream } from '../../src/audit/redis-copy.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { channel, deskOn, row, shown, tell } from './judging.ts'
import { openOffice } from './office.ts'
import type { Office, TransportKind } from './office.ts'

let redis: TestRedis
let client: RedisClient
let office: Office
let count = 0

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
})
afterEach(() => office.close())
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

async function open(kind: TransportKind = 'socket'): Promise<Message> {
  office = await openOffice(kind, { feedback: deskOn(client) })
  count += 1
  await tell(client, `incident-${count}`)
  return shown(office, `incident-${count}`)
}

function withFiles(): readonly Message[] {
  return office.slack.workspace.messages(channel).filter(({ files }) => files.length > 0)
}

function contentOf(message: Message | undefined): string {
  const id = textAt(message?.files[0] ?? {}, 'id')
  return office.slack.workspace.file(id)?.bytes.toString('utf8') ?? ''
}

describe.each<TransportKind>(['socket', 'http'])('the record of an incident over %s', (kind) => {
  it('comes into its thread as a file, with names, the zone of who asked, and what was said since', async () => {
    const message = await open(kind)
    await office.slack.person.press(sam.id, message, 'Right')
    await office.slack.waitFor(() => row(office, message).startsWith('Right'))

    await office.slack.person.press(dana.id, message, 'Incident record')

    const shared = await office.slack.waitFor(() => withFiles()[0])
    const record = contentOf(shared)
    expect(shared).toMatchObject({ channel, threadTs: message.threadTs, user: office.slack.workspace.bot.id })
    expect(shared.files[0]).toMatchObject({ name: 'incident-web-1-2026-11-21-0308.md' })
    expect(record).toContain('for Dana Okafor (`U0DANA00001`)')
    expect(record).toContain('(`Europe/Berlin`, UTC+01:00)')
    expect(record).toContain('- Sam Rivera (`U0SAM000002`): right')
    expect(record).toContain('checkout-api.service is down since 03:04')
  })
})

describe('the record of an incident', () => {
  it('holds what the audit says of the action that was offered in this thread, and of no other', async () => {
    const message = await open()
    const threadId = `thread-incident-${count}`
    await office.queues.remember(threadId, 'ended-p-here', '1.0')
    for (const proposal of ['p-here', 'p-elsewhere'])
      await client.xadd(auditStream, '*', 'line', JSON.stringify(started(proposal)))

    await office.slack.person.press(dana.id, message, 'Incident record')

    const record = contentOf(await office.slack.waitFor(() => withFiles()[0]))
    expect(record).toContain('`systemctl start p-here.service`')
    expect(record).not.toContain('p-elsewhere')
  })

  it('is written once for a press that Slack delivers twice', async () => {
    const message = await open()

    await office.slack.person.press(dana.id, message, 'Incident record', { twice: true })
    await office.slack.waitFor(() => withFiles()[0])
    await office.bot.stop()

    expect(withFiles()).toHaveLength(1)
  })

  it('stands in the thread as messages where the app may upload nothing, and says which scope is missing', async () => {
    const message = await open()
    office.slack.failNext({ method: 'files.getUploadURLExternal', status: 200, error: 'missing_scope' })

    await office.slack.person.press(dana.id, message, 'Incident record')

    const page = await office.slack.waitFor(() =>
      office.slack.workspace.messages(channel).find(({ text }) => text.startsWith('Incident record, part 1')),
    )
    const alone = await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[0])
    expect(page.threadTs).toBe(message.threadTs)
    expect(JSON.stringify(page.blocks)).toContain('## Timeline (UTC)')
    expect(alone.text).toContain('files:write')
    expect(withFiles()).toEqual([])
  })

  it('is refused in another conversation, although the signature of the button is good', async () => {
    const message = await open()
    const copy = office.slack.workspace.post({ ...message, channel: 'G0WARROOM01' })

    await office.slack.person.press(sam.id, copy, 'Incident record')

    const alone = await office.slack.waitFor(() => office.slack.workspace.ephemerals(sam.id)[0])
    expect(alone.text).toContain('does not belong to this conversation')
    expect(office.slack.calls('files.getUploadURLExternal')).toEqual([])
  })

  it('says so when the diagnosis is not known any more', async () => {
    const message = await open()
    await client.del(`gatemedic:said:incident-${count}`)

    await office.slack.person.press(dana.id, message, 'Incident record')

    const alone = await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[0])
    expect(alone.text).toContain('no record to write')
  })
})

function started(proposal: string) {
  const presses = [{ by: sam.id, at: '2026-11-21T03:09:00.000Z', how: 'click', reason: null }]
  const argv = ['systemctl', 'start', `${proposal}.service`]
  const about = { proposal, host: 'web-1', action: 'start-unit', target: `${proposal}.service`, argv, by: [sam.id] }
  return { ...about, step: 'started', at: '2026-11-21T03:09:01.000Z', presses }
}
