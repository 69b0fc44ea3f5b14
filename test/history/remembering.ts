import type { ActionKept, DiagnosisKept, FindingKept } from '../../src/history/entry.ts'

const dayMs = 24 * 3600_000
const begin = Date.parse('2026-11-01T00:00:00.000Z')

/** So many days and hours after the first of November. */
export function day(days: number, hours = 0): string {
  return new Date(begin + days * dayMs + hours * 3600_000).toISOString()
}

export function finding(more: Partial<FindingKept> = {}): FindingKept {
  return {
    cause: 'backend-down',
    kind: 'cause',
    confidence: 'confirmed',
    failingNow: true,
    subject: { upstream: '127.0.0.1:8080', unit: 'shop-api.service' },
    summary: 'shop-api.service is down',
    since: null,
    ...more,
  }
}

/** A look at web-3 that found the backend down. */
export function failing(at: string, more: Partial<DiagnosisKept> = {}): DiagnosisKept {
  return {
    kind: 'diagnosis',
    id: `d-${at}`,
    host: 'web-3',
    at,
    verdict: 'diagnosed',
    headline: 'shop-api.service is down',
    findings: [finding()],
    by: 'user',
    who: 'U0DANA00001',
    ...more,
  }
}

export function well(at: string): DiagnosisKept {
  return failing(at, { verdict: 'healthy', headline: 'web-3 is healthy', findings: [] })
}

/** A restart that the look at this time led to. */
export function restart(at: string, of: DiagnosisKept, more: Partial<ActionKept> = {}): ActionKept {
  return {
    kind: 'action',
    id: `p-${at}`,
    host: of.host,
    diagnosed: of.host,
    diagnosis: of.id,
    action: 'restart-unit',
    target: 'shop-api.service',
    cause: 'backend-down',
    by: ['U0DANA00001'],
    at,
    outcome: 'resolved',
    detail: 'nothing is failing on web-3 now',
    ...more,
  }
}
