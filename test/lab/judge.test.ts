import { expect, test } from 'vitest'
import { judge, type Truth } from '../../lab/score/judge.ts'
import { macroF1 } from '../../lab/score/figures.ts'
import type { Scored } from '../../lab/score/result.ts'
import type { Diagnosis, Finding } from '../../src/diagnosis/diagnosis.ts'

const down: Truth = {
  verdict: 'diagnosed',
  cause: 'backend-down',
  kind: 'cause',
  subject: { upstream: '127.0.0.1:8080', unit: 'api.service' },
  alsoTrue: [],
}
const healthy: Truth = { verdict: 'healthy', cause: null, kind: null, subject: {}, alsoTrue: [] }

test('the true cause about the right unit is right', () => {
  expect(judge(saying('diagnosed', finding({})), down, 'root')).toEqual({
    outcome: 'right',
    wrongConfident: [],
    alarm: false,
    saysHealthy: false,
  })
})

test.each([
  ['another cause', { cause: 'backend-wrong-port' as const }],
  ['the true one about another unit', { subject: { upstream: '127.0.0.1:8080', unit: 'other.service' } }],
  ['the true one about another address', { subject: { upstream: '127.0.0.1:8081', unit: 'api.service' } }],
])('%s at likely is wrong and confident', (_, differently) => {
  const judged = judge(saying('diagnosed', finding({ confidence: 'likely', ...differently })), down, 'root')

  expect(judged.outcome).toBe('wrong')
  expect(judged.wrongConfident).toHaveLength(1)
})

test('the true cause on another machine is wrong and confident', () => {
  const there = { ...down, subject: { host: 'app-3' } }

  expect(judge(saying('diagnosed', finding({})), there, 'root').wrongConfident).toEqual(['host web-1 instead of app-3'])
})

test('a machine that is only implied by its address is not right for root, but no confident mistake', () => {
  const there = { ...down, subject: { upstream: '127.0.0.1:8080', host: 'app-3' } }

  expect(judge(saying('diagnosed', finding({})), there, 'root')).toMatchObject({ outcome: 'wrong', wrongConfident: [] })
})

test('another cause at possible is no confident mistake', () => {
  const judged = judge(saying('undetermined', finding({ cause: 'backend-slow', confidence: 'possible' })), down, 'root')

  expect(judged).toMatchObject({ outcome: 'undetermined', wrongConfident: [] })
})

test('a unit that is not named is not right for root, and right for who may not see it', () => {
  const bare = saying('diagnosed', finding({ subject: { upstream: '127.0.0.1:8080' } }))

  expect([judge(bare, down, 'root').outcome, judge(bare, down, 'plain').outcome]).toEqual(['wrong', 'right'])
})

test('a failing host called healthy is counted', () => {
  expect(judge(saying('healthy'), down, 'root')).toMatchObject({ outcome: 'wrong', saysHealthy: true })
})

test('a host that a user cannot judge is not to be called healthy by him', () => {
  const hidden = { ...healthy, verdictWithoutRoot: 'undetermined' as const }

  expect(judge(saying('healthy'), hidden, 'plain').saysHealthy).toBe(true)
  expect(judge(saying('undetermined'), hidden, 'plain').outcome).toBe('right')
  expect(judge(saying('undetermined'), hidden, 'root').outcome).toBe('undetermined')
})

test('the sudoers user is held to what root says, but where an expectation is his own', () => {
  const hidden = { ...healthy, verdictWithoutRoot: 'undetermined' as const }
  const closed = { ...hidden, verdictWithSudo: 'undetermined' as const }

  expect(judge(saying('healthy'), hidden, 'medic')).toMatchObject({ outcome: 'right', saysHealthy: false })
  expect(judge(saying('undetermined'), hidden, 'medic').outcome).toBe('undetermined')
  expect(judge(saying('healthy'), closed, 'medic').saysHealthy).toBe(true)
  expect(judge(saying('undetermined'), closed, 'medic').outcome).toBe('right')
})

test('a cause named on a healthy host is an alarm; one that is also true is not', () => {
  const named = saying('diagnosed', finding({ cause: 'app-error', confidence: 'likely' }))

  expect(judge(named, healthy, 'root').alarm).toBe(true)
  expect(judge(named, { ...healthy, alsoTrue: ['app-error'] }, 'root').alarm).toBe(false)
})

test('where nothing more can be told, "cannot tell" is right and a cause is wrong', () => {
  const unlisted: Truth = { ...healthy, verdict: 'undetermined' }

  expect(judge(saying('undetermined'), unlisted, 'root').outcome).toBe('right')
  expect(judge(saying('diagnosed', finding({})), unlisted, 'root').outcome).toBe('wrong')
})

test('nothing may be confirmed about a machine that was not asked', () => {
  const judged = judge(saying('diagnosed', finding({})), down, 'root', '127.0.0.1:8080')

  expect(judged.wrongConfident).toEqual(['backend-down confirmed about a host that was not asked'])
})

test('macro-F1 is the mean over causes, and a cause named on a healthy host counts against it', () => {
  const some = [scored('a', 'a'), scored('a', null), scored('b', 'b'), scored(null, 'b')]

  // a: named in one of two (F1 2/3); b: true in one of the two in which it was named (F1 2/3).
  expect(macroF1(some)).toBeCloseTo(2 / 3)
})

function scored(truth: string | null, named: string | null): Scored {
  const outcome = truth === named ? 'right' : 'wrong'
  return {
    id: 'x#1',
    fault: 'x',
    shape: 1,
    kind: 'node',
    seed: 1,
    class: 'fault',
    late: false,
    user: 'root',
    truth,
    verdict: 'diagnosed',
    named,
    outcome,
    wrongConfident: [],
    alarm: false,
    saysHealthy: false,
    headline: '',
    differences: [],
    ms: 1,
    weakened: null,
    diff: null,
  }
}

function finding(differently: Partial<Finding>): Finding {
  return {
    cause: 'backend-down',
    kind: 'cause',
    confidence: 'confirmed',
    summary: '',
    since: null,
    subject: { upstream: '127.0.0.1:8080', unit: 'api.service' },
    failingNow: true,
    impact: null,
    evidence: [],
    ruledOut: [],
    openQuestions: [],
    fix: { steps: [], diff: null, action: null },
    ...differently,
  }
}

function saying(verdict: Diagnosis['verdict'], ...findings: readonly Finding[]): Diagnosis {
  return {
    schema: 1,
    host: 'web-1',
    verdict,
    headline: '',
    findings,
    unjudged: [],
    unseen: [],
    checked: [],
    collectedAt: '2026-01-01T00:00:00.000Z',
    timezone: '+00:00',
    window: { from: '2026-01-01T00:00:00.000Z', to: '2026-01-01T01:00:00.000Z' },
    reason: null,
    collection: { ms: 1, rounds: 1, roundTrips: 1, probes: [] },
  }
}
