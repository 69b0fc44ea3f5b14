import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dana, robin, sam } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import type { FleetRun } from '../../src/approval/fleet-run.ts'
import type { ThreadUpdate } from '../../src/jobs/post.ts'
import { UndeliverableError } from '../../src/jobs/desk.ts'
import type { Thread } from '../../src/jobs/thread.ts'
import { diagnosed, healthy, proposal } from './cases.ts'
import { openOffice } from './office.ts'
import type { Office } from './office.ts'

const channel = 'C0INCIDENTS'
const requester = { kind: 'user', userId: dana.id } as const
const verdict: ThreadUpdate = { kind: 'diagnosis', diagnosis: diagnosed, proposal }
let office: Office

beforeEach(async () => {
  office = await openOffice('socket')
  await office.queues.open({ id: 't1', channel, rootTs: null, threadTs: null, requester, via: 'root' })
})
afterEach(() => office.close())

function messages(): readonly Message[] {
  return office.slack.workspace.messages(channel)
}

async function thread(): Promise<Thread> {
  const found = await office.queues.find('t1')
  if (found === null) throw new Error('no thread')
  return found
}

describe('delivering updates to a thread', () => {
  it('posts nothing twice when the same update comes again', async () => {
    await office.bot.deliver({ threadId: 't1', revision: 1, update: verdict }, await thread())
    const before = messages().map(({ text }) => text)

    await office.bot.deliver({ threadId: 't1', revision: 1, update: verdict }, await thread())

    expect(messages().map(({ text }) => text)).toEqual(before)
    expect(before.filter((text) => text.includes(dana.id))).toHaveLength(1)
  })

  it('finds a message again by its mark when it was posted but not remembered', async () => {
    await office.post('t1', verdict)
    const { posted } = await thread()
    const trying = Object.fromEntries(Object.entries(posted).filter(([key]) => key.endsWith(':trying')))
    await office.queues.open({ id: 't1', channel, rootTs: null, threadTs: null, requester, via: 'root' })
    for (const key of Object.keys(trying)) await office.queues.remember('t1', key, 'yes')
    const before = messages().length

    await office.bot.deliver({ threadId: 't1', revision: 1, update: verdict }, await thread())

    expect(messages()).toHaveLength(before)
    expect((await thread()).posted).toEqual(posted)
  })

  it('goes on where a failure in the middle left off', async () => {
    await office.post('t1', { kind: 'progress', progress: { host: 'web-1', step: 'asking', detail: '' } })
    office.slack.failNext({ method: 'chat.postMessage', status: 200, error: 'fatal_error' })
    await expect(office.post('t1', verdict)).rejects.toThrow('fatal_error')

    await office.post('t1', verdict)

    const texts = messages().map(({ text }) => text)
    expect(texts.filter((text) => text.includes('is down since 03:04') && text.includes(dana.id))).toHaveLength(1)
    expect(texts).toContain('What was seen on web-1')
  })

  it('tells a run over several hosts in its own thread only, also where a person is answered alone', async () => {
    const at = '2026-11-21T03:09:00Z'
    const run: FleetRun = {
      id: '0'.repeat(32),
      threadId: 'fleet',
      diagnosisId: 'd1',
      action: 'reload-nginx',
      target: 'nginx.service',
      argv: ['systemctl', 'reload', 'nginx.service'],
      members: ['web-1', 'web-2'].map((host) => {
        return { proposal: host, hash: 'a'.repeat(64), host, state: { kind: 'left', because: 'frozen', at } }
      }),
      atOnce: 2,
      createdAt: at,
      expiresAt: at,
      presses: [],
      state: { kind: 'ended', at, stop: null },
      revision: 1,
    }
    const update: ThreadUpdate = { kind: 'fleet-run', run, ask: [] }

    await office.bot.deliver({ threadId: 't1', revision: 1, update }, await thread())
    await office.queues.place('t1', { via: 'response' })
    await office.bot.deliver({ threadId: 't1', revision: 2, update }, await thread())

    expect(messages()).toEqual([])
    expect((await thread()).posted).toEqual({})
  })

  it('drops an update that is older than what the thread shows', async () => {
    await office.post('t1', verdict)
    const before = JSON.stringify(messages())

    await office.bot.deliver(
      {
        threadId: 't1',
        revision: 1,
        update: { kind: 'progress', progress: { host: 'web-1', step: 'asking', detail: 'late' } },
      },
      { ...(await thread()), appliedRevision: 1 },
    )

    expect(JSON.stringify(messages())).toBe(before)
  })

  it('calls nobody for an alert, and says which alert it was', async () => {
    await office.queues.open({
      id: 't2',
      channel,
      rootTs: null,
      threadTs: null,
      requester: { kind: 'alert', source: 'generic', title: '5xx <!channel>' },
      via: 'root',
    })

    await office.post('t2', verdict)

    const all = JSON.stringify(messages())
    expect(all).not.toMatch(new RegExp([dana, sam, robin].map(({ id }) => id).join('|')))
    expect(all).toContain('Alert from generic: 5xx &lt;!channel&gt;')
  })

  it('waits as long as Slack asks for when it is too fast', async () => {
    office.slack.failNext({ method: 'chat.update', status: 429, retryAfter: 1 })

    await office.post('t1', verdict)

    expect(office.slack.calls('chat.update').map(({ status }) => status)).toEqual([429, 200])
  })

  it('sends the text alone when Slack refuses the blocks', async () => {
    await office.post('t1', { kind: 'progress', progress: { host: 'web-1', step: 'asking', detail: '' } })
    office.slack.failNext({ method: 'chat.postMessage', status: 200, error: 'invalid_blocks' })

    await office.post('t1', verdict)

    const called = messages().filter(({ text }) => text.includes(dana.id))
    expect(called).toMatchObject([{ blocks: [{ type: 'section', text: { text: called[0]?.text } }] }])
    expect(office.said.join('')).toContain('slack refused the blocks')
  })

  it('still tells who asked when somebody deleted the root message', async () => {
    await office.post('t1', { kind: 'progress', progress: { host: 'web-1', step: 'asking', detail: '' } })
    office.slack.failNext({ method: 'chat.update', status: 200, error: 'message_not_found' })

    await office.post('t1', verdict)

    expect(messages().some(({ text }) => text.includes(dana.id))).toBe(true)
  })

  it('tells who asked alone when the bot was removed from the channel meanwhile', async () => {
    await office.slack.person.type(dana.id, channel, '/nginx diagnose web-1')
    const { threadId } = await office.slack.waitFor(() => office.queues.requests[0])
    await office.slack.waitFor(() => messages().length === 1)
    office.slack.failNext({ method: 'chat.update', status: 200, error: 'not_in_channel' })
    office.slack.failNext({ method: 'chat.postMessage', status: 200, error: 'not_in_channel' })

    await office.post(threadId, verdict)

    const alone = office.slack.workspace.ephemerals(dana.id)
    expect(alone.map(({ text }) => text)).toEqual([expect.stringContaining('is down since 03:04')])
  })

  it('tells who asked alone when somebody locked the thread meanwhile, and does not try for ever', async () => {
    await office.slack.person.type(dana.id, channel, '/nginx diagnose web-1')
    const { threadId } = await office.slack.waitFor(() => office.queues.requests[0])
    await office.slack.waitFor(() => messages().length === 1)
    office.slack.failNext({ method: 'chat.postMessage', status: 200, error: 'restricted_action_thread_locked' })

    await office.post(threadId, verdict)

    const alone = office.slack.workspace.ephemerals(dana.id)
    expect(alone.map(({ text }) => text)).toEqual([expect.stringContaining('is down since 03:04')])
  })

  it('tells how an action ended also where Slack does not show its message again', async () => {
    await office.post('t1', verdict)
    office.slack.failNext({ method: 'conversations.replies', status: 200, error: 'missing_scope' })

    await office.post('t1', {
      kind: 'action-ended',
      proposal: { ...proposal, state: { kind: 'succeeded', by: [sam.id], at: '2026-11-21T03:09:00Z', detail: '' } },
      outcome: { kind: 'resolved', detail: 'nothing is failing on web-1 now' },
      diagnosis: healthy,
    })

    expect(messages().at(-1)?.text).toBe(
      'web-1: resolved by the start of checkout-api.service. Nothing is failing now. <@U0DANA00001>',
    )
  })

  it('gives up for good when the thread cannot be replied to', async () => {
    await office.post('t1', { kind: 'progress', progress: { host: 'web-1', step: 'asking', detail: '' } })
    office.slack.failNext({ method: 'chat.postMessage', status: 200, error: 'is_archived' })

    await expect(office.post('t1', verdict)).rejects.toThrow(UndeliverableError)
  })

  it('gives up for good when neither the channel nor a response URL takes the result', async () => {
    await office.queues.open({ id: 't3', channel: 'G0WARROOM01', rootTs: null, threadTs: null, requester, via: 'root' })

    await expect(office.post('t3', verdict)).rejects.toThrow(UndeliverableError)
  })

  it('ends a healthy diagnosis without an offer and without a check-again', async () => {
    await office.post('t1', { ...verdict, diagnosis: healthy, proposal: null })

    expect(messages().map(({ text }) => text)).toEqual([
      'web-1: nothing is failing now.',
      'web-1: nothing is failing now. <@U0DANA00001>',
      'What else was looked at on web-1',
    ])
    expect(JSON.stringify(messages())).not.toContain('"button"')
  })
})
