import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Message } from '../../demo/slack/model.ts'
import { approversOnly } from '../../src/approval/policy/approvers-only.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import type { ActionOutcome } from '../../src/jobs/post.ts'
import { createThreadStore } from '../../src/jobs/thread-store.ts'
import { until } from '../support/until.ts'
import { newId } from '../support/bench-of-queues.ts'
import { healthy } from '../support/diagnosis.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import {
  type Approvals,
  approvers,
  channel,
  dana,
  fourEyes,
  kim,
  openApprovals,
  pressed,
  robin,
  sam,
} from './approvals.ts'
import { diagnosed, proposal as exampleProposal } from './cases.ts'
import { readAloud } from './read-aloud.ts'

// Each test has a Redis, a Slack and a bot of its own.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let approvals: Approvals
let proposals: readonly Proposal[]
let threadId: string

beforeEach(async () => {
  approvals = await openApprovals(approversOnly([dana.id, sam.id]))
})
afterEach(() => approvals.close())

const reload = {
  action: 'reload-nginx',
  target: 'nginx.service',
  argv: ['systemctl', 'reload', 'nginx.service'],
} as const
const restart = { ...reload, action: 'restart-nginx', argv: ['systemctl', 'restart', 'nginx.service'] } as const

/** A group that Dana asked about: each of these hosts has answered with its offer, and the thread shows them. */
async function fleet(offers: readonly Partial<Proposal>[]): Promise<void> {
  const { client, now, slack } = approvals
  threadId = newId()
  const requester = { kind: 'user', userId: dana.id } as const
  await createThreadStore(client).open({ id: threadId, channel, rootTs: null, threadTs: null, requester, via: 'root' })
  const requests = offers.map(({ diagnosed: host = 'web-1' }) => ({ id: newId(), host, threadId, requester }))
  await createDiagnosisBoard(client, botKeys).joinAll({ threadId, title: 'group:edge', requests }, now())
  proposals = await Promise.all(
    requests.map(async ({ id: diagnosisId, host }, nth): Promise<Proposal> => {
      const rest = { threadId, diagnosisId, diagnosed: host, host, requester: dana.id, createdAt: at(nth) }
      const expiresAt = new Date(now().getTime() + 600_000).toISOString()
      return { ...exampleProposal, ...rest, id: newId(), expiresAt, ...offers[nth] }
    }),
  )
  for (const proposal of proposals) {
    await approvals.proposals.save(proposal, now())
    await says(proposal, { kind: 'diagnosis', diagnosis: brokenAt(proposal.diagnosed), proposal }, true)
  }
  await approvals.bot().post()
  await approvals.bot().app.showFleets()
  expect(slack.workspace.messages(channel)).not.toEqual([])
}

const at = (seconds: number): string => new Date(approvals.now().getTime() + seconds * 1000).toISOString()
const brokenAt = (host: string): Diagnosis => ({ ...diagnosed, host })

async function says(
  { diagnosisId }: Proposal,
  update: Parameters<ReturnType<typeof createDiagnosisBoard>['announce']>[1],
  last = false,
): Promise<void> {
  await createDiagnosisBoard(approvals.client, workerKeys).announce(diagnosisId, update, { run: null, last })
}

async function ends(nth: number, kind: ActionOutcome['kind'] = 'resolved'): Promise<void> {
  const found = await approvals.proposals.find(proposals[nth]?.id ?? '')
  if (!found) throw new Error(`no offer ${nth}`)
  const { proposal } = found
  const resolved = kind === 'resolved'
  const detail = resolved ? 'nothing is failing now' : `nginx of ${proposal.host} still answers 502`
  const diagnosis = resolved ? { ...healthy(), host: proposal.diagnosed } : brokenAt(proposal.diagnosed)
  await says(proposal, { kind: 'action-ended', proposal, outcome: { kind, detail }, diagnosis })
  await approvals.bot().post()
  // What the run says about it comes into the same outbox.
  await approvals.bot().post()
}

function replies(): readonly Message[] {
  const [root] = approvals.slack.workspace.messages(channel)
  return root === undefined ? [] : approvals.slack.workspace.thread(channel, root.ts)
}

function replyWith(words: string): Message {
  const found = replies().find((message) => aloud(message).includes(words))
  if (found === undefined) throw new Error(`nothing says "${words}":\n${replies().map(aloud).join('\n\n')}`)
  return found
}

/** As a person reads it now. */
function aloud(message: Message): string {
  return readAloud(approvals.slack.workspace.message(channel, message.ts) ?? message)
}

/** What was said comes by the outbox, a moment after the press. */
async function comesToSay(message: Message, words: string): Promise<void> {
  await until(`the message says "${words}"`, async () => {
    await approvals.bot().post()
    return aloud(message).includes(words)
  })
}

const onThree = ['web-1', 'web-2', 'web-3'].map((host) => ({ ...reload, diagnosed: host, effect: 'Reloads nginx.' }))
const button = 'Reload nginx on 3 hosts'

async function press(userId: string, message: Message, which = button): Promise<void> {
  await approvals.slack.person.press(userId, message, which, { answer: 'confirm' })
}

describe('one button for the same action on several hosts', () => {
  it('names hosts, effect and pace in its dialog, and carries the id of the run and nothing else', async () => {
    await fleet(onThree)

    const shown = aloud(replyWith(button))

    expect(shown).toContain('Reload nginx on 3 hosts, 2 at a time')
    expect(shown).toContain('web-1, web-2 and web-3')
    expect(shown).toMatch(/2 at a time, until one is not resolved/)
    expect(JSON.stringify(replyWith(button).blocks)).toMatch(/"value":"[0-9a-f]{32}"/)
  })

  it('is dangerous in its colour where the action interrupts, and goes one host at a time then', async () => {
    await fleet(onThree.map((each) => ({ ...each, ...restart })))

    const message = replyWith('Restart nginx on 3 hosts')

    expect(JSON.stringify(message.blocks)).toContain('"style":"danger"')
    expect(aloud(message)).toContain('Restart nginx on 3 hosts, one at a time')
  })

  it('gives way to how each host stands, and the end is one message that calls who pressed', async () => {
    await fleet(onThree)
    const message = replyWith(button)

    await press(sam.id, message)
    await approvals.slack.waitFor(() => approvals.queued.length === 2)

    await comesToSay(message, 'Reloading nginx on 3 hosts: 0 of 3 resolved')
    expect(aloud(message)).toContain('Approved by Sam Rivera')
    expect(aloud(message)).not.toContain(`[${button}`)
    for (const nth of [1, 0, 2]) await ends(nth)
    expect(aloud(message)).toContain('Reload nginx on 3 hosts: 3 of 3 resolved')
    const calling = replies().filter(({ text }) => text.includes(`<@${sam.id}>`))
    expect(calling.map(({ text }) => text)).toEqual([`Reload nginx on 3 hosts: 3 of 3 resolved <@${sam.id}>`])
  })

  it('says after which host it stopped and what was not touched, with the commands and a way on', async () => {
    await fleet([...onThree, { ...onThree[0], diagnosed: 'web-4' }])
    await press(sam.id, replyWith('Reload nginx on 4 hosts'), 'Reload nginx on 4 hosts')
    await approvals.slack.waitFor(() => approvals.queued.length === 2)

    await ends(0, 'still-failing')
    await ends(1)

    const end = replyWith(`@${sam.id}`)
    expect(end.text).toContain('Reload nginx on 4 hosts stopped after web-1: still failing; 1 of 4 resolved')
    expect(aloud(end)).toContain('web-3 and web-4 were not touched.')
    expect(aloud(end)).toContain('sudo systemctl reload nginx.service')
    await press(dana.id, end, 'Reload nginx on 2 hosts')
    await comesToSay(end, 'Reloading nginx on 2 hosts: 0 of 2 resolved')
    expect(approvals.queued).toHaveLength(4)
    expect(aloud(end)).toContain('Approved by Dana Okafor')
  })

  it('answers somebody who may not and somebody who is late alone, and stays as it is', async () => {
    await fleet(onThree)
    const message = replyWith(button)

    expect(await pressed(approvals, robin.id, message, button)).toContain(
      'Nothing was run: guests of this workspace may not approve.',
    )
    expect(aloud(message)).toContain(button)
    await press(sam.id, message)
    await approvals.slack.waitFor(() => approvals.queued.length === 2)
    expect(await pressed(approvals, dana.id, message, button)).toContain('Your press did nothing more')
    expect(approvals.queued).toHaveLength(2)
  })

  it('calls the approvers where two people are needed, and counts the second press for all hosts', async () => {
    approvals.usePolicy(fourEyes())
    await fleet(onThree)
    const message = replyWith(button)

    const alone = await pressed(approvals, dana.id, message, button)
    await approvals.bot().sweep()
    await approvals.bot().sweep()

    expect(alone).toContain('Your approval is noted. Nothing runs yet')
    expect(aloud(message)).toContain('Dana Okafor approved at')
    expect(replies().filter(({ text }) => text.includes(`<!subteam^${approvers}>`))).toHaveLength(1)
    expect(approvals.queued).toEqual([])
    await press(sam.id, message)
    await comesToSay(message, 'Approved by Dana Okafor and Sam Rivera')
    expect(approvals.queued).toHaveLength(2)
  })

  it('draws over the button that a stop left also when the bot dies as soon as it is posted', async () => {
    await fleet([...onThree, { ...onThree[0], diagnosed: 'web-4' }])
    await press(sam.id, replyWith('Reload nginx on 4 hosts'), 'Reload nginx on 4 hosts')
    await approvals.slack.waitFor(() => approvals.queued.length === 2)
    await ends(0, 'still-failing')
    approvals.dieAtNoting(/^run-ended-[0-9a-f]+$/)
    await expect(ends(1)).rejects.toThrow('died before')
    const again = 'Reload nginx on 2 hosts'
    const left = replyWith(`[${again}`)

    await press(dana.id, left, again)
    await approvals.slack.waitFor(() => approvals.queued.length === 4)
    await comesToSay(left, 'Approved by Dana Okafor')

    expect(aloud(left)).not.toContain(`[${again}`)
    expect(replies().filter(({ text }) => text.includes(`@${sam.id}`))).toHaveLength(1)
  })

  it('asks Slack for the members of a user group once at each press and once at each turn, however many hosts and people there are', async () => {
    approvals.usePolicy(fourEyes({ approvers: { users: [], groups: [approvers] } }))
    await fleet([...onThree, { ...onThree[0], diagnosed: 'web-4' }])
    const message = replyWith('Reload nginx on 4 hosts')
    const asked = () => approvals.slack.calls('usergroups.users.list').length

    await pressed(approvals, dana.id, message, 'Reload nginx on 4 hosts')
    const one = asked()
    await press(sam.id, message, 'Reload nginx on 4 hosts')
    await approvals.slack.waitFor(() => approvals.queued.length === 2)
    const begun = asked() - one
    await ends(1)
    await approvals.slack.waitFor(() => approvals.queued.length === 3)

    expect([one, begun, asked() - begun - one]).toEqual([1, 2, 1])
  })

  it('calls the next contact once when nobody answers, and stays open for him', async () => {
    approvals.usePolicy(fourEyes())
    await fleet(onThree)
    const message = replyWith(button)
    await pressed(approvals, dana.id, message, button)
    approvals.minutesLater(3.1)

    await approvals.bot().sweep()
    await approvals.bot().sweep()

    const called = replies().filter(({ text }) => text.includes('Nobody has answered yet'))
    expect(called.map(({ text }) => text)).toEqual([expect.stringContaining(`<@${kim.id}>`)])
    approvals.minutesLater(6)
    await press(kim.id, message)
    await comesToSay(message, 'Approved by Dana Okafor and Kim Sato')
  })

  it('turns into "Check again" when nobody presses in time', async () => {
    await fleet(onThree)
    const message = replyWith(button)
    approvals.minutesLater(11)

    await approvals.bot().sweep()

    expect(aloud(message)).toContain('the offer ended at')
    expect(aloud(message)).toContain('Check again')
    expect(approvals.queued).toEqual([])
  })
})

describe('one button for a backend that several hosts share', () => {
  const start = { host: 'app-3', effect: 'Starts it.' }
  const starting = 'Start checkout-api.service on app-3'

  it('is pressed once for all of them, as the offer of one host is', async () => {
    await fleet([
      { ...start, diagnosed: 'web-1' },
      { ...start, diagnosed: 'web-2' },
      { ...start, diagnosed: 'web-3' },
    ])

    const messages = replies().filter((message) => aloud(message).includes(`[${starting}`))
    const [message] = messages
    if (message === undefined) throw new Error(replies().map(aloud).join('\n\n'))
    expect(messages).toHaveLength(1)
    expect(aloud(message)).toContain('Asked for by web-1, web-2 and web-3: done once, it is for all of them.')
    await press(sam.id, message, starting)
    await approvals.slack.waitFor(() => approvals.queued.length === 1)
    expect(approvals.queued).toEqual([proposals[2]?.id])
    await ends(2)

    expect(aloud(message)).toContain('Resolved:')
    const waiting = await createDiagnosisBoard(approvals.client, botKeys).open()
    expect(waiting).toHaveLength(2)
  })
})
