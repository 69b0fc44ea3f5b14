import { describe, expect, it } from 'vitest'
import { checkMessageBlocks } from '../../demo/slack/check-blocks.ts'
import type { Json } from '../../demo/slack/json.ts'
import type { Asked, Proposal } from '../../src/approval/proposal.ts'
import type { Review } from '../../src/approval/review.ts'
import type { ShownLine } from '../../src/audit/recent.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { aloneMessage, aloneStarted } from '../../src/slack/messages/alone.ts'
import { endedMessage, rootEnded } from '../../src/slack/messages/action-ended.ts'
import { askedBlocks, askedReply, nobodySeesMessage } from '../../src/slack/messages/asked.ts'
import { auditMessage } from '../../src/slack/messages/audit-list.ts'
import {
  aloneOfferMessage,
  announcement,
  calledOff,
  reviewedMessage,
  reviewsMessage,
  wentAloneReply,
} from '../../src/slack/messages/going-alone.ts'
import { evidenceMessage } from '../../src/slack/messages/evidence.ts'
import { feedbackBlocks, withFeedback } from '../../src/slack/messages/feedback.ts'
import { noFilesMessage, recordPages } from '../../src/slack/messages/incident.ts'
import { failedMessage, rootFailed } from '../../src/slack/messages/failed.ts'
import { fit, weight } from '../../src/slack/messages/fit.ts'
import { limitsMessage } from '../../src/slack/messages/limits.ts'
import type { Message } from '../../src/slack/messages/message.ts'
import { endedBlocks, lapsedBlocks, runningBlocks, withOffer } from '../../src/slack/messages/offer-states.ts'
import {
  alreadyMessage,
  askedMessage,
  goneMessage,
  lapsedMessage,
  pressRefusedMessage,
} from '../../src/slack/messages/press-answers.ts'
import { replyMessage } from '../../src/slack/messages/replies.ts'
import { rootProgress } from '../../src/slack/messages/root-progress.ts'
import { rootSummary } from '../../src/slack/messages/root-summary.ts'
import { verdictMessage } from '../../src/slack/messages/verdict.ts'
import {
  approval,
  diagnosed,
  healthy,
  hostile,
  hostileProposal,
  hostileTexts,
  proposal,
  readOnlyHost,
  undetermined,
  unreachable,
  wrongPort,
} from './cases.ts'
import { rememberedMessages } from './history-cases.ts'

const asked: Asked = {
  kind: 'asked',
  by: 'U0DANA00001',
  at: '2026-11-21T03:09:00Z',
  presses: [],
  until: '2026-11-21T03:19:00Z',
  contacted: 0,
  seal: approval,
}
const pressAsked = {
  kind: 'asked',
  first: true,
  counts: true,
  alone: true,
  approvers: { users: [], groups: [] },
} as const

function reviewOf(text: string): Review {
  const about = { host: text, action: 'start-unit', target: text } as const
  return { ...about, id: 'id', by: text, reason: text, at: asked.at, channel: 'C1', state: 'open' }
}

function auditLineOf(text: string): ShownLine {
  const subject = { host: text, action: 'start-unit', target: text } as const
  return { at: asked.at, step: 'turned-away', what: 'press', subject, by: text, because: text }
}

const outcomes = ['resolved', 'still-failing', 'not-checked', 'refused', 'failed'] as const

/** Every message the bot can send about one diagnosis, its offer and a text that came from outside. */
function everyMessage(diagnosis: Diagnosis, offered: Proposal, text: string): readonly Message[] {
  const by = { name: text, at: '2026-11-21T03:09:00Z' }
  const failure = { host: text, message: text, next: text }
  const verdict = verdictMessage(diagnosis, offered, 'U0DANA00001')
  const parts = [verdictMessage(diagnosis, null, null), evidenceMessage(diagnosis), limitsMessage(diagnosis)].filter(
    (part) => part !== null,
  )
  const replaced = [
    runningBlocks(offered, by),
    lapsedBlocks(offered, 'expired'),
    lapsedBlocks(offered, 'expired', { asked: true }),
    askedBlocks({ proposal: offered, asked, names: text }),
    lapsedBlocks(offered, 'superseded'),
    ...outcomes.map((kind) => endedBlocks(offered, { kind, detail: text }, by)),
  ]
  return [
    rootProgress({ host: text, step: 'queued', detail: '' }, text),
    rootProgress({ host: text, step: 'asking-closer', detail: text }),
    rootSummary(diagnosis, offered, text),
    verdict,
    ...parts,
    fit(aloneMessage(parts)),
    aloneStarted(text),
    ...replaced.map((offer) => fit({ text: verdict.text, blocks: withOffer(verdict.blocks, offer) })),
    ...outcomes.map((kind) => endedMessage(offered, { kind, detail: text }, diagnosis, 'U0DANA00001')),
    ...outcomes.map((kind) => rootEnded(offered, { kind, detail: text }, by, diagnosis.collectedAt)),
    rootFailed(failure),
    failedMessage(failure, 'U0DANA00001'),
    alreadyMessage({ kind: 'already', by: ['U0SAM000002'], at: by.at, state: 'running', proposal: offered }, text),
    pressRefusedMessage(offered, text),
    lapsedMessage(offered, 'expired'),
    goneMessage(),
    withFeedback(limitsMessage(diagnosis), text, feedbackBlocks('x'.repeat(200), { right: 1, wrong: 1, instead: [] })),
    withFeedback(null, text, feedbackBlocks('x'.repeat(200), { right: 0, wrong: 0, instead: [] })),
    noFilesMessage(),
    ...recordPages(`${text}\n`.repeat(60)),
    askedReply(
      { proposal: offered, asked, names: text },
      Array.from({ length: 300 }, () => 'U0KIM000004'),
    ),
    nobodySeesMessage(offered),
    ...rememberedMessages(diagnosis, offered, text),
    askedMessage({ ...pressAsked, because: text, proposal: { ...offered, state: asked } }),
    aloneOfferMessage(offered),
    announcement(reviewOf(text), text),
    calledOff(reviewOf(text), text),
    reviewedMessage(reviewOf(text), text, by),
    wentAloneReply(reviewOf(text), text),
    reviewsMessage(
      Array.from({ length: 99 }, (_, index) => ({ review: { ...reviewOf(text), id: `id${index}` }, name: text })),
    ),
    auditMessage(
      text,
      Array.from({ length: 99 }, () => ({ line: auditLineOf(text), name: text })),
    ),
    replyMessage({ kind: 'help', commands: [{ usage: text, summary: text }] }),
    replyMessage({
      kind: 'hosts',
      hosts: Array.from({ length: 300 }, () => ({ name: text, groups: [text], sites: [text, text], acts: text })),
    }),
    replyMessage({ kind: 'hosts', hosts: [] }),
    replyMessage({
      kind: 'suggestions',
      message: `No host is called ${text}.`,
      commands: [`diagnose ${text}`, 'hosts', 'help'],
    }),
    replyMessage({ kind: 'refusal', message: `No host is called ${text}.` }),
  ]
}

function complaints(message: Message): readonly unknown[] {
  const blocks: readonly Json[] = JSON.parse(JSON.stringify(message.blocks))
  return checkMessageBlocks(blocks)
}

/** Texts that Slack parses: message texts and mrkdwn, with our own date tokens and mentions taken out. */
function parsedTexts(message: Message): string {
  const found: string[] = [message.text]
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return
    if ('type' in value && value.type === 'mrkdwn' && 'text' in value) found.push(String(value.text))
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(message.blocks)
  return found
    .join('\n')
    .replace(/<!date\^\d+\^[a-z_{} ]+\|[\d: UTC-]+>/g, '')
    .replaceAll(/<@U0(?:DANA0000|KIM00000)\d>/g, '')
}

describe('every message', () => {
  it.each([
    ['diagnosed', diagnosed],
    ['a read-only host', readOnlyHost],
    ['a wrong port', wrongPort],
    ['healthy', healthy],
    ['undetermined', undetermined],
    ['unreachable', unreachable],
  ])('is one that Slack takes: %s', (_name, diagnosis) => {
    const messages = everyMessage(diagnosis, proposal, 'a few words')

    expect(messages.flatMap(complaints)).toEqual([])
  })

  it.each(hostileTexts.map((text) => [text.slice(0, 40), text]))(
    'stays inert and within limits when the host says %j',
    (_start, text) => {
      const messages = everyMessage(hostile(text), hostileProposal(text), text)

      expect(messages.flatMap(complaints)).toEqual([])
      for (const message of messages) {
        expect(parsedTexts(message)).not.toMatch(/<|>|```/)
        expect(JSON.stringify(message)).not.toMatch(/\\u001b|[\u202A-\u202E\u2066-\u2069\u200B]|\\u0000/i)
        expect(weight(message.blocks)).toBeLessThanOrEqual(11_000)
        expect(message.text).not.toBe('')
        expect(message.text.length).toBeLessThan(4000)
      }
    },
  )

  it('keeps the button when the rest is too long', () => {
    const message = verdictMessage(hostile('long '.repeat(500)), proposal, null)

    expect(message.blocks.some(({ type }) => type === 'actions')).toBe(true)
  })
})
