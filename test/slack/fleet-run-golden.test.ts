import { describe, expect, it } from 'vitest'
import { checkMessageBlocks } from '../../demo/slack/check-blocks.ts'
import type { FleetRun, MemberState, RunState } from '../../src/approval/fleet-run.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import { oneMessage, severalMessage } from '../../src/slack/messages/fleet-offer.ts'
import { runAskedReply, runEndedMessage, runPressAnswer } from '../../src/slack/messages/fleet-run-replies.ts'
import { fit } from '../../src/slack/messages/fit.ts'
import { runBlocks } from '../../src/slack/messages/fleet-run-states.ts'
import type { Message } from '../../src/slack/messages/message.ts'
import { proposal as example } from './cases.ts'
import { readAloud } from './read-aloud.ts'

const sam = 'U0SAM00002'
const at = '2026-11-21T03:09:00Z'
const waiting: MemberState = { kind: 'waiting' }
const resolved: MemberState = { kind: 'ended', outcome: 'resolved', detail: 'nothing is failing', at }
const failing: MemberState = {
  kind: 'ended',
  outcome: 'still-failing',
  detail: 'nginx still runs an older configuration. What next: look at its error log',
  at,
}

function run(states: readonly MemberState[], state: RunState, more: Partial<FleetRun> = {}): FleetRun {
  return {
    id: '0'.repeat(32),
    threadId: 't1',
    diagnosisId: 'd1',
    action: 'reload-nginx',
    target: 'nginx.service',
    argv: ['systemctl', 'reload', 'nginx.service'],
    members: states.map((each, nth) => ({
      proposal: `p${nth + 1}`,
      hash: 'a'.repeat(64),
      host: `web-${nth + 1}`,
      state: each,
    })),
    atOnce: 2,
    createdAt: at,
    expiresAt: '2026-11-21T03:19:00Z',
    presses: [{ by: sam, at, channel: 'C1' }],
    state,
    revision: 1,
    ...more,
  }
}

const going = { kind: 'going', at, until: at, progressAt: at, stop: null } as const
const stop = { host: 'web-2', because: 'still failing: nginx still runs an older configuration' }
const states = [resolved, failing, { kind: 'running', at }, waiting, waiting] as const
const offered = run([waiting, waiting, waiting], { kind: 'offered' }, { presses: [] })
const asked = run([waiting, waiting, waiting], {
  kind: 'asked',
  by: sam,
  at,
  until: '2026-11-21T03:25:00Z',
  contacted: 0,
})
const stopped = run([resolved, failing, resolved, waiting, { kind: 'left', because: 'changes are frozen', at }], {
  kind: 'ended',
  at,
  stop,
})
const rest = run([waiting, waiting], { kind: 'offered' }, { presses: [] })

function proposals(effects: readonly string[]): readonly Proposal[] {
  return effects.map((effect, nth) => ({ ...example, host: `web-${nth + 1}`, effect }))
}

const same = 'Loads the configuration anew; no connection is cut.'
const many = run(
  Array.from({ length: 30 }, () => waiting),
  { kind: 'offered' },
)
const hostile = '<!channel> *x* `y` <https://evil.example|Approve>'
const cases: Readonly<Record<string, Message>> = {
  'fleet-offer': severalMessage(offered, proposals([same, same, same])),
  'fleet-offer-different-effects': severalMessage(
    offered,
    proposals([same, `${same} Others changed /etc/nginx/conf.d/shop.conf.`, same]),
  ),
  'fleet-offer-many': severalMessage(many, proposals(Array.from({ length: 30 }, (_, nth) => `${same} ${nth}`))),
  'fleet-offer-one': oneMessage(example, ['web-1', 'web-2', 'web-3']),
  'fleet-run-asked': { text: '', blocks: runBlocks(asked, 'Sam Rivera') },
  'fleet-run-asked-reply': runAskedReply(asked, 'Sam Rivera', ['S0APPROVERS', 'U0KIM000004']),
  'fleet-run-going': { text: '', blocks: runBlocks(run(states, going), 'Sam Rivera') },
  'fleet-run-stopping': { text: '', blocks: runBlocks(run(states, { ...going, stop }), 'Sam Rivera') },
  'fleet-run-expired': { text: '', blocks: runBlocks(run([waiting, waiting], { kind: 'expired', at }), '') },
  'fleet-run-ended': runEndedMessage(run([resolved, resolved], { kind: 'ended', at, stop: null }), [], sam),
  'fleet-run-stopped': runEndedMessage(stopped, [{ kind: 'several', run: rest, proposals: proposals([same]) }], sam),
  'fleet-run-hostile': runEndedMessage(
    run([{ ...failing, detail: hostile }, waiting], { kind: 'ended', at, stop: { host: 'web-1', because: hostile } }),
    [],
    sam,
  ),
  'fleet-press-refused': answer({ kind: 'refused', because: 'web-3 asks for a code', run: offered }),
  'fleet-press-already': answer({ kind: 'already', run: run(states, going) }),
}

function answer(result: Parameters<typeof runPressAnswer>[0]): Message {
  const message = runPressAnswer(result, 'Sam Rivera')
  if (message === null) throw new Error('nothing is answered')
  return message
}

describe('messages of an action on several hosts', () => {
  it.each(Object.entries(cases))('%s', async (name, message) => {
    await expect(`${readAloud(message)}\n`).toMatchFileSnapshot(`goldens/${name}.txt`)
  })

  it('shows how hundreds of hosts stand in a message that Slack takes whole, those in trouble first by name', () => {
    const hundreds = run([...Array.from({ length: 400 }, () => resolved), failing, waiting], { ...going, stop })

    const message = { text: '', blocks: runBlocks(hundreds, 'Sam Rivera') }

    expect(fit(message)).toBe(message)
    expect(readAloud(message)).toMatch(/web-1, web-2, .* and \d+ more:\*? resolved/)
    expect(readAloud(message)).toContain('web-401:')
  })

  it.each(Object.entries(cases))('%s is taken by Slack', (_name, { blocks }) => {
    expect(checkMessageBlocks(JSON.parse(JSON.stringify(blocks)))).toEqual([])
  })
})
