import { afterEach, describe, expect, it } from 'vitest'
import { dana, robin, sam } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { approval, diagnosed, proposal } from './cases.ts'
import { openOffice } from './office.ts'
import type { Office, TransportKind } from './office.ts'

const incidents = 'C0INCIDENTS'
let office: Office

afterEach(() => office.close())

async function rootOf(channel = incidents): Promise<Message> {
  return office.slack.waitFor(() =>
    office.slack.workspace.messages(channel).find((message) => message.metadata !== undefined),
  )
}

function alone(userId: string): string[] {
  return office.slack.workspace.ephemerals(userId).map((message) => message.text)
}

function blocksOf(message: Message | undefined): string {
  return JSON.stringify(message?.blocks ?? [])
}

describe.each<TransportKind>(['socket', 'http'])('over %s', (kind) => {
  it('takes a slash command to a root message, a queued diagnosis and one message that calls who asked', async () => {
    office = await openOffice(kind)

    const done = await office.slack.person.type(dana.id, incidents, '/nginx diagnose web-1')
    const root = await rootOf()
    await office.slack.waitFor(() => office.queues.requests.length === 1)
    const threadId = office.queues.requests[0]?.threadId ?? ''
    await office.post(threadId, {
      kind: 'progress',
      progress: { host: 'web-1', step: 'asking', detail: '14 of 18 answers' },
    })
    const during = office.slack.workspace.message(incidents, root.ts)
    await office.post(threadId, {
      kind: 'diagnosis',
      diagnosis: diagnosed,
      proposal,
    })

    expect(done).toMatchObject({ outcome: 'acked', reply: {} })
    expect(office.queues.requests[0]).toMatchObject({ host: 'web-1', requester: { kind: 'user', userId: dana.id } })
    expect(blocksOf(during)).toContain('14 of 18 answers')
    const [head, ...replies] = office.slack.workspace.thread(incidents, root.ts)
    expect(blocksOf(head)).toContain('web-1: the backend is down')
    expect(replies[0]?.text).toBe(
      'web-1: checkout-api.service is down since 03:04, 84 % of shop.example.com fails. Start it? <@U0DANA00001>',
    )
    const calling = office.slack.workspace
      .messages(incidents)
      .filter((message) => `${message.text}${blocksOf(message)}`.includes(dana.id))
    expect(calling).toEqual([replies[0]])
  })

  it('runs a delivery once that comes twice', async () => {
    office = await openOffice(kind)

    await office.slack.person.type(dana.id, incidents, '/nginx diagnose web-1', { twice: true })
    await office.slack.person.mention(dana.id, incidents, 'diagnose web-2', undefined, { twice: true })
    await office.slack.waitFor(() => office.queues.requests.length >= 2)
    await office.bot.stop()

    expect(office.queues.requests.map(({ host }) => host)).toEqual(['web-1', 'web-2'])
  })

  it('answers a mention in the thread where it was made', async () => {
    office = await openOffice(kind)
    const talk = office.slack.workspace.post({ channel: incidents, user: sam.id, text: 'shop is slow' })

    await office.slack.person.mention(dana.id, incidents, 'diagnose https://shop.example.com/cart', talk.ts)
    const root = await rootOf()

    expect(root.threadTs).toBe(talk.ts)
    expect(office.queues.requests[0]).toMatchObject({
      host: 'web-1',
      site: { serverName: 'shop.example.com', path: '/cart' },
    })
  })

  it('tells a typo to the person alone, and runs the suggestion that is pressed', async () => {
    office = await openOffice(kind)

    await office.slack.person.type(robin.id, incidents, '/nginx diagnoze web-1')
    const answer = await office.slack.waitFor(() => office.slack.workspace.ephemerals(robin.id)[0])
    expect(office.queues.requests).toEqual([])
    await office.slack.person.press(robin.id, answer, 'diagnose web-1')
    await rootOf()

    expect(office.queues.requests).toMatchObject([{ host: 'web-1', requester: { userId: robin.id } }])
  })

  it('shows a press in the place of the button, and how the action ended in one new message', async () => {
    office = await openOffice(kind)
    await office.slack.person.type(dana.id, incidents, '/nginx web-1')
    const root = await rootOf()
    const threadId = (await office.slack.waitFor(() => office.queues.requests[0])).threadId
    await office.post(threadId, {
      kind: 'diagnosis',
      diagnosis: diagnosed,
      proposal,
    })
    const claimed = {
      ...proposal,
      state: { kind: 'claimed', by: [sam.id], at: '2026-11-21T03:09:00Z', approval },
    } as const
    office.queues.pressing = () => ({ kind: 'claimed', proposal: claimed })
    const verdict = office.slack.workspace.thread(incidents, root.ts)[1]
    if (verdict === undefined) throw new Error('no verdict')

    await office.slack.person.press(sam.id, verdict, 'Start checkout-api.service on web-1', { answer: 'confirm' })
    const pressed = await office.slack.waitFor(() => {
      const now = office.slack.workspace.message(incidents, verdict.ts)
      return blocksOf(now).includes('Starting') ? now : undefined
    })
    await office.post(threadId, { kind: 'action-started', proposal: claimed })
    await office.post(threadId, {
      kind: 'action-ended',
      proposal: claimed,
      outcome: { kind: 'resolved', detail: 'nothing is failing on web-1 now' },
      diagnosis: null,
    })

    expect(office.queues.presses).toEqual([[proposal.id, sam.id]])
    expect(blocksOf(pressed)).toContain('Approved by Sam Rivera at <!date^1795230540^{time}|03:09 UTC>')
    expect(blocksOf(pressed)).not.toContain(proposal.id)
    const thread = office.slack.workspace.thread(incidents, root.ts)
    expect(blocksOf(thread[0])).toContain('"web-1: resolved"')
    expect(blocksOf(thread[1])).toContain('Resolved:')
    expect(blocksOf(thread[1])).toContain('systemctl start checkout-api.service')
    expect(thread.at(-1)?.text).toBe(
      'web-1: resolved by the start of checkout-api.service. Nothing is failing now. <@U0DANA00001>',
    )
  })

  it('sends the result to the person alone where the bot is not a member, with the line that mends it', async () => {
    office = await openOffice(kind)

    await office.slack.person.type(dana.id, 'G0WARROOM01', '/nginx diagnose web-1')
    await office.slack.waitFor(() => alone(dana.id).length > 0)
    const threadId = office.queues.requests[0]?.threadId ?? ''
    await office.post(threadId, { kind: 'progress', progress: { host: 'web-1', step: 'asking', detail: '' } })
    await office.post(threadId, {
      kind: 'diagnosis',
      diagnosis: diagnosed,
      proposal: null,
    })

    const [started, result, ...more] = office.slack.workspace.ephemerals(dana.id)
    expect(blocksOf(started)).toContain('/invite @gatemedic')
    expect(result?.text).toContain('checkout-api.service is down since 03:04')
    expect(blocksOf(result)).toContain('/invite @gatemedic')
    expect(more).toEqual([])
    expect(office.slack.workspace.thread('G0WARROOM01', '')).toEqual([])
  })

  it('says that the queue is not reachable, and posts nothing', async () => {
    office = await openOffice(kind)
    office.queues.reachable = false

    const done = await office.slack.person.type(dana.id, incidents, '/nginx diagnose web-1')
    const [text] = await office.slack.waitFor(() => (alone(dana.id).length > 0 ? alone(dana.id) : undefined))

    expect(done).toMatchObject({ outcome: 'acked' })
    expect(text).toContain('Redis')
    expect(office.slack.calls('chat.postMessage')).toEqual([])
  })

  it('acknowledges and answers a shortcut it never offered', async () => {
    office = await openOffice(kind)

    const done = await office.slack.person.shortcut(dana.id, 'from-an-old-manifest')
    await office.slack.waitFor(() => office.slack.views.modal(dana.id))

    expect(done).toMatchObject({ outcome: 'acked' })
  })
})
