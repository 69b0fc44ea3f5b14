import { describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import type { Asked, Proposal } from '../../src/approval/proposal.ts'
import type { Review } from '../../src/approval/review.ts'
import { explainPasted } from '../../commands/explain.ts'
import { commands } from '../../commands/index.ts'
import type { ActionOutcome } from '../../src/jobs/post.ts'
import { endedMessage, rootEnded } from '../../src/slack/messages/action-ended.ts'
import { aloneStarted } from '../../src/slack/messages/alone.ts'
import { askedBlocks, askedReply, nobodySeesMessage } from '../../src/slack/messages/asked.ts'
import { auditMessage, type NamedLine } from '../../src/slack/messages/audit-list.ts'
import {
  aloneOfferMessage,
  announcement,
  calledOff,
  reviewedMessage,
  reviewsMessage,
  wentAloneReply,
} from '../../src/slack/messages/going-alone.ts'
import { evidenceMessage } from '../../src/slack/messages/evidence.ts'
import { feedbackBlocks, nobodySaid, withFeedback } from '../../src/slack/messages/feedback.ts'
import { noFilesMessage } from '../../src/slack/messages/incident.ts'
import type { Tally } from '../../src/history/tally.ts'
import { failedMessage, rootFailed } from '../../src/slack/messages/failed.ts'
import { historyMessage } from '../../src/slack/messages/history-list.ts'
import { elsewhereMessage } from '../../src/slack/messages/elsewhere.ts'
import { healthyHere } from '../../src/slack/messages/healthy-here.ts'
import { namesNoTarget } from '../../src/slack/messages/names-no-target.ts'
import { limitsMessage } from '../../src/slack/messages/limits.ts'
import type { Message } from '../../src/slack/messages/message.ts'
import { endedBlocks, lapsedBlocks, runningBlocks, withOffer } from '../../src/slack/messages/offer-states.ts'
import {
  alreadyMessage,
  askedMessage,
  lapsedMessage,
  pressRefusedMessage,
} from '../../src/slack/messages/press-answers.ts'
import { outsideMessage } from '../../src/slack/messages/outside.ts'
import { replyMessage } from '../../src/slack/messages/replies.ts'
import { rootProgress } from '../../src/slack/messages/root-progress.ts'
import { rootSummary } from '../../src/slack/messages/root-summary.ts'
import { verdictMessage } from '../../src/slack/messages/verdict.ts'
import { relapseMessage, rootRelapse, watchedLine } from '../../src/slack/messages/watched.ts'
import { historyOfEdge, historyOfNothing } from './history-cases.ts'
import {
  approval,
  diagnosed,
  healthy,
  again,
  notHeldAgain,
  notHolding,
  proposal,
  readOnlyHost,
  undoneOnly,
  longSummary,
  undetermined,
  unreachable,
  unseen,
  wrongPort,
} from './cases.ts'
import { readAloud } from './read-aloud.ts'

const dana = 'U0DANA00001'
const by = { name: 'Sam Rivera', at: '2026-11-21T03:09:00Z' }
const verdict = verdictMessage(diagnosed, proposal, dana)
const judgedByFour: Tally = {
  right: 2,
  wrong: 1,
  instead: [
    { truth: 'disk-full', people: 1 },
    { truth: 'nothing-wrong', people: 1 },
    { truth: 'not-listed', people: 1 },
  ],
}
const resolved: ActionOutcome = {
  kind: 'resolved',
  detail: 'nothing is failing on web-1 now',
}
const stillFailing: ActionOutcome = {
  kind: 'still-failing',
  detail: 'checkout-api.service runs, but shop.example.com still answers 502.',
}
const refused: ActionOutcome = {
  kind: 'refused',
  detail: 'Nothing was run: checkout-api.service changed since the diagnosis.',
}
const refusedByNginx: ActionOutcome = {
  kind: 'refused-by-nginx',
  detail: `[emerg] bind() to 0.0.0.0:8099 failed (98: Address already in use). It goes on with the configuration of before. ${wrongPort.headline}`,
}
const pastedLines = [
  '2026/11/21 03:08:01 [error] 41#41: *9 connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.7, server: shop.example.com, request: "GET /cart?token=s3cr3t HTTP/1.1", upstream: "http://127.0.0.1:8080/cart", host: "shop.example.com"',
  '2026/11/21 03:08:02 [error] 41#41: *10 access forbidden by rule, client: 192.0.2.7, server: shop.example.com, request: "GET /admin HTTP/1.1", host: "shop.example.com"',
].join('\n')
const compared = {
  lastHealthyAt: '2026-11-20T22:00:00Z',
  differences: [
    'checkout-api.service was active (running), is failed (failed)',
    'nothing listens on 127.0.0.1:8080 any more (python3)',
    '/etc/nginx/conf.d/shop.conf: line 12 was "proxy_read_timeout 60s;", is "proxy_read_timeout 5s;"',
  ],
}
const notNow: Diagnosis = {
  ...diagnosed,
  findings: diagnosed.findings.map((finding) => ({
    ...finding,
    fix: {
      ...finding.fix,
      action: {
        id: 'restart-unit',
        target: 'checkout-api.service',
        allowed: false,
        refused:
          'not now: checkout-api.service of web-1 was restarted 3 times within the last hour, and 3 are allowed: restart-unit at 02:31 UTC, resolved. Restarting does not cure it',
      },
    },
  })),
}
const relapse = {
  kind: 'action-watched',
  proposal,
  outcome: { kind: 'still-failing', detail: diagnosed.headline },
  diagnosis: diagnosed,
  seconds: 60,
} as const
const ask = { command: 'nft list ruleset', why: 'sudo refused: nft list ruleset', probe: 'firewall' }
const failure = {
  host: 'web-1',
  message: 'The worker stopped in the middle twice.',
  next: 'Ask again; the log of the worker says more.',
}

const asked: Asked = {
  kind: 'asked',
  by: dana,
  at: by.at,
  presses: [{ by: dana, at: by.at, groups: [], channel: 'C1', how: 'click', reason: null, secondFactor: false }],
  until: '2026-11-21T03:19:00Z',
  contacted: 0,
  seal: approval,
}
const askedFor = { proposal, asked, names: 'Dana Okafor' }
const expired: Proposal = { ...proposal, state: { kind: 'expired', at: '2026-11-21T03:19:00Z' } }
const pressAsked = {
  kind: 'asked',
  because: 'policy.yml asks for two people here',
  first: true,
  counts: true,
  approvers: { users: [], groups: ['S0APPROVERS'] },
  alone: false,
  proposal: { ...proposal, state: asked },
} as const
const review: Review = {
  id: proposal.id,
  host: 'web-1',
  action: 'start-unit',
  target: 'checkout-api.service',
  by: dana,
  reason: 'Checkout is down and nobody of the group is awake.',
  at: '2026-11-21T03:15:00Z',
  channel: 'C0EDGEALERT',
  state: 'open',
}
const about = { at: by.at, host: 'web-1', action: 'start-unit', target: 'checkout-api.service' } as const
const acted = { ...about, by: [dana] } as const
const auditLines: readonly NamedLine[] = [
  { line: { ...about, step: 'reviewed', by: 'U0SAM000002' }, name: 'Sam Rivera' },
  {
    line: { ...acted, step: 'ended', outcome: 'resolved', detail: 'nothing is failing' },
    name: 'Dana Okafor',
  },
  { line: { ...acted, step: 'ran', result: 'ran', exitCode: 0 }, name: 'Dana Okafor' },
  { line: { ...acted, step: 'started', presses: asked.presses }, name: 'Dana Okafor' },
  { line: { ...about, step: 'alone', by: dana, reason: review.reason }, name: 'Dana Okafor' },
  {
    line: {
      at: by.at,
      step: 'turned-away',
      what: 'press',
      subject: about,
      by: 'U0ROBIN0003',
      because: 'guests of this workspace may not approve',
    },
    name: 'Robin Iyer',
  },
]

const messages: Readonly<Record<string, Message | null>> = {
  'root-queued': rootProgress({ host: 'web-1', step: 'queued', detail: '' }),
  'root-progress': rootProgress({ host: 'web-1', step: 'asking', detail: '14 of 18 answers' }),
  'root-progress-of-alert': rootProgress(
    { host: 'web-1', step: 'judging', detail: '' },
    'Alert from generic: 5xx on shop',
  ),
  'root-diagnosed': rootSummary(diagnosed, proposal),
  'root-differs': rootSummary({ ...diagnosed, ...compared }, null),
  'limits-differs': limitsMessage({ ...diagnosed, ...compared }),
  history: historyMessage(historyOfEdge),
  'history-nothing': historyMessage(historyOfNothing),
  'root-again': rootSummary(diagnosed, proposal, undefined, again),
  'root-not-held': rootSummary(diagnosed, notHolding, undefined, notHeldAgain),
  'root-undone': rootSummary(wrongPort, null, undefined, undoneOnly),
  'root-likely': rootSummary(readOnlyHost, null),
  'root-healthy': rootSummary(healthy, null),
  'outside-diagnosed': outsideMessage(rootSummary(diagnosed, proposal).outside),
  'outside-healthy': outsideMessage(rootSummary(healthy, null).outside),
  'outside-nothing': outsideMessage(undefined),
  'root-undetermined': rootSummary(undetermined, null),
  'root-unseen': rootSummary(unseen, null),
  'root-unreachable': rootSummary(unreachable, null),
  'root-failed': rootFailed(failure),
  'verdict-with-button': verdict,
  'verdict-of-alert': verdictMessage(diagnosed, proposal, null),
  'verdict-read-only': verdictMessage(readOnlyHost, null, dana),
  'verdict-not-now': verdictMessage(notNow, null, dana),
  'verdict-again': verdictMessage(diagnosed, proposal, dana, again),
  'verdict-not-held': verdictMessage(diagnosed, notHolding, dana, notHeldAgain),
  'verdict-undone': verdictMessage(wrongPort, null, dana, undoneOnly),
  'verdict-with-diff': verdictMessage(wrongPort, null, dana),
  'verdict-healthy': verdictMessage(healthy, null, dana),
  'verdict-undetermined': verdictMessage(undetermined, null, dana),
  'verdict-question': verdictMessage({ ...undetermined, ask: { ...ask, paste: 'a1b2c3' } }, null, dana),
  'verdict-question-to-read': verdictMessage({ ...undetermined, ask: { ...ask, probe: null } }, null, dana),
  'verdict-pasted': verdictMessage(
    { ...readOnlyHost, pasted: { command: 'nft list ruleset', by: 'Sam Rivera' } },
    null,
    dana,
  ),
  'verdict-unseen': verdictMessage(unseen, null, dana),
  'verdict-long': verdictMessage(longSummary, proposal, dana),
  'verdict-unreachable': verdictMessage(unreachable, null, dana),
  'verdict-failed': failedMessage(failure, dana),
  evidence: evidenceMessage(diagnosed),
  limits: limitsMessage(diagnosed),
  'limits-undetermined': limitsMessage(undetermined),
  'offer-running': { text: verdict.text, blocks: withOffer(verdict.blocks, runningBlocks(proposal, by)) },
  'offer-resolved': { text: verdict.text, blocks: withOffer(verdict.blocks, endedBlocks(proposal, resolved, by)) },
  'offer-refused': { text: verdict.text, blocks: withOffer(verdict.blocks, endedBlocks(proposal, refused, by)) },
  'offer-expired': { text: verdict.text, blocks: withOffer(verdict.blocks, lapsedBlocks(proposal, 'expired')) },
  'ended-resolved': endedMessage(proposal, resolved, healthy, dana),
  'ended-still-failing': endedMessage(proposal, stillFailing, wrongPort, dana),
  'ended-refused-by-nginx': endedMessage(
    { ...proposal, action: 'reload-nginx', target: 'nginx.service' },
    refusedByNginx,
    wrongPort,
    dana,
  ),
  'ended-refused': endedMessage(proposal, refused, null, dana),
  'ended-not-checked': endedMessage(
    proposal,
    { kind: 'not-checked', detail: 'It ran, but web-1 could not be asked again: connection refused' },
    unreachable,
    dana,
  ),
  'ended-watched': endedMessage(proposal, resolved, healthy, dana, {
    answers: [
      { site: 'shop.example.com/', before: 502, after: 200 },
      { site: 'blog.example.com/', before: null, after: 301 },
    ],
    watchSeconds: 60,
  }),
  'watched-relapse': relapseMessage(relapse, dana),
  'root-relapse': rootRelapse(relapse),
  'root-resolved': rootEnded(proposal, resolved, by, '2026-11-21T03:09:30Z'),
  'root-still-failing': rootEnded(proposal, stillFailing, by, '2026-11-21T03:09:30Z'),
  'press-already': alreadyMessage(
    { kind: 'already', by: ['U0SAM000002'], at: by.at, state: 'running', proposal },
    by.name,
  ),
  'press-refused': pressRefusedMessage(proposal, 'nobody is configured as approver'),
  'press-expired': lapsedMessage(proposal, 'expired'),
  'alone-started': aloneStarted('web-1'),
  'offer-asked': { text: verdict.text, blocks: withOffer(verdict.blocks, askedBlocks(askedFor)) },
  'offer-asked-by-requester': {
    text: verdict.text,
    blocks: withOffer(verdict.blocks, askedBlocks({ ...askedFor, asked: { ...asked, presses: [] } })),
  },
  'offer-lapsed': {
    text: verdict.text,
    blocks: withOffer(verdict.blocks, lapsedBlocks(expired, 'expired', { asked: true })),
  },
  'asked-approvers': askedReply(askedFor, ['S0APPROVERS', 'U0KIM000004']),
  'asked-contact': askedReply({ ...askedFor, asked: { ...asked, contacted: 1 } }, ['U0KIM000004']),
  'asked-nobody': askedReply(askedFor, []),
  'asked-unseen': nobodySeesMessage(proposal),
  'press-asked': askedMessage(pressAsked),
  'press-asked-by-requester': askedMessage({ ...pressAsked, counts: false }),
  'press-asked-alone': askedMessage({ ...pressAsked, first: false, alone: true }),
  'alone-offered': aloneOfferMessage(proposal),
  'alone-announced': announcement(review, 'Dana Okafor'),
  'alone-called-off': calledOff(review, 'Dana Okafor'),
  'alone-reviewed': reviewedMessage(review, 'Dana Okafor', by),
  'alone-in-thread': wentAloneReply(review, 'Dana Okafor'),
  reviews: reviewsMessage([{ review, name: 'Dana Okafor' }]),
  'reviews-none': reviewsMessage([]),
  audit: auditMessage('web-1', auditLines),
  'audit-empty': auditMessage('web-1', []),
  help: replyMessage({ kind: 'help', commands }),
  'feedback-none': withFeedback(limitsMessage(undetermined), 'web-1', feedbackBlocks('sealed', nobodySaid)),
  'feedback-some': withFeedback(null, 'web-1', feedbackBlocks('sealed', judgedByFour)),
  'feedback-wrong': withFeedback(null, 'web-1', feedbackBlocks('sealed', { ...nobodySaid, wrong: 1 })),
  'no-files': noFilesMessage(),
  'healthy-here': healthyHere(healthy),
  elsewhere: elsewhereMessage('https://lighthouse.slack.com/archives/C0EDGEALERT/p1795307452018000?thread_ts=1&cid=C0'),
  'names-no-host': namesNoTarget({
    kind: 'no-host',
    source: 'Slack',
    title: 'web-17 is slow',
    status: 'firing',
    unknown: 'web-17',
    nearest: ['web-1', 'web-2'],
  }),
  'names-too-many': namesNoTarget({
    kind: 'too-many',
    source: 'Slack',
    title: 'a report',
    status: 'firing',
    hosts: ['a', 'b', 'c'],
  }),
  hosts: replyMessage({
    kind: 'hosts',
    hosts: [
      { name: 'web-1', groups: ['edge'], sites: ['shop.example.com'], acts: 'may act on checkout-api.service, nginx' },
      { name: 'web-2', groups: [], sites: [], acts: 'read-only' },
    ],
  }),
  explained: replyMessage(explainPasted(pastedLines)),
  'explained-nothing': replyMessage(explainPasted('hello')),
  'explained-much': replyMessage(explainPasted(`${pastedLines.split('\n')[0]}\n`.repeat(20))),
  'paste-lines': replyMessage({ kind: 'paste-lines' }),
  suggestions: replyMessage({
    kind: 'suggestions',
    message: 'No host of the inventory is called wbe-1, and none serves it.',
    commands: ['diagnose web-1', 'diagnose web-2'],
  }),
}

it.each([
  [{ kind: 'resolved', detail: 'web-1 is healthy' } as const, 'Still well after 60 s: web-1 is healthy.'],
  [relapse.outcome, 'It came back within 60 s.'],
  [{ kind: 'still-failing', detail: 'another' } as const, 'Something else fails within 60 s.'],
  [
    { kind: 'not-checked', detail: 'web-1 could not be asked' } as const,
    'Could not be checked again after 60 s: web-1 could not be asked.',
  ],
])('a watch that ended as %o', (outcome, line) => {
  expect(watchedLine({ ...relapse, outcome })).toBe(line)
})

describe('messages, as read aloud', () => {
  it.each(Object.entries(messages))('%s', async (name, message) => {
    const said = message === null ? 'no message' : readAloud(message)

    await expect(`${said}\n`).toMatchFileSnapshot(`goldens/${name}.txt`)
  })

  it.each([
    verdict,
    verdictMessage(longSummary, proposal, dana),
    ...[readOnlyHost, wrongPort, healthy, undetermined, unseen, unreachable].map((each) =>
      verdictMessage(each, null, dana),
    ),
  ])('the text of a verdict fits a lock screen: $text', ({ text }) => {
    expect(text.length).toBeLessThan(120)
    expect(text).toMatch(/^web-1: /)
  })
})
