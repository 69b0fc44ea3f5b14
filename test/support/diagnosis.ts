import type { Diagnosis, Finding, Verdict } from '../../src/diagnosis/diagnosis.ts'

/** A diagnosis of web-1 whose backend is stopped, as the engine would give it. */
export function backendDown(overrides: Partial<Diagnosis> = {}): Diagnosis {
  return { ...answer('diagnosed', 'checkout-api.service is down since 03:04', [backendDownFinding()]), ...overrides }
}

export function healthy(): Diagnosis {
  return answer('healthy', 'web-1 is healthy', [])
}

export function undetermined(headline = 'nothing wrong seen on web-1, but the error log could not be read'): Diagnosis {
  return answer('undetermined', headline, [])
}

export function backendDownFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    cause: 'backend-down',
    kind: 'cause',
    confidence: 'confirmed',
    since: null,
    summary: 'checkout-api.service failed 4 minutes ago; nothing listens on 127.0.0.1:8080',
    subject: { upstream: '127.0.0.1:8080', unit: 'checkout-api.service' },
    failingNow: true,
    impact: null,
    evidence: [],
    ruledOut: [],
    openQuestions: [],
    fix: {
      steps: ['systemctl start checkout-api.service'],
      diff: null,
      action: { id: 'start-unit', target: 'checkout-api.service', allowed: true },
    },
    ...overrides,
  }
}

function answer(verdict: Verdict, headline: string, findings: readonly Finding[]): Diagnosis {
  return {
    schema: 1,
    host: 'web-1',
    verdict,
    headline,
    findings,
    unjudged: [],
    unseen: [],
    checked: [],
    collectedAt: '2026-11-21T03:08:11.000Z',
    timezone: '+01:00',
    window: { from: '2026-11-21T02:53:11.000Z', to: '2026-11-21T03:08:11.000Z' },
    reason: null,
    collection: { ms: 812, rounds: 2, roundTrips: 5, probes: [] },
  }
}
