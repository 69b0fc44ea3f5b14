import { describe, expect, it } from 'vitest'
import type { DiagnosisKept, FeedbackKept, HistoryEntry } from '../../src/history/entry.ts'
import { hitRate, hitRateLine, wilson } from '../../src/history/hit-rate.ts'
import { tallyOf } from '../../src/history/tally.ts'

let minute = 0

function diagnosis(id: string, more: Partial<DiagnosisKept> = {}): DiagnosisKept {
  const finding = { cause: 'backend-down', kind: 'cause', confidence: 'confirmed', failingNow: true } as const
  return {
    kind: 'diagnosis',
    id,
    host: 'web-1',
    at: '2026-11-21T03:00:00.000Z',
    verdict: 'diagnosed',
    headline: 'checkout-api.service is down',
    findings: [{ ...finding, subject: {}, summary: '', since: null }],
    by: 'user',
    who: 'U1',
    ...more,
  }
}

function says(diagnosed: string, by: string, more: Partial<FeedbackKept> = {}): FeedbackKept {
  minute += 1
  const at = new Date(Date.UTC(2026, 10, 21, 4, minute)).toISOString()
  const id = `feedback:${diagnosed}:${by}`
  return { kind: 'feedback', id, host: 'web-1', diagnosis: diagnosed, at, by, said: 'right', ...more }
}

describe('the hit rate', () => {
  it('counts a diagnosis as right when more people say so than say otherwise', () => {
    const rate = hitRate([
      diagnosis('a'),
      says('a', 'U1'),
      says('a', 'U2'),
      says('a', 'U3', { said: 'wrong' }),
      diagnosis('b'),
      says('b', 'U1'),
      says('b', 'U2', { said: 'something-else', cause: 'disk-full' }),
      diagnosis('c'),
    ])

    expect(rate).toMatchObject({ diagnoses: 3, answers: 3, rate: { right: 1, of: 2 }, disputed: [{ id: 'b' }] })
  })

  it('takes the cause that it named itself for right, and “nothing was wrong” where it said healthy', () => {
    const rate = hitRate([
      diagnosis('a'),
      says('a', 'U1', { said: 'something-else', cause: 'backend-down' }),
      diagnosis('b', { verdict: 'healthy', findings: [] }),
      says('b', 'U1', { said: 'something-else', nothingWrong: true }),
    ])

    expect(rate.rate).toMatchObject({ right: 2, of: 2 })
    expect(rate.byCause.map(({ cause }) => cause)).toEqual(['backend-down', 'healthy'])
  })

  it('parts what was surely wrong from what was only possible', () => {
    const possible = diagnosis('b').findings.map((finding) => ({ ...finding, confidence: 'possible' as const }))
    const rate = hitRate([
      diagnosis('a'),
      says('a', 'U1', { said: 'wrong' }),
      diagnosis('b', { findings: possible }),
      says('b', 'U1', { said: 'wrong' }),
      diagnosis('c', { verdict: 'healthy', findings: [] }),
      says('c', 'U1', { said: 'something-else', cause: 'disk-full' }),
    ])

    expect(rate.wrongConfident.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(rate.otherWrong.map(({ id }) => id)).toEqual(['b'])
  })

  it('counts who says that it could not tell neither way, and keeps what people call it', () => {
    const rate = hitRate([
      diagnosis('a', { verdict: 'undetermined' }),
      says('a', 'U1', { said: 'something-else', cause: 'dns-failure' }),
      diagnosis('b', { verdict: 'unreachable', findings: [] }),
      says('b', 'U1'),
    ])

    expect(rate).toMatchObject({ diagnoses: 2, answers: 0, rate: { of: 0, interval: null } })
    expect(rate.named).toMatchObject([{ id: 'a', truth: 'dns-failure' }])
  })

  it('counts a diagnosis once that is remembered at two hosts', () => {
    const entries: readonly HistoryEntry[] = [diagnosis('a'), diagnosis('a'), says('a', 'U1')]

    expect(hitRate(entries)).toMatchObject({ diagnoses: 1, rate: { right: 1, of: 1 } })
  })

  it('is one line where somebody has judged, and none where nobody has', () => {
    expect(hitRateLine([diagnosis('a')])).toBeNull()
    expect(hitRateLine([diagnosis('a'), diagnosis('b'), says('a', 'U1')])).toBe(
      'people judged 1 of 2 answers here: 1 right',
    )
  })
})

describe('the tally of one diagnosis', () => {
  it('takes the newest word of each person', () => {
    const tally = tallyOf([says('a', 'U1'), says('a', 'U1', { said: 'wrong' }), says('a', 'U2')])

    expect(tally).toEqual({ right: 1, wrong: 1, instead: [] })
  })
})

// R. G. Newcombe, Statistics in Medicine 17, 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
describe.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('the interval of %i of %i', (right, of, from, to) => {
  it('is that of the published table', () => {
    expect(wilson(right, of).from).toBeCloseTo(from, 4)
    expect(wilson(right, of).to).toBeCloseTo(to, 4)
  })
})
