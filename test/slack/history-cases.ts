import { outlineOf, together } from '../../src/history/outline.ts'
import type { ShownHistory } from '../../src/slack/messages/history-list.ts'
import { day, failing, finding, restart, well } from '../history/remembering.ts'

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
