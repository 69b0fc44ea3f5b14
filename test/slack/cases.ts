import type { Diagnosis, Finding } from '../../src/diagnosis/diagnosis.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import type { Past } from '../../src/history/past.ts'

const quietCollection = { ms: 812, rounds: 2, roundTrips: 5, probes: [] } as const

const base: Omit<Diagnosis, 'verdict' | 'headline'> = {
  schema: 1,
  host: 'web-1',
  findings: [],
  unjudged: [],
  unseen: [],
  checked: [],
  collectedAt: '2026-11-21T03:08:11Z',
  timezone: '+01:00',
  window: { from: '2026-11-21T02:08:11Z', to: '2026-11-21T03:08:11Z' },
  reason: null,
  collection: quietCollection,
}

export const backendDown: Finding = {
  cause: 'backend-down',
  kind: 'cause',
  confidence: 'confirmed',
  since: '2026-11-21T02:04:00.000Z',
  summary:
    'checkout-api.service is down since 03:04 +01:00; nothing listens on 127.0.0.1:8080, where nginx sends shop.example.com.',
  subject: { upstream: '127.0.0.1:8080', unit: 'checkout-api.service', file: '/etc/nginx/conf.d/shop.conf', line: 12 },
  failingNow: true,
  impact: {
    count: 214,
    firstSeen: '2026-11-21T03:04:02Z',
    lastSeen: '2026-11-21T03:08:01Z',
    sites: ['shop.example.com'],
    failingShare: 0.84,
    intermittent: false,
  },
  evidence: [
    {
      probe: 'error-log',
      command: 'tail /var/log/nginx/error.log',
      text: '2026/11/21 03:08:01 [error] 31#31: *93 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.9, server: shop.example.com, request: "GET /cart HTTP/1.1", upstream: "http://127.0.0.1:8080/cart"',
    },
    {
      probe: 'units',
      command: 'systemctl show checkout-api.service',
      text: 'ActiveState=failed\nSubState=failed\nResult=exit-code\nNRestarts=0',
    },
  ],
  ruledOut: [
    { cause: 'firewall-blocked', because: 'no rule matches tcp/8080 on lo' },
    { cause: 'backend-wrong-port', because: 'the unit is not running, so it listens nowhere' },
  ],
  openQuestions: [],
  fix: {
    steps: ['systemctl start checkout-api.service'],
    diff: null,
    action: { id: 'start-unit', target: 'checkout-api.service', allowed: true },
  },
}

export const diagnosed: Diagnosis = {
  ...base,
  verdict: 'diagnosed',
  headline: 'checkout-api.service is down since 03:04',
  findings: [
    backendDown,
    {
      ...backendDown,
      cause: 'keepalive-ineffective',
      kind: 'latent',
      summary: 'upstream shop keeps no connections open: proxy_http_version 1.1 is missing.',
      evidence: [],
      ruledOut: [],
      fix: { steps: [], diff: null, action: null },
    },
  ],
  unjudged: [{ cause: 'conntrack-full', because: 'sudo refused: nft list ruleset' }],
}

export const readOnlyHost: Diagnosis = {
  ...diagnosed,
  findings: [
    {
      ...backendDown,
      confidence: 'likely',
      openQuestions: [{ cause: 'firewall-blocked', because: 'sudo refused: nft list ruleset' }],
      fix: {
        ...backendDown.fix,
        action: {
          id: 'start-unit',
          target: 'checkout-api.service',
          allowed: false,
          refused: 'host web-1 is read-only (no act user)',
        },
      },
    },
  ],
}

export const wrongPort: Diagnosis = {
  ...base,
  verdict: 'diagnosed',
  headline: 'checkout-api.service listens on 8081, nginx asks 8080',
  findings: [
    {
      ...backendDown,
      cause: 'backend-wrong-port',
      summary:
        'checkout-api.service listens on 127.0.0.1:8081, but /etc/nginx/conf.d/shop.conf:12 sends requests to 127.0.0.1:8080.',
      fix: {
        steps: ['edit /etc/nginx/conf.d/shop.conf as below', 'nginx -t', 'systemctl reload nginx'],
        diff: '--- a/etc/nginx/conf.d/shop.conf\n+++ b/etc/nginx/conf.d/shop.conf\n@@ -11,3 +11,3 @@\n upstream shop {\n-    server 127.0.0.1:8080;\n+    server 127.0.0.1:8081;\n }',
        action: null,
      },
    },
  ],
}

export const healthy: Diagnosis = {
  ...base,
  verdict: 'healthy',
  headline: 'nothing is failing on web-1 now',
  checked: [
    'nginx runs with 2 workers',
    'the error log of the last hour was read: no upstream errors',
    'GET http://shop.example.com/ answered 200',
  ],
}

export const undetermined: Diagnosis = {
  ...base,
  verdict: 'undetermined',
  headline: 'shop.example.com fails, and the error log could not be read',
  unjudged: [{ cause: 'backend-down', because: 'error log: Permission denied. Put the user into group adm.' }],
  unseen: ['GET http://shop.example.com/ answered 502'],
  checked: ['nginx runs with 2 workers'],
}

export const unseen: Diagnosis = {
  ...base,
  verdict: 'undetermined',
  headline: 'nothing wrong seen on web-1, but this could not be seen: the error log of shop.example.com',
  unseen: ['/var/log/nginx/shop.error.log: Permission denied'],
}

/** A summary that says too much for a lock screen. */
export const longSummary: Diagnosis = {
  ...diagnosed,
  headline:
    'checkout-api.service failed 4 minutes ago; nothing listens on 127.0.0.1:8080, where nginx sends shop.example.com',
}

export const unreachable: Diagnosis = {
  ...base,
  verdict: 'unreachable',
  headline: 'web-1 is not reachable: connection refused',
  reason: 'refused',
  unreachable: {
    message: '192.0.2.10 port 22 refuses connections.',
    next: 'Check that sshd runs there and that the port in the inventory is right.',
  },
}

export const proposal: Proposal = {
  id: '0123456789abcdef0123456789abcdef',
  host: 'web-1',
  diagnosed: 'web-1',
  action: 'start-unit',
  target: 'checkout-api.service',
  cause: 'backend-down',
  summary: 'checkout-api.service is down since 03:04 +01:00',
  since: { told: '03:04 +01:00', at: '2026-11-21T02:04:00.000Z' },
  argv: ['systemctl', 'start', 'checkout-api.service'],
  effect: 'starts the stopped unit; nothing that runs is touched',
  alsoLoads: [],
  guard: 'unit 4a6b down 0',
  requester: null,
  threadId: 'thread-1',
  diagnosisId: 'diagnosis-1',
  createdAt: '2026-11-21T03:08:12Z',
  expiresAt: '2026-11-21T03:18:12Z',
  state: { kind: 'proposed' },
}

/** Of an approval only that it is there matters here. */
export const approval = { key: 'k', text: '{}', signature: '' }

/** What a host might say to be taken for us: mentions, links, formatting, escapes, direction overrides, and a lot of it. */
export const hostileTexts: readonly string[] = [
  '<!channel> <!here> <@U0SAM000002> <#C0INCIDENTS> <!subteam^S0APPROVERS>',
  '<http://evil.example|Approve> <https://evil.example>',
  '```\nnot a log line\n``` `code` *bold* _it_ ~gone~ :tada:',
  '\u202Etxet desrever\u202C \u2066isolated\u2069 zero\u200Bwidth \uFEFF',
  '\u001B[31mred\u001B[0m \u001B]8;;http://evil.example\u0007link\u001B]8;;\u0007 \u0000\u0007\r\u0085',
  '&lt;!channel&gt; &amp;amp; "quotes" \uD800',
  'x'.repeat(10_000),
  '<'.repeat(10_000),
  '',
]

/** The diagnosis with every text of the host replaced. */
export function hostile(text: string): Diagnosis {
  const finding: Finding = {
    ...backendDown,
    summary: text,
    evidence: Array.from({ length: 9 }, () => ({ probe: 'error-log', command: text, text, host: text })),
    ruledOut: Array.from({ length: 40 }, () => ({ cause: 'firewall-blocked' as const, because: text })),
    openQuestions: [{ cause: 'firewall-blocked', because: text }],
    impact: {
      count: 1,
      firstSeen: null,
      lastSeen: text,
      sites: [text, text, text, text],
      failingShare: 0.5,
      intermittent: true,
    },
    fix: {
      steps: Array.from({ length: 30 }, () => text),
      diff: text,
      action: { id: 'start-unit', target: text, allowed: false, refused: text },
    },
  }
  return {
    ...base,
    host: text,
    site: text,
    verdict: 'diagnosed',
    headline: text,
    findings: [finding, finding, finding, finding, finding, finding],
    unjudged: Array.from({ length: 40 }, () => ({ cause: 'backend-down' as const, because: text })),
    checked: [text],
    unreachable: { message: text, next: text },
  }
}

export function hostileProposal(text: string): Proposal {
  return {
    ...proposal,
    host: text,
    diagnosed: text,
    target: text,
    summary: text,
    effect: text,
    argv: ['systemctl', 'start', text],
  }
}

/** The same trouble for the third time, with a start that lasted four hours. */
export const again: Past = {
  cause: 'backend-down',
  thing: 'checkout-api.service',
  count: 3,
  days: 7,
  earlier: ['2026-11-20T22:10:00.000Z', '2026-11-17T03:04:00.000Z'],
  lastFix: {
    action: 'start-unit',
    target: 'checkout-api.service',
    host: 'web-1',
    at: '2026-11-20T22:20:00.000Z',
    lastedMs: 4 * 3600_000,
  },
  notHeld: null,
  undone: null,
}

export const notHolding: Proposal = { ...proposal, notHeld: { lastedMs: [4 * 3600_000, 4 * 3600_000], days: 7 } }

export const notHeldAgain: Past = {
  ...again,
  count: 4,
  notHeld: {
    action: 'start-unit',
    target: 'checkout-api.service',
    host: 'web-1',
    lastedMs: [4 * 3600_000, 4 * 3600_000],
    days: 7,
  },
}

/** A change by hand that a program has written over. */
export const undoneOnly: Past = {
  cause: 'backend-wrong-port',
  thing: '127.0.0.1:8080',
  count: 1,
  days: 30,
  earlier: [],
  lastFix: null,
  notHeld: null,
  undone: {
    file: '/etc/nginx/conf.d/shop.conf',
    askedAt: '2026-11-12T09:10:00.000Z',
    seenAt: '2026-11-12T09:30:00.000Z',
    writtenBy: 'Ansible',
  },
}
