import { TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Message } from '../../demo/slack/model.ts'
import { timeToken } from '../../src/slack/messages/when.ts'
import { enroll } from '../../src/second-factor/secret-file.ts'
import { announceChannel, type Approvals, approvers, button, channel, dana, fourEyes, kim } from './approvals.ts'
import { answerTo, lastAlone, openApprovals, pressed, robin, sam } from './approvals.ts'

// Each test has a Redis, a Slack and a bot of its own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let approvals: Approvals

beforeEach(async () => {
  approvals = await openApprovals(fourEyes())
})
afterEach(() => approvals.close())

function text(message: Message): string {
  return JSON.stringify(message.blocks)
}

function calling(messages: readonly Message[], whom: string): readonly Message[] {
  return messages.filter((message) => message.text.includes(whom))
}

describe('two people', () => {
  it('shows in place who pressed and until when, keeps the button, and calls the approvers once', async () => {
    const { message, replies } = await approvals.offer()

    const alone = await pressed(approvals, dana.id, message())
    await approvals.bot().post()
    await approvals.bot().sweep()
    await approvals.bot().sweep()

    expect(alone).toContain('Your approval is noted. Nothing runs yet')
    expect(text(message())).toContain('Dana Okafor approved at')
    expect(text(message())).toContain('One more person must press until')
    expect(text(message())).toContain(`"text":"${button}"`)
    const called = calling(replies(), `<!subteam^${approvers}>`)
    expect(called).toHaveLength(1)
    expect(called[0]?.text).toContain(`<@${kim.id}>`)
    expect(called[0]?.text).not.toContain(dana.id)
    expect(text(called[0] ?? message())).toContain('Dana Okafor approved')
    expect(approvals.queued).toEqual([])
  })

  it('runs when the second person presses, with both names', async () => {
    const { message, proposal } = await approvals.offer()
    await pressed(approvals, dana.id, message())
    await approvals.bot().post()

    await approvals.slack.person.press(sam.id, message(), button, { answer: 'confirm' })

    await approvals.slack.waitFor(() => text(message()).includes('Starting checkout-api.service on web-1'))
    expect(text(message())).toContain('Approved by Dana Okafor and Sam Rivera')
    expect(approvals.queued).toEqual([proposal.id])
    expect((await approvals.proposals.find(proposal.id))?.proposal.state).toMatchObject({ by: [dana.id, sam.id] })
  })

  it('takes two presses of one person for one, and says so again', async () => {
    const { message } = await approvals.offer()
    await pressed(approvals, sam.id, message())

    const again = await pressed(approvals, sam.id, message())

    expect(again).toContain('one more person must press')
    expect(approvals.queued).toEqual([])
  })

  it('draws nothing of the asking over an action that has begun', async () => {
    const { message } = await approvals.offer()
    await pressed(approvals, dana.id, message())
    // The words about the first press wait still when the second one comes.
    await approvals.slack.person.press(sam.id, message(), button, { answer: 'confirm' })
    await approvals.slack.waitFor(() => text(message()).includes('Starting checkout-api.service on web-1'))

    await approvals.bot().post()

    expect(text(message())).toContain('Starting checkout-api.service on web-1')
    expect(text(message())).not.toContain('One more person')
  })

  it('loses nothing when the bot dies before it said that somebody pressed', async () => {
    const { message, replies, proposal } = await approvals.offer()
    await pressed(approvals, dana.id, message())
    await approvals.bot().stop()
    // Nothing of what it wanted to say is left.
    await approvals.client.del(`gatemedic:outbox:${proposal.threadId}`)
    await approvals.client.hdel(`gatemedic:diagnosis:${proposal.diagnosisId}`, `said:asked:${proposal.id}:0:1`)

    const second = await approvals.startBot()
    await second.sweep()
    await approvals.slack.person.press(sam.id, message(), button, { answer: 'confirm' })
    await approvals.slack.waitFor(() => approvals.queued.length > 0)

    expect(calling(replies(), `<!subteam^${approvers}>`)).toHaveLength(1)
    expect(approvals.queued).toEqual([proposal.id])
  })

  it('refuses who lost the membership between the post and the press', async () => {
    const { message } = await approvals.offer()
    await pressed(approvals, dana.id, message())
    approvals.slack.workspace.changeGroup(approvers, [dana.id])

    const alone = await pressed(approvals, sam.id, message())

    expect(alone).toContain('you are not an approver for web-1')
    expect(approvals.queued).toEqual([])
  })

  it('refuses presses that somebody wrote into Redis', async () => {
    const { message, proposal } = await approvals.offer()
    await pressed(approvals, dana.id, message())
    const key = `gatemedic:proposal:${proposal.id}`
    const state = (await approvals.client.hget(key, 'state')) ?? ''
    await approvals.client.hset(key, 'state', state.replaceAll(dana.id, kim.id))

    const alone = await pressed(approvals, sam.id, message())

    expect(alone).toContain('I know nothing of this offer any more')
    expect(approvals.queued).toEqual([])
  })
})

describe('when nobody answers', () => {
  it('calls the next contact after the time of the policy, once with two bots, and the offer begins anew', async () => {
    const { message, replies, proposal } = await approvals.offer()
    await pressed(approvals, dana.id, message())
    const first = approvals.bot()
    const second = await approvals.startBot()
    await first.sweep()
    const until = async () => {
      const state = (await approvals.proposals.find(proposal.id))?.proposal.state
      return state?.kind === 'asked' ? state.until : ''
    }
    const was = await until()

    approvals.minutesLater(3.1)
    await Promise.all([first.sweep(), second.sweep()])
    await Promise.all([first.sweep(), second.sweep()])

    const called = calling(replies(), `<@${kim.id}>`).filter(({ text: said }) => said.includes('Nobody has answered'))
    expect(called).toHaveLength(1)
    expect((await until()) > was).toBe(true)
  })

  it('ends as expired at last: the message says so and offers to check again', async () => {
    const { message, proposal } = await approvals.offer()
    await pressed(approvals, dana.id, message())
    await approvals.bot().sweep()
    approvals.minutesLater(11)

    await approvals.bot().sweep()

    expect((await approvals.proposals.find(proposal.id))?.proposal.state.kind).toBe('expired')
    expect(text(message())).toContain('nobody else has approved it')
    expect(text(message())).toContain('Check again')
    expect(text(message())).not.toContain(`"text":"${button}"`)
  })

  it('that is pressed too late shows at once until when the second person had time', async () => {
    const { message, proposal } = await approvals.offer()
    await pressed(approvals, dana.id, message())
    const found = (await approvals.proposals.find(proposal.id))?.proposal.state
    const until = found?.kind === 'asked' ? found.until : ''
    approvals.minutesLater(30)

    await pressed(approvals, robin.id, message())

    expect(until > proposal.expiresAt).toBe(true)
    expect(text(message())).toContain(`the offer ended at ${timeToken(until)}`)
    expect(text(message())).toContain('nobody else has approved it')
  })

  it('turns into "Check again" when a newer diagnosis takes its place', async () => {
    const { message } = await approvals.offer()
    await pressed(approvals, dana.id, message())
    await approvals.bot().sweep()

    await approvals.offer()
    await approvals.bot().sweep()

    expect(text(message())).toContain('a newer diagnosis of this host took the place')
    expect(text(message())).toContain('Check again')
  })
})

describe('who presses', () => {
  it.each([
    ['a guest', sam.id, { kind: 'guest' }, 'guests of this workspace may not approve'],
    ['a guest of one channel', sam.id, { kind: 'ultra-guest' }, 'guests of this workspace may not approve'],
    ['somebody who was deactivated', sam.id, { deleted: true }, 'your Slack account is deactivated'],
    ['a stranger of a shared channel', sam.id, { team: 'T0ELSEWHERE' }, 'you belong to another organisation'],
  ] as const)('is refused as %s, also as a member of the approvers', async (_who, userId, patch, because) => {
    const { message } = await approvals.offer()
    approvals.slack.workspace.changeUser(userId, patch)

    const alone = await pressed(approvals, userId, message())

    expect(alone).toContain(because)
    expect(alone).toContain('sudo systemctl start checkout-api.service')
    expect(await approvals.proposals.asked()).toEqual([])
  })

  it('is refused when Slack does not say who it is', async () => {
    const { message } = await approvals.offer()
    approvals.slack.failNext({ method: 'users.info', status: 200, error: 'fatal_error' })

    const alone = await pressed(approvals, sam.id, message())

    expect(alone).toContain('Slack did not say who you are')
  })

  it('is refused when Slack does not say who is in the group', async () => {
    const { message } = await approvals.offer()
    approvals.slack.failNext({ method: 'usergroups.users.list', status: 200, error: 'fatal_error' })

    const alone = await pressed(approvals, sam.id, message())

    expect(alone).toContain('Slack did not say which user groups you are in')
  })

  it('is in the audit of the host, which is shown in chat as a copy', async () => {
    const { message } = await approvals.offer()
    approvals.slack.workspace.changeUser(robin.id, { kind: 'member' })
    await pressed(approvals, robin.id, message())

    const answer = await answerTo(approvals, dana.id, () =>
      approvals.slack.person.type(dana.id, channel, '/nginx audit web-1'),
    )

    const shown = text(answer)
    expect(shown).toContain('*refused* · Robin Iyer')
    expect(shown).toContain('You are not an approver for web-1')
    expect(shown).toContain('This is the copy in Redis')
  })
})

/** Dana has asked, nobody has answered, and she is shown the way. */
async function waited() {
  const offered = await approvals.offer()
  await pressed(approvals, dana.id, offered.message())
  await approvals.bot().sweep()
  approvals.minutesLater(3.1)
  await approvals.bot().sweep()
  approvals.minutesLater(3.1)
  await approvals.bot().sweep()
  return offered
}

async function goAlone(reason: string) {
  const { person } = approvals.slack
  await person.press(dana.id, lastAlone(approvals, dana.id), 'Go on alone ...')
  await approvals.slack.waitFor(() => approvals.slack.views.modal(dana.id))
  return person.submit(dana.id, { reason: { text: { type: 'plain_text_input', value: reason } } })
}

const goneAlone = () => answerTo(approvals, dana.id, () => goAlone(reason))

const announced = () => approvals.slack.workspace.messages(announceChannel)
const reason = 'Checkout is down and nobody of the group is awake.'

describe('going on alone', () => {
  it('is shown to the requester alone, once, after the wait and not before', async () => {
    const { message } = await approvals.offer()
    await pressed(approvals, dana.id, message())
    approvals.minutesLater(3.1)
    await approvals.bot().sweep()
    const early = JSON.stringify(approvals.slack.workspace.ephemerals(dana.id))
    approvals.minutesLater(3.1)

    await approvals.bot().sweep()
    await approvals.bot().sweep()

    expect(early).not.toContain('Go on alone')
    const shown = approvals.slack.workspace.ephemerals(dana.id).filter((one) => text(one).includes('Go on alone ...'))
    expect(shown).toHaveLength(1)
  })

  it('is announced before it runs, marked in thread and audit, and listed until somebody else has reviewed it', async () => {
    const { message, proposal, replies } = await waited()

    expect(text(await goneAlone())).toContain('Starting checkout-api.service on web-1')
    await approvals.bot().post()

    expect(approvals.queued).toEqual([proposal.id])
    expect(text(announced()[0] ?? message())).toContain(
      'Dana Okafor goes on alone: Start checkout-api.service on web-1.',
    )
    expect(text(announced()[0] ?? message())).toContain(reason)
    expect(replies().some((reply) => text(reply).includes(reason))).toBe(true)
    expect(approvals.bot().audit.aloneAt('web-1')).not.toBeNull()

    const own = await pressed(approvals, dana.id, announced()[0] ?? message(), 'Reviewed')
    expect(own).toContain('somebody else must review')
    const listed = () =>
      answerTo(approvals, sam.id, () => approvals.slack.person.type(sam.id, channel, '/nginx reviews'))
    expect(text(await listed())).toContain(reason)
    await pressed(approvals, sam.id, announced()[0] ?? message(), 'Reviewed')
    expect(text(announced()[0] ?? message())).toContain('Reviewed by Sam Rivera')
    expect(text(await listed())).toContain('Nothing waits for a review')
  })

  it('wants a reason that somebody can review', async () => {
    await waited()

    const done = await goAlone('down')

    expect(done).toMatchObject({ reply: { response_action: 'errors', errors: { reason: expect.any(String) } } })
    expect(approvals.queued).toEqual([])
    expect(announced()).toEqual([])
  })

  it('happens once in an hour on a host, also when Redis has forgotten it', async () => {
    const first = await waited()
    await goneAlone()
    const { proposals } = approvals
    await proposals.apply(first.proposal.id, {
      kind: 'end',
      as: 'refused',
      detail: '',
      at: approvals.now().toISOString(),
    })
    await approvals.client.del('gatemedic:alone:web-1')
    await waited()

    const answer = await goneAlone()

    expect(text(answer)).toContain('somebody went on alone on web-1 less than an hour ago')
    expect(approvals.queued).toEqual([first.proposal.id])
    expect(announced()).toHaveLength(1)
  })

  it('does not happen when it cannot be announced', async () => {
    await waited()
    approvals.slack.failNext({ method: 'chat.postMessage', status: 200, error: 'not_in_channel' })

    const answer = await goneAlone()

    expect(text(answer)).toContain('it could not be announced')
    expect(approvals.queued).toEqual([])
    expect(approvals.bot().audit.aloneAt('web-1')).toBeNull()
  })

  it('is not shown to a requester who is no approver', async () => {
    approvals.slack.workspace.changeGroup(approvers, [sam.id])
    const { message } = await approvals.offer()
    await pressed(approvals, sam.id, message())
    approvals.minutesLater(3.1)
    await approvals.bot().sweep()
    approvals.minutesLater(3.1)

    await approvals.bot().sweep()

    expect(approvals.slack.workspace.ephemerals(dana.id)).toEqual([])
  })
})

const typed = (code: string) => ({ code: { text: { type: 'plain_text_input', value: code } } })

describe('a second factor', () => {
  it('is asked for in a window; a wrong code is told below the field, a right one counts once', async () => {
    approvals.usePolicy(fourEyes({ secondFactor: true }, { persons: 1 }))
    const secret = await enroll(approvals.secondFactorFile, dana.id)
    const { message, proposal } = await approvals.offer()
    const { person, views } = approvals.slack
    await person.press(dana.id, message(), button, { answer: 'confirm' })
    await approvals.slack.waitFor(() => views.modal(dana.id))
    const code = new TOTP({ secret }).generate()
    const other = code === '000000' ? '111111' : '000000'

    const wrong = await person.submit(dana.id, typed(other))
    const right = await answerTo(approvals, dana.id, () => person.submit(dana.id, typed(code)))

    expect(wrong).toMatchObject({ reply: { errors: { code: 'That is not the code of this moment.' } } })
    expect(text(right)).toContain('Starting checkout-api.service on web-1')
    expect(approvals.queued).toEqual([proposal.id])
    expect(text(message())).toContain('Starting checkout-api.service on web-1')
  })

  it('refuses who has none, with the way to get one', async () => {
    approvals.usePolicy(fourEyes({ secondFactor: true }))
    const { message } = await approvals.offer()

    const answer = await pressed(approvals, dana.id, message())

    expect(answer).toContain(`gatemedic second-factor enroll ${dana.id}`)
    expect(approvals.queued).toEqual([])
  })
})
