import { describe, expect, test } from 'vitest'
import { diagnosisText } from '../../src/cli/diagnosis-text.ts'
import { terminalOf, type Terminal } from '../../src/cli/paint.ts'
import type { Diagnosis, Finding } from '../../src/diagnosis/diagnosis.ts'

const plain: Terminal = { width: 80, paint: (_style, text) => text, isTerminal: false }

const finding: Finding = {
  cause: 'backend-wrong-port',
  kind: 'cause',
  confidence: 'confirmed',
  since: null,
  summary: 'checkout-api.service listens on 127.0.0.1:8081, nginx asks 127.0.0.1:8080',
  subject: { upstream: '127.0.0.1:8080', unit: 'checkout-api.service' },
  failingNow: true,
  impact: {
    count: 42,
    firstSeen: '2026-11-21T02:04:11.000Z',
    lastSeen: '2026-11-21T02:08:01.000Z',
    sites: ['shop.example.com'],
    failingShare: 0.843,
    intermittent: false,
  },
  evidence: [{ probe: 'sockets', command: 'ss -Htlnp', text: 'LISTEN 0 128 127.0.0.1:8081' }],
  ruledOut: [{ cause: 'firewall-blocked', because: 'no rule matches tcp/8080' }],
  openQuestions: [],
  fix: {
    steps: [
      'edit /etc/nginx/conf.d/shop.conf line 12 and reload: nginx -t && systemctl reload nginx.service, then look again',
    ],
    diff: '--- a/shop.conf\n+++ b/shop.conf\n@@ -12,1 +12,1 @@\n-    server 127.0.0.1:8080;\n+    server 127.0.0.1:8081;\n',
    action: null,
  },
}

const diagnosis: Diagnosis = {
  schema: 1,
  host: 'web-1',
  verdict: 'diagnosed',
  headline: finding.summary,
  findings: [finding],
  unjudged: [{ cause: 'mac-denied', because: 'sudo refused: dmesg' }],
  unseen: [],
  checked: ['nginx runs: one master, 2 workers'],
  collectedAt: '2026-11-21T02:08:11.000Z',
  timezone: '+01:00',
  window: { from: '2026-11-21T01:08:11.000Z', to: '2026-11-21T02:08:11.000Z' },
  reason: null,
  collection: { ms: 812, rounds: 2, roundTrips: 4, probes: [] },
}

describe('a diagnosis as text', () => {
  test('has cause, time in the zone of the host, share, evidence, fix and what was not judged', () => {
    const text = diagnosisText(diagnosis, plain)

    expect(text).toMatch(/^web-1: checkout-api\.service listens on 127\.0\.0\.1:8081/)
    expect(text).toContain('since 03:04:11')
    expect(text.replace(/\s+/g, ' ')).toContain('84 % of shop.example.com fails')
    expect(text).toContain('  $ ss -Htlnp\n    LISTEN 0 128 127.0.0.1:8081')
    expect(text).toContain('firewall-blocked: no rule matches tcp/8080')
    expect(text).toContain('  +    server 127.0.0.1:8081;')
    expect(text).toContain('Not judged\n  mac-denied: sudo refused: dmesg')
    expect(text).toContain('Checked and well\n  nginx runs')
  })

  test('fits 80 columns but for what is there to be copied', () => {
    const wide = diagnosisText(diagnosis, plain)
      .split('\n')
      .filter((line) => line.length > 80)

    expect(wide).toEqual([`  1. ${finding.fix.steps[0] ?? ''}`])
  })

  test('lets no text of a host steer the terminal', () => {
    const hostile = '\u001B[2J\u001B]0;owned\u0007ok\u202Egnp\u009B31m\u0007\rweb-1: healthy'
    const evil = { ...finding, summary: hostile, evidence: [{ probe: 'x', command: hostile, text: hostile }] }

    const text = diagnosisText({ ...diagnosis, headline: hostile, findings: [evil], checked: [hostile] }, plain)

    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
    expect(text).not.toContain('owned')
    expect(text).not.toMatch(/^web-1: healthy/m)
  })

  test('says of an unreachable host what to do next and lists no questions', () => {
    const text = diagnosisText(
      {
        ...diagnosis,
        verdict: 'unreachable',
        headline: 'web-1 (192.0.2.10:22) refused the connection',
        findings: [],
        unjudged: [],
        checked: [],
        reason: 'refused',
        unreachable: { message: 'x', next: 'Check that sshd runs.' },
      },
      plain,
    )

    expect(text).toBe(
      'web-1 (192.0.2.10:22) refused the connection\nunreachable (refused)\nNext: Check that sshd runs.\n',
    )
  })
})

describe('colours', () => {
  test.each([
    ['on a terminal', true, {}, true],
    ['not where NO_COLOR is set', true, { NO_COLOR: '1' }, false],
    ['where NO_COLOR is empty', true, { NO_COLOR: '' }, true],
    ['not on a dumb terminal', true, { TERM: 'dumb' }, false],
    ['not in a pipe', false, {}, false],
  ])('%s', (_what, isTTY, env, coloured) => {
    expect(terminalOf({ isTTY, columns: 120 }, env).paint('red', 'x') !== 'x').toBe(coloured)
  })

  test('a wide terminal is used up to 80 columns', () => {
    expect(terminalOf({ isTTY: true, columns: 120 }, {}).width).toBe(80)
  })
})
