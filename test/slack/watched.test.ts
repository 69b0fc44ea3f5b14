import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dana, sam } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import type { ActionOutcome } from '../../src/jobs/post.ts'
import { diagnosed, healthy, proposal } from './cases.ts'
import { openOffice, type Office } from './office.ts'

const channel = 'C0INCIDENTS'
const requester = { kind: 'user', userId: dana.id } as const
const ended: Proposal = {
  ...proposal,
  threadId: 't1',
  state: { kind: 'succeeded', by: [sam.id], at: '2026-11-21T03:09:00Z', detail: '' },
}
const cured = { kind: 'resolved', detail: 'nothing is failing on web-1 now' } as const
let office: Office

beforeEach(async () => {
  office = await openOffice('socket')
  await office.queues.open({ id: 't1', channel, rootTs: null, threadTs: null, requester, via: 'root' })
  await office.post('t1', { kind: 'diagnosis', diagnosis: diagnosed, proposal })
  await office.post('t1', {
    kind: 'action-ended',
    proposal: ended,
    outcome: cured,
    diagnosis: healthy,
    watchSeconds: 60,
  })
})
afterEach(() => office.close())

const root = (): Message | undefined => office.slack.workspace.messages(channel)[0]
const replies = (): readonly Message[] =>
  office.slack.workspace.thread(channel, root()?.ts ?? '').filter(({ ts }) => ts !== root()?.ts)
const told = (): string => JSON.stringify(replies())

function watchEnds(outcome: ActionOutcome, diagnosis: typeof diagnosed | null = null): Promise<void> {
  return office.post('t1', { kind: 'action-watched', proposal: ended, outcome, diagnosis, seconds: 60 })
}

describe('a cured host that is looked at again', () => {
  it('is announced with the cure', () => {
    expect(told()).toContain('Watched for a relapse: looked at again in 60 s.')
  })

  it('that fails as before is told in a new message that calls who asked, and in the root message', async () => {
    const before = replies().length

    await watchEnds({ kind: 'still-failing', detail: diagnosed.headline }, diagnosed)

    const relapse = replies().at(-1)
    expect(replies()).toHaveLength(before + 1)
    expect(relapse?.text).toMatch(/^web-1: it came back: .*<@U0DANA00001>/)
    expect(JSON.stringify(relapse?.blocks)).toContain('Check again')
    expect(JSON.stringify(relapse?.blocks)).toContain('had helped 60 s before')
    expect(root()?.text).toContain('web-1: it came back')
    expect(told()).toContain('It came back within 60 s.')
    expect(told()).not.toContain('looked at again in 60 s')
  })

  it('tells a relapse once, also when its update comes twice', async () => {
    await watchEnds({ kind: 'still-failing', detail: diagnosed.headline }, diagnosed)
    const once = replies().length

    await watchEnds({ kind: 'still-failing', detail: diagnosed.headline }, diagnosed)

    expect(replies()).toHaveLength(once)
  })

  it.each([
    [cured, 'Still well after 60 s: '],
    [
      { kind: 'not-checked', detail: 'No worker was there to look at web-1 in time' },
      'Could not be checked again after 60 s: ',
    ],
  ] as const)('without a relapse changes one line and calls nobody: $kind', async (outcome, line) => {
    const before = replies().length

    await watchEnds(outcome, outcome.kind === 'resolved' ? healthy : null)

    expect(replies()).toHaveLength(before)
    expect(told()).toContain(line)
    expect(told()).not.toContain('looked at again in 60 s')
  })
})
