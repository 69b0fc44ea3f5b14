import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actionOf } from '../../src/actions/index.ts'
import { signApproval } from '../../src/approval/approval.ts'
import { sealAsked } from '../../src/approval/asked.ts'
import type { Press } from '../../src/approval/policy/decide.ts'
import { parsePolicy } from '../../src/approval/policy/parse-policy.ts'
import type { PolicyHost } from '../../src/approval/policy/policy.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import { createProposalMaker, createProposalStore, type Found } from '../../src/approval/proposal-store.ts'
import type { ActionId } from '../../src/diagnosis/diagnosis.ts'
import { checkApproval } from '../../src/jobs/check-approval.ts'
import { createFleetRunStore } from '../../src/approval/fleet-run-store.ts'
import { createDesk } from '../../src/jobs/desk-on-redis.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import { createReviewStore } from '../../src/jobs/review-store.ts'
import { createTellApproval } from '../../src/jobs/tell-approval.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { newId, note, presserOf, quiet } from '../support/bench-of-queues.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

const hosts: readonly PolicyHost[] = [
  { name: 'vault-1', groups: [], labels: { env: 'production' } },
  { name: 'web-1', groups: ['edge'], labels: { env: 'production' } },
  { name: 'web-2', groups: ['frozen'], labels: { env: 'production' } },
  { name: 'stage-1', groups: [], labels: { env: 'staging' } },
  { name: 'odd-1', groups: [], labels: { env: 'lab' } },
  { name: 'bare-1', groups: [], labels: {} },
]

const policy = parsePolicy(
  `people:
  ops: { users: [U0ANNA, U0BEN], groups: [S0OPS] }
  devs: { users: [U0DEV, U0BEN] }
  security: { users: [U0SEC, U0BEN] }
rules:
  - hosts: { names: [vault-1] }
    approvers: [security]
    restart: { persons: 1, windows: [{ days: [Sat], from: "22:00", to: "04:00", zone: Europe/Berlin }] }
    secondFactor: true
  - hosts: { labels: { env: production } }
    approvers: [ops]
    restart: { breakGlass: true }
    channels: [C0OPS]
    escalate: { contacts: [U0BOSS], afterMinutes: 3 }
    announce: C0ALARM
  - hosts: { labels: { env: staging } }
    approvers: [devs]
    reload: { persons: 0 }
    restart: { persons: 1, requester: true }
freezes:
  - { hosts: { groups: [frozen] }, from: 2026-11-25T00:00:00Z, until: 2026-11-26T00:00:00Z, because: the big sale }
`,
  'policy.yml',
  hosts,
)

interface P {
  readonly by: string
  readonly groups?: readonly string[]
  readonly channel?: string
  readonly how?: Press['how']
  readonly reason?: string
  readonly code?: boolean
  /** Minutes after the offer. */
  readonly after?: number
}

interface Row {
  readonly host: string
  readonly action: ActionId
  /** null: an alert. */
  readonly requester: string | null
  readonly presses: readonly P[]
  readonly becomes: 'claimed' | 'asked' | 'refused' | 'code-wanted'
  readonly words?: RegExp
  /** When it is offered; a Wednesday noon. */
  readonly at?: string
}

const anna: P = { by: 'U0ANNA' }
const ben: P = { by: 'U0BEN' }
const dev: P = { by: 'U0DEV' }
const eva: P = { by: 'U0EVA', groups: ['S0OPS'] }
const evaOut: P = { by: 'U0EVA', groups: [] }
const guest: P = { by: 'U0GUEST', groups: ['S0OTHER'] }
const alone: P = { ...anna, how: 'break-glass', reason: 'the shop is down and nobody answers' }
const web = { host: 'web-1', requester: null }
const stage = { host: 'stage-1', requester: null }
const bare = { host: 'bare-1', requester: null }
const vault = { host: 'vault-1', requester: null }
const restart = 'restart-unit'

const rows: Readonly<Record<string, Row>> = {
  // user x role
  'a start by an approver': { ...web, action: 'start-unit', presses: [anna], becomes: 'claimed' },
  'a start by a member of an approver group': { ...web, action: 'start-unit', presses: [eva], becomes: 'claimed' },
  'a start by nobody in particular': {
    ...web,
    action: 'start-unit',
    presses: [guest],
    becomes: 'refused',
    words: /not an approver for web-1 \(policy\.yml:10\)/,
  },
  'a start by an approver of other hosts': {
    ...web,
    action: 'start-unit',
    presses: [dev],
    becomes: 'refused',
    words: /not an approver/,
  },
  'a member who lost the group between post and press': {
    ...web,
    action: 'start-unit',
    requester: 'U0EVA',
    presses: [evaOut],
    becomes: 'refused',
    words: /not an approver/,
  },
  // requester
  'a start by who asked': { ...web, action: 'start-nginx', requester: 'U0ANNA', presses: [anna], becomes: 'claimed' },
  'a reload by who asked': {
    ...web,
    action: 'reload-nginx',
    requester: 'U0ANNA',
    presses: [anna],
    becomes: 'asked',
    words: /somebody else/,
  },
  'a reload by who asked, and then by another': {
    ...web,
    action: 'reload-nginx',
    requester: 'U0ANNA',
    presses: [anna, ben],
    becomes: 'claimed',
  },
  'a reload by who asked, twice': {
    ...web,
    action: 'reload-nginx',
    requester: 'U0ANNA',
    presses: [anna, anna],
    becomes: 'asked',
    words: /somebody else/,
  },
  'a reload that an alert asked for': { ...web, action: 'reload-nginx', presses: [anna], becomes: 'claimed' },
  // two people
  'a restart by one': { ...web, action: restart, presses: [anna], becomes: 'asked', words: /two people/ },
  'a restart by two': { ...web, action: restart, presses: [anna, eva], becomes: 'claimed' },
  'a restart by who asked and another': {
    ...web,
    action: restart,
    requester: 'U0ANNA',
    presses: [anna, ben],
    becomes: 'claimed',
  },
  'a restart by one person twice': { ...web, action: restart, presses: [anna, anna], becomes: 'asked' },
  'a restart by one who may and one who may not': {
    ...web,
    action: restart,
    presses: [anna, guest],
    becomes: 'refused',
    words: /not an approver/,
  },
  'a restart of nginx by one': { ...web, action: 'restart-nginx', presses: [anna], becomes: 'asked' },
  'a reload of a unit by one': { ...web, action: 'reload-unit', presses: [anna], becomes: 'claimed' },
  // labels
  'a restart on staging by who asked': {
    ...stage,
    action: restart,
    requester: 'U0DEV',
    presses: [dev],
    becomes: 'claimed',
  },
  'a restart on staging by somebody of production': {
    ...stage,
    action: restart,
    presses: [anna],
    becomes: 'refused',
    words: /not an approver/,
  },
  'a reload on staging, which the rule forbids': {
    ...stage,
    action: 'reload-nginx',
    presses: [dev],
    becomes: 'refused',
    words: /forbids reload-nginx on stage-1/,
  },
  'a start without labels by an approver of one rule': {
    ...bare,
    action: 'start-unit',
    presses: [anna],
    becomes: 'refused',
    words: /no rule fits it/,
  },
  'a start without labels by an approver of all, without a code': {
    ...bare,
    action: 'start-unit',
    presses: [{ ...ben, channel: 'C0OPS' }],
    becomes: 'code-wanted',
  },
  'a start without labels by an approver of all, with a code': {
    ...bare,
    action: 'start-unit',
    presses: [{ ...ben, code: true }],
    becomes: 'claimed',
  },
  'a restart without labels outside of the hours of any rule': {
    ...bare,
    action: restart,
    presses: [{ ...ben, code: true }],
    becomes: 'refused',
    words: /outside of the times/,
  },
  'a reload without labels, which one of the rules forbids': {
    ...bare,
    action: 'reload-unit',
    presses: [{ ...ben, code: true }],
    becomes: 'refused',
    words: /forbids/,
  },
  'a start with a label that no rule names': {
    ...bare,
    host: 'odd-1',
    action: 'start-unit',
    presses: [anna],
    becomes: 'refused',
    words: /no rule fits it/,
  },
  // channel
  'a start from another channel': {
    ...web,
    action: 'start-unit',
    presses: [{ ...anna, channel: 'C0RANDOM' }],
    becomes: 'refused',
    words: /count only in the channels that policy\.yml:10 names/,
  },
  'a start on staging from any channel': {
    ...stage,
    action: 'start-unit',
    presses: [{ ...dev, channel: 'C0RANDOM' }],
    becomes: 'claimed',
  },
  // window, second factor
  'a restart outside of its hours': {
    ...vault,
    action: restart,
    presses: [{ by: 'U0SEC', code: true }],
    becomes: 'refused',
    words: /Sat 22:00-04:00 Europe\/Berlin/,
  },
  'a restart in the night after its day': {
    ...vault,
    action: restart,
    at: '2026-11-29T02:30:00Z',
    presses: [{ by: 'U0SEC', code: true }],
    becomes: 'claimed',
  },
  'a restart in its hours without a code': {
    ...vault,
    action: restart,
    at: '2026-11-28T21:30:00Z',
    presses: [{ by: 'U0SEC' }],
    becomes: 'code-wanted',
  },
  'a start at any hour with a code': {
    ...vault,
    action: 'start-unit',
    presses: [{ by: 'U0SEC', code: true }],
    becomes: 'claimed',
  },
  'a start without a code by somebody who may not anyway': {
    ...vault,
    action: 'start-unit',
    presses: [anna],
    becomes: 'refused',
    words: /not an approver/,
  },
  // freeze
  'a restart under a freeze by two': {
    ...web,
    host: 'web-2',
    action: restart,
    presses: [anna, ben],
    becomes: 'refused',
    words: /frozen until 2026-11-26T00:00Z: the big sale/,
  },
  'a reload under a freeze': {
    ...web,
    host: 'web-2',
    action: 'reload-nginx',
    presses: [anna],
    becomes: 'refused',
    words: /the big sale/,
  },
  'a start under a freeze': { ...web, host: 'web-2', action: 'start-unit', presses: [anna], becomes: 'claimed' },
  'a reload when the freeze is over': {
    ...web,
    host: 'web-2',
    at: '2026-11-26T00:00:00Z',
    action: 'reload-nginx',
    presses: [anna],
    becomes: 'claimed',
  },
  'break-glass under a freeze': {
    ...web,
    host: 'web-2',
    action: restart,
    requester: 'U0ANNA',
    presses: [alone],
    becomes: 'refused',
    words: /the big sale/,
  },
  // nobody else awake: the approvers and one contact have three minutes each
  'going on alone without having asked anybody': {
    ...web,
    action: restart,
    requester: 'U0ANNA',
    presses: [alone],
    becomes: 'refused',
    words: /ask another person first/,
  },
  'going on alone before the wait is over': {
    ...web,
    action: restart,
    requester: 'U0ANNA',
    presses: [anna, { ...alone, after: 5 }],
    becomes: 'refused',
    words: /6 minutes to answer; 1 are left/,
  },
  'going on alone after the wait': {
    ...web,
    action: restart,
    requester: 'U0ANNA',
    presses: [anna, { ...alone, after: 6 }],
    becomes: 'claimed',
  },
  'going on alone for two words': {
    ...web,
    action: restart,
    requester: 'U0ANNA',
    presses: [anna, { ...alone, after: 6, reason: 'do it' }],
    becomes: 'refused',
    words: /written reason/,
  },
  'going on alone by another than who asked': {
    ...web,
    action: restart,
    requester: 'U0BEN',
    presses: [anna, { ...alone, after: 6 }],
    becomes: 'refused',
    words: /only who asked/,
  },
  'going on alone by who asked and may not approve': {
    ...web,
    action: restart,
    requester: 'U0GUEST',
    presses: [anna, { ...alone, by: 'U0GUEST', after: 6 }],
    becomes: 'refused',
    words: /not an approver/,
  },
  'going on alone in another channel': {
    ...web,
    action: restart,
    requester: 'U0ANNA',
    presses: [anna, { ...alone, after: 6, channel: 'C0RANDOM' }],
    becomes: 'refused',
    words: /channels/,
  },
  'going on alone with a reload, for which the policy has none': {
    ...web,
    action: 'reload-nginx',
    requester: 'U0ANNA',
    presses: [anna, { ...alone, after: 6 }],
    becomes: 'refused',
    words: /not allowed for this/,
  },
  'waiting without break-glass, after any time': {
    ...web,
    action: 'reload-nginx',
    requester: 'U0ANNA',
    presses: [anna, { ...anna, after: 9 }],
    becomes: 'asked',
  },
}

let redis: TestRedis
let client: RedisClient
let clock = new Date()

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'ask', { log: quiet })
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

const hostOf = (name: string): PolicyHost | null => hosts.find((host) => host.name === name) ?? null
const now = (): Date => clock

const ensure = (): Promise<void> => Promise.resolve()

function bot() {
  const board = createDiagnosisBoard(client, botKeys)
  return createDesk({
    client,
    newId,
    board,
    diagnoses: { ensure, ensureAll: ensure, hurry: ensure },
    acts: { ensure },
    proposals: createProposalStore(client, botKeys.worker),
    signer: botKeys.signer,
    bot: botKeys.bot,
    tell: createTellApproval(client, board, { wake: ensure }),
    reviews: createReviewStore(client),
    runs: createFleetRunStore(client, botKeys.bot, botKeys.signer),
    actionsAtOnce: 2,
    audit: {
      append: (entry) => Promise.resolve({ ...entry, seq: 0, previous: '', hash: '' }),
      aloneAt: () => null,
    },
    log: quiet,
    policy: () => policy,
    hostOf,
    note,
    minutes: 10,
    now,
  })
}

function guardFor(action: ActionId): string {
  const state = action.startsWith('start-') ? 'down' : 'up'
  return action.endsWith('-nginx') ? `nginx ${state} 812 1700000000 4f2a 1700000000` : `unit 4f2a ${state} 0`
}

async function offer({ host, action, requester }: Row): Promise<Proposal> {
  const target = action.endsWith('-nginx') ? 'nginx.service' : 'checkout-api.service'
  const proposal: Proposal = {
    id: newId(),
    host,
    diagnosed: host,
    action,
    target,
    cause: 'backend-down',
    summary: 'it fails',
    since: null,
    argv: [...(actionOf(action)?.argv(target) ?? [])],
    effect: 'Helps.',
    alsoLoads: [],
    guard: guardFor(action),
    requester,
    threadId: newId(),
    diagnosisId: newId(),
    createdAt: clock.toISOString(),
    expiresAt: new Date(clock.getTime() + 600_000).toISOString(),
    state: { kind: 'proposed' },
  }
  await createProposalMaker(client, workerKeys.worker, workerKeys.signer).save(proposal, clock)
  return proposal
}

/** What came of the last press, asked of the real desk. */
async function pressAll(proposal: Proposal, presses: readonly P[]) {
  const begin = clock.getTime()
  const desk = bot()
  const results = []
  for (const { by, groups = [], channel = 'C0OPS', how = 'click', reason = null, code = false, after = 0 } of presses) {
    clock = new Date(begin + after * 60_000)
    const memberOf = async (asked: readonly string[]) => asked.filter((group) => groups.includes(group))
    results.push(await desk.press(proposal.id, presserOf(by, { channel, how, reason, secondFactor: code, memberOf })))
  }
  return results.at(-1)
}

/** The same presses, attested by a bot that does not ask its policy: what the worker makes of them. */
function attested(proposal: Proposal, presses: readonly P[]): Found {
  const at = clock.toISOString()
  const made = presses.map(
    ({ by, groups = [], channel = 'C0OPS', how = 'click', reason = null, code = false }): Press => ({
      by,
      at,
      groups,
      channel,
      how,
      reason,
      secondFactor: code,
    }),
  )
  const hash = 'a'.repeat(64)
  const asked = { by: presses[0]?.by ?? '', at: proposal.createdAt, presses: [], until: at, contacted: 0 }
  const state = presses.length > 1 ? sealAsked(botKeys.signer, hash, asked) : proposal.state
  const approval = signApproval(botKeys.signer, { proposal: { ...proposal, state }, hash }, made, at, {
    policy: policy.hash,
  })
  const by = presses.map((press) => press.by)
  return { proposal: { ...proposal, state: { kind: 'claimed', by, at, approval } }, hash }
}

/** The worker, with its own copy of the policy. */
function worker(found: Found) {
  const parts = {
    audit: { wasStarted: () => false, aloneAt: () => null },
    bot: workerKeys.bot,
    hostOf,
    now,
    policy: () => policy,
    refusalOf: () => null,
  }
  return checkApproval(found, actionOf(found.proposal.action), parts)
}

describe('user x role x host label x action', () => {
  it.each(Object.entries(rows))('%s', async (_title, row) => {
    clock = new Date(row.at ?? '2026-11-25T12:00:00Z')
    await client.flushall()
    const proposal = await offer(row)

    const result = await pressAll(proposal, row.presses)
    const kept = await createProposalStore(client, workerKeys.worker).find(proposal.id)
    const claimed = kept?.proposal.state.kind === 'claimed'
    const checked = await worker(claimed && kept ? kept : attested(proposal, row.presses))

    expect(result?.kind).toBe(row.becomes)
    expect(claimed).toBe(row.becomes === 'claimed')
    expect(result && 'because' in result ? result.because : '').toMatch(row.words ?? /.*/)
    expect(checked.ok).toBe(row.becomes === 'claimed')
    if (!checked.ok)
      expect(checked.because).toMatch(row.becomes === 'code-wanted' ? /second factor/ : (row.words ?? /policy/))
  })

  it('has a row for every kind of answer', () => {
    const kinds = new Set(Object.values(rows).map(({ becomes }) => becomes))

    expect([...kinds].toSorted()).toEqual(['asked', 'claimed', 'code-wanted', 'refused'])
  })
})
