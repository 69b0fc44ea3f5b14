import type { Proposal } from '../../src/approval/proposal.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { outlineOf, together } from '../../src/history/outline.ts'
import type { Past } from '../../src/history/past.ts'
import { historyMessage, type ShownHistory } from '../../src/slack/messages/history-list.ts'
import type { Message } from '../../src/slack/messages/message.ts'
import { rootSummary } from '../../src/slack/messages/root-summary.ts'
import { verdictMessage } from '../../src/slack/messages/verdict.ts'
import { day, failing, finding, restart, well } from '../history/remembering.ts'
import { again } from './cases.ts'

const first = failing(day(14))
const second = failing(day(16, 5), { by: 'alert', who: 'TargetDown' })
const onAnother = failing(day(17), {
  host: 'web-4',
  findings: [finding({ subject: { ...finding().subject, host: 'app-1' } })],
})
const unknown = failing(day(18), {
  verdict: 'undetermined',
  headline: 'cannot tell: the log could not be read',
  findings: [],
})

const entries = [
  first,
  failing(day(14, 0.1)),
  restart(day(14, 1), first),
  second,
  restart(day(16, 6), second, { outcome: 'still-failing' }),
  restart(day(16, 7), second),
  well(day(16, 8)),
  unknown,
  failing(day(18, 4)),
  well(day(18, 9)),
  failing(day(19), { findings: [finding({ cause: 'disk-full', subject: { path: '/var' } })] }),
  {
    kind: 'feedback',
    id: 'feedback:1',
    host: 'web-3',
    diagnosis: first.id,
    at: day(14, 2),
    by: 'U0SAM000001',
    said: 'right',
  } as const,
]

const outlines = [
  outlineOf('web-3', entries),
  outlineOf('web-4', [onAnother, restart(day(17, 1), onAnother, { host: 'app-1' })]),
]

/** A week of two hosts, with what was done about it. */
export const historyOfEdge: ShownHistory = {
  of: { kind: 'group', group: 'group:edge' },
  seconds: 7 * 86_400,
  outline: { ...together(outlines), left: 2, more: true },
  names: new Map([
    ['U0DANA00001', 'Dana Okafor'],
    ['U0SAM000001', 'Sam <Rivera>'],
  ]),
}

export const historyOfNothing: ShownHistory = {
  of: { kind: 'cause', cause: 'disk-full' },
  seconds: 36 * 3600,
  outline: { ...together([]), left: 0, more: false },
  names: new Map(),
}

/** Every message of what is remembered, with this text wherever one from outside can stand. */
export function rememberedMessages(diagnosis: Diagnosis, offered: Proposal, text: string): readonly Message[] {
  const notHeld = { lastedMs: [0, 3600_000, 0, 7200_000, 60_000], days: 7 }
  const past: Past = {
    ...again,
    thing: text,
    count: 400,
    earlier: Array.from({ length: 5 }, () => day(1)),
    lastFix: { action: 'restart-unit', target: text, host: text, at: day(1), lastedMs: 1 },
    undone: { file: text, askedAt: day(1), seenAt: day(2), writtenBy: text },
  }
  const by = { kind: 'feedback', id: 'f', host: text, diagnosis: 'd', at: day(1), by: text, said: 'wrong' } as const
  const action = { kept: restart(day(1), first, { host: text, target: text, by: [text] }), heldMs: 1 }
  const rows = Array.from({ length: 99 }, (_, index) => ({
    host: text,
    from: day(index),
    lastSeen: day(index),
    looks: 9,
    wellAt: day(index),
    cause: index % 2 === 0 ? ('disk-full' as const) : null,
    what: text,
    by: 'schedule' as const,
    actions: [action, action, action, action],
    feedback: [by, by, by],
  }))
  const outline = { rows, counts: [{ cause: 'disk-full', count: 50 } as const], healthy: 9, left: 9, more: true }
  return [
    rootSummary(diagnosis, offered, text, past),
    verdictMessage(diagnosis, { ...offered, notHeld }, null, past),
    historyMessage({ of: { kind: 'group', group: text }, seconds: 86_400, outline, names: new Map([[text, text]]) }),
  ]
}
