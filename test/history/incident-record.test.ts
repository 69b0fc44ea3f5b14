import { describe, expect, it } from 'vitest'
import type { ShownStep } from '../../src/audit/steps-of.ts'
import type { HistoryEntry } from '../../src/history/entry.ts'
import { type IncidentParts, incidentRecord, peopleIn, recordName } from '../../src/history/incident-record.ts'
import type { Said } from '../../src/history/said.ts'
import { diagnosed, healthy, hostile, hostileTexts, undetermined } from '../slack/cases.ts'

const dana = 'U0DANA00001'
const sam = 'U0SAM000002'
const names = new Map([
  [dana, 'Dana Okafor'],
  [sam, 'Sam Rivera'],
])
const said: Said = {
  id: 'd1',
  host: 'web-1',
  askedAt: '2026-11-21T03:08:01.000Z',
  saidAt: '2026-11-21T03:08:12.000Z',
  askedBy: { kind: 'user', userId: dana },
  proposal: 'p1',
  diagnosis: diagnosed,
}
const about = { proposal: 'p1', host: 'web-1', action: 'start-unit', target: 'checkout-api.service' } as const
const acted = { ...about, argv: ['systemctl', 'start', 'checkout-api.service'], by: [sam] }
const press = { by: sam, at: '2026-11-21T03:09:00.000Z', how: 'click', reason: null }
const steps: readonly ShownStep[] = [
  {
    step: 'turned-away',
    at: '2026-11-21T03:08:30.000Z',
    what: 'press',
    about: 'p1',
    by: dana,
    because: 'you are no approver of web-1',
  },
  { ...acted, step: 'started', at: '2026-11-21T03:09:01.000Z', presses: [press] },
  { ...acted, step: 'ran', at: '2026-11-21T03:09:02.000Z', result: 'ran', exitCode: 0 },
  {
    ...acted,
    step: 'ended',
    at: '2026-11-21T03:09:08.000Z',
    outcome: 'resolved',
    detail: 'nothing is failing on web-1 now',
  },
  { ...acted, step: 'watched', at: '2026-11-21T03:10:08.000Z', outcome: 'resolved', detail: 'still well after 60 s' },
]
const entries: readonly HistoryEntry[] = [
  {
    kind: 'feedback',
    id: `feedback:d1:${dana}`,
    host: 'web-1',
    diagnosis: 'd1',
    at: '2026-11-21T03:12:00.000Z',
    by: dana,
    said: 'right',
    note: 'the deployment had stopped it',
  },
]
const parts: IncidentParts = {
  said,
  entries,
  steps,
  alerts: null,
  names,
  writtenAt: new Date('2026-11-21T03:15:00Z'),
  writtenFor: dana,
  zone: { name: 'Europe/Berlin', offsetSeconds: 3600 },
}

const other = (id: string, at: string): HistoryEntry => ({
  kind: 'diagnosis',
  id,
  host: 'web-1',
  at,
  verdict: 'healthy',
  headline: `nothing is failing, ${id}`,
  findings: [],
  by: 'user',
  who: dana,
})

describe('the record of an incident', () => {
  it('says what happened when, why, what showed it, what was done and by whom, and what was not known', async () => {
    await expect(incidentRecord(parts)).toMatchFileSnapshot('goldens/incident.md')
  })

  it('of an undetermined diagnosis that an alert started says what was missing and that nothing was run', async () => {
    const askedBy = { kind: 'alert', source: 'alertmanager', title: 'NginxDown on web-1' } as const
    const record = incidentRecord({
      ...parts,
      said: { ...said, askedBy, proposal: null, diagnosis: undetermined },
      alerts: {
        source: 'alertmanager',
        alerts: 3,
        titles: [
          { title: 'NginxDown on web-1', count: 2 },
          { title: 'ProbeFailed', count: 1 },
        ],
        resolvedAt: '2026-11-21T03:30:00.000Z',
        over: true,
      },
      steps: [],
      entries: [],
      zone: null,
    })

    await expect(record).toMatchFileSnapshot('goldens/incident-undetermined.md')
  })

  it('says how often it was before, and what cured it then', () => {
    const lastFix = { action: 'restart-unit', target: 'checkout-api.service', host: 'web-1', at: said.askedAt } as const
    const past = {
      cause: 'backend-down',
      thing: 'checkout-api.service',
      count: 3,
      days: 7,
      earlier: ['2026-11-20T03:00:00.000Z', '2026-11-18T03:00:00.000Z'],
      lastFix: { ...lastFix, lastedMs: 4 * 3_600_000 },
      notHeld: null,
      undone: null,
    } as const

    expect(incidentRecord({ ...parts, said: { ...said, past } })).toContain(
      '- Before: 3 times in 7 days, this one with them (2026-11-20 03:00:00, 2026-11-18 03:00:00); last fix: `restart-unit checkout-api.service` on `web-1`, lasted 4 h',
    )
  })

  it('tells other diagnoses of the host apart by whether they came before or after', () => {
    const both = [other('d0', '2026-11-21T02:00:00.000Z'), other('d2', '2026-11-21T04:00:00.000Z')]

    const record = incidentRecord({ ...parts, entries: both })

    expect(record).toContain('Diagnosed before: nothing is failing, d0')
    expect(record).toContain('Diagnosed again: nothing is failing, d2')
  })

  it('of a healthy host says what was looked at', () => {
    const record = incidentRecord({ ...parts, said: { ...said, proposal: null, diagnosis: healthy }, steps: [] })

    expect(record).toContain('web-1, nothing wrong was seen')
    expect(record).toContain('- nginx runs with 2 workers')
  })

  it('names everybody who has to be looked up, once', () => {
    expect(peopleIn(parts)).toEqual([dana, sam])
  })

  it('has a name of letters, digits and hyphens', () => {
    expect(recordName(said)).toBe('incident-web-1-2026-11-21-0308.md')
    expect(recordName({ ...said, host: '../../<b>/etc' })).toMatch(/^[A-Za-z0-9-]+\.md$/)
  })
})

describe('a record of hostile texts', () => {
  const name = '[click](http://evil.example) <img src=x onerror=alert(1)> `` ``` \u202Efdp # **x** @channel'
  const record = incidentRecord({
    ...parts,
    said: {
      ...said,
      host: 'web-1`|<b>',
      diagnosis: hostile(name),
      askedBy: { kind: 'alert', source: '``', title: name },
    },
    names: new Map([
      [dana, name],
      [sam, `\n# I am a heading\n- [x] ${name}`],
    ]),
    steps: [
      ...steps,
      { ...about, step: 'alone', at: '2026-11-21T03:09:30.000Z', by: sam, reason: `\n## ${name}\n\n---` },
    ],
    alerts: { source: name, alerts: 1, titles: [{ title: name, count: 1 }], resolvedAt: null, over: false },
    entries: entries.map((entry) => (entry.kind === 'feedback' ? { ...entry, note: name } : entry)),
  })
  const outside = withoutCode(record)

  it('has no heading, link, picture, HTML, rule or mention that a host or a person wrote', () => {
    expect(outside.match(/^#+ .*$/gm)?.map((line) => line.replace(/(?<=record: ).*/, '…'))).toEqual([
      '# Incident record: …',
      '## In short',
      '## Timeline (UTC)',
      '## Cause',
      '## Evidence',
      '## What was ruled out',
      '## Actions',
      '## What was not known',
      '## What people say of the answer',
    ])
    expect(outside).not.toMatch(/(?<!\\)[[\]<>]/)
    expect(outside).not.toMatch(/https?:\/\//)
    expect(outside).not.toMatch(/(?<!\\)@/)
    expect(outside).not.toMatch(/^(?:---|\*\*\*)/m)
    expect(record).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/)
  })

  it('keeps every hostile text within its fence', () => {
    for (const text of hostileTexts)
      expect(incidentRecord(withEvidence(text))).toMatch(/\n(?<fence>`{3,})text\n[^]*?\n\k<fence>\n/)
    expect(withoutCode(incidentRecord(withEvidence('a\n```\n# out of the fence\n````\nb')))).not.toContain(
      'out of the fence',
    )
  })
})

function withEvidence(text: string): IncidentParts {
  const [first] = diagnosed.findings
  if (first === undefined) throw new Error('no finding')
  const finding = { ...first, evidence: [{ probe: 'error-log', command: 'tail', text }] }
  return { ...parts, said: { ...said, diagnosis: { ...diagnosed, findings: [finding] } } }
}

/** What a reader of Markdown takes for prose. */
function withoutCode(record: string): string {
  return record.replace(/^(?<fence>`{3,})text\n[^]*?\n\k<fence>$/gm, '').replace(/(?<!\\)`[^`\n]+`/g, '')
}
