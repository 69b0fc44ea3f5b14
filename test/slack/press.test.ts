import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dana, robin, sam } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import type { PressResult } from '../../src/jobs/desk.ts'
import { approval, diagnosed, proposal } from './cases.ts'
import { openOffice } from './office.ts'
import type { Office } from './office.ts'

const channel = 'C0INCIDENTS'
const requester = { kind: 'user', userId: dana.id } as const
const button = 'Start checkout-api.service on web-1'
let office: Office
let verdict: Message

beforeEach(async () => {
  office = await openOffice('socket')
  await office.queues.open({ id: 't1', channel, rootTs: null, threadTs: null, requester, via: 'root' })
  await office.post('t1', { kind: 'diagnosis', diagnosis: diagnosed, proposal })
  const found = office.slack.workspace.messages(channel).find(({ text }) => text.includes('Start it?'))
  if (found === undefined) throw new Error('no verdict')
  verdict = found
})
afterEach(() => office.close())

/** Presses the button and gives back what the person alone is shown, and the message as it is then. */
async function press(
  userId: string,
  result: PressResult,
): Promise<{ readonly alone: string; readonly message: string }> {
  office.queues.pressing = () => result
  const before = office.slack.workspace.ephemerals(userId).length
  await office.slack.person.press(userId, verdict, button, { answer: 'confirm' })
  const alone = await office.slack.waitFor(() => office.slack.workspace.ephemerals(userId)[before])
  return { alone: JSON.stringify(alone), message: JSON.stringify(office.slack.workspace.message(channel, verdict.ts)) }
}

describe('pressing the button of an offer', () => {
  it('carries the id of the proposal and nothing else', async () => {
    await press(sam.id, { kind: 'unknown' })

    expect(office.queues.presses).toEqual([[proposal.id, sam.id]])
    expect(JSON.stringify(verdict.blocks)).toContain(`"value":"${proposal.id}"`)
  })

  it('does nothing when the person says no in the dialog', async () => {
    await office.slack.person.press(sam.id, verdict, button, { answer: 'deny' })

    expect(office.queues.presses).toEqual([])
  })

  it('counts a press that is delivered twice once', async () => {
    office.queues.pressing = () => ({ kind: 'claimed', proposal })

    await office.slack.person.press(sam.id, verdict, button, { answer: 'confirm', twice: true })
    await office.bot.stop()

    expect(office.queues.presses).toHaveLength(1)
  })

  it('does not draw "Starting" over an action that ended before the press was answered', async () => {
    const claimed = {
      ...proposal,
      threadId: 't1',
      state: { kind: 'claimed', by: [sam.id], at: '2026-11-21T03:09:00Z', approval },
    } as const
    const outcome = { kind: 'refused', detail: 'Nothing was run: checkout-api.service changed.' } as const
    let ended: Promise<void> | undefined
    office.queues.pressing = () => {
      ended = office.post('t1', { kind: 'action-ended', proposal: claimed, outcome, diagnosis: null })
      return { kind: 'claimed', proposal: claimed }
    }

    await office.slack.person.press(sam.id, verdict, button, { answer: 'confirm' })
    await office.slack.waitFor(() => ended)
    await ended
    await office.bot.stop()

    const message = JSON.stringify(office.slack.workspace.message(channel, verdict.ts))
    expect(message).toContain('Nothing was run')
    expect(message).not.toContain('Starting checkout-api.service')
  })

  it('tells the second presser who was first, and leaves the message as it is', async () => {
    const { alone, message } = await press(robin.id, {
      kind: 'already',
      by: [sam.id],
      at: '2026-11-21T03:09:00Z',
      state: 'succeeded',
      proposal,
    })

    expect(alone).toContain('Sam Rivera approved this at')
    expect(alone).toContain('it has run. Your press did nothing more.')
    expect(message).toContain(button)
  })

  it('tells somebody who is no approver why, with the commands to run by hand; the button stays for others', async () => {
    const { alone, message } = await press(robin.id, {
      kind: 'refused',
      because: 'nobody is configured as approver',
      proposal,
    })

    expect(alone).toContain('Nothing was run: nobody is configured as approver.')
    expect(alone).toContain('sudo systemctl start checkout-api.service')
    expect(message).toContain(button)
  })

  it.each(['expired', 'superseded'] as const)(
    'turns an offer that is %s into "Check again", which diagnoses anew in the same thread',
    async (kind) => {
      const { alone, message } = await press(sam.id, { kind, proposal })
      expect(alone).toContain('nothing was run')
      expect(message).not.toContain(`"text":"${button}"`)

      await office.slack.person.press(sam.id, verdict, 'Check again')
      await office.slack.waitFor(() => office.queues.requests.length === 1)

      expect(office.queues.requests).toMatchObject([{ host: 'web-1', requester: { userId: sam.id } }])
      const threadId = office.queues.requests[0]?.threadId ?? ''
      expect(await office.queues.find(threadId)).toMatchObject({ via: 'reply', threadTs: verdict.threadTs })
    },
  )

  it('says so when nothing is known of the offer', async () => {
    const { alone } = await press(sam.id, { kind: 'unknown' })

    expect(alone).toContain('I know nothing of this offer any more')
  })

  it('says so when the queue is not reachable, and the button stays', async () => {
    office.queues.reachable = false

    const { alone, message } = await press(sam.id, { kind: 'unknown' })

    expect(alone).toContain('Redis')
    expect(message).toContain(button)
  })

  it('works on a result that one person alone sees', async () => {
    await office.slack.person.type(dana.id, 'G0WARROOM01', '/nginx diagnose web-1')
    const threadId = (await office.slack.waitFor(() => office.queues.requests[0])).threadId
    await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[0])
    await office.post(threadId, { kind: 'diagnosis', diagnosis: diagnosed, proposal })
    const result = office.slack.workspace.ephemerals(dana.id).find(({ text }) => text.includes('is down since'))
    if (result === undefined) throw new Error('no result')
    office.queues.pressing = () => ({ kind: 'claimed', proposal })

    await office.slack.person.press(dana.id, result, button, { answer: 'confirm' })

    await office.slack.waitFor(() =>
      JSON.stringify(office.slack.workspace.ephemerals(dana.id)).includes('Starting checkout-api.service'),
    )
    expect(office.queues.presses).toEqual([[proposal.id, dana.id]])
  })
})
