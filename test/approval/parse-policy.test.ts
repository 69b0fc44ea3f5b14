import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../src/approval/policy/parse-policy.ts'
import type { PolicyHost } from '../../src/approval/policy/policy.ts'

const hosts: readonly PolicyHost[] = [
  { name: 'web-1', groups: ['edge'], labels: { env: 'production' } },
  { name: 'web-2', groups: ['edge'], labels: { env: 'staging' } },
  { name: 'db-1', groups: [], labels: {} },
]

const read = (text: string) => parsePolicy(text, '/etc/gatemedic/policy.yml', hosts)
const people = 'people: { ops: { users: [U0ANNA, U0BEN], groups: [S0OPS] }, anna: { users: [U0ANNA] } }\n'
const ruleWith = (more: string) => `${people}rules:\n  - hosts: all\n    approvers: [ops]\n${more}`

describe('a policy file', () => {
  it('asks for one person before a start, another one than who asked before a reload, and two before a restart', () => {
    const { rules, diagnose, limits } = read(ruleWith(''))

    const always = { breakGlass: false, windows: null, othersEdits: 'allow' }
    expect(rules[0]).toEqual({
      where: 'policy.yml:3',
      hosts: { all: true, names: [], groups: [], labels: {} },
      approvers: { users: ['U0ANNA', 'U0BEN'], groups: ['S0OPS'] },
      terms: {
        start: { persons: 1, requester: true, ...always },
        reload: { persons: 1, requester: false, ...always },
        restart: { persons: 2, requester: true, ...always },
      },
      channels: null,
      escalation: { contacts: [], afterMinutes: 3 },
      announce: null,
      secondFactor: false,
      watchSeconds: 60,
    })
    expect(diagnose).toBeNull()
    expect(limits).toEqual({ restartsPerHour: 3, coolDownSeconds: 30, keepHealthy: 1 })
  })

  it('has a hash of what it says: comments and the name of the file do not change it, a word does', () => {
    const { hash } = read(ruleWith(''))
    const commented = parsePolicy(`# who may what\n\n${ruleWith('')}`, 'other.yml', hosts)

    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(commented.hash).toBe(hash)
    expect(read(ruleWith('    restart: { persons: 1 }')).hash).not.toBe(hash)
  })

  it('without a word in it lets anybody diagnose and nobody act', () => {
    expect(read('')).toMatchObject({ diagnose: null, mute: null, rules: [], freezes: [] })
  })

  it('reads times by their zone and freezes by their instants', () => {
    const text = `${ruleWith('    restart: { windows: [{ days: [Sat, Sun], from: "22:30", to: "04:00", zone: Europe/Berlin }] }')}
freezes: [{ hosts: { groups: [edge] }, from: 2026-12-20T18:00:00+01:00, until: 2027-01-02T08:00:00Z, because: year-end }]`

    const { rules, freezes } = read(text)

    expect(rules[0]?.terms.restart.windows).toEqual([{ days: [6, 0], from: 1350, to: 240, zone: 'Europe/Berlin' }])
    expect(freezes).toEqual([
      {
        hosts: { all: false, names: [], groups: ['edge'], labels: {} },
        from: Date.parse('2026-12-20T17:00:00Z'),
        until: Date.parse('2027-01-02T08:00:00Z'),
        because: 'year-end',
      },
    ])
  })

  it('reads who may diagnose, and where', () => {
    const { diagnose } = read(`${people}diagnose: { people: [ops], channels: [C0OPS] }`)

    expect(diagnose).toEqual({ anyone: false, users: ['U0ANNA', 'U0BEN'], groups: ['S0OPS'], channels: ['C0OPS'] })
  })

  it('reads who may mute: members where nothing is said, and nobody where nobody is named', () => {
    expect(read(`${people}mute: { people: [ops] }`).mute).toEqual({ users: ['U0ANNA', 'U0BEN'], groups: ['S0OPS'] })
    expect([read('mute: members').mute, read('mute: { people: [] }').mute]).toEqual([null, { users: [], groups: [] }])
  })

  it('lets everybody ask in the channels that it names when it names no people', () => {
    expect(read('diagnose: { channels: [C0OPS] }').diagnose).toMatchObject({ anyone: true, channels: ['C0OPS'] })
  })

  it.each([
    ['rules: [', /policy\.yml:\d+: not valid YAML/],
    ['roles: []', /policy\.yml:1: roles is not known; known are people, diagnose, mute, rules, freezes, limits$/],
    [ruleWith('    secondfactor: true'), /:5: rules\.0\.secondfactor is not known; known are hosts, approvers, start/],
    [
      ruleWith('    restart: { person: 2 }'),
      /:5: rules\.0\.restart\.person is not known; known are persons, requester/,
    ],
    [ruleWith('    restart: { persons: 3 }'), /:5: rules\.0\.restart\.persons must be 0 \(nobody may\), 1 or 2$/],
    [ruleWith('    channels: ["#ops"]'), /:5: rules\.0\.channels\.0 must be an id such as C0123ABCD, not a name$/],
    [ruleWith('    channels: []'), /:5: rules\.0\.channels must name at least one of channel ids$/],
    ['people: { ops: { users: [anna] } }', /:1: people\.ops\.users\.0 must be an id such as U0123ABCD, not a name$/],
    ['people: { ops: { groups: [U0ANNA] } }', /people\.ops\.groups\.0 must be an id such as S0123ABCD/],
    [`${people}diagnose: { peple: [ops] }`, /:2: diagnose\.peple is not known; known are people, channels$/],
    [`${people}diagnose: everyone`, /:2: diagnose must be anyone, or a map with people and channels$/],
    [`${people}diagnose: { people: [opps] }`, /diagnose\.people names "opps", .* spelled "ops"$/],
    [ruleWith('    restart: { breakGlass: true }'), /:5: rules\.0\.restart\.breakGlass needs announce/],
    [ruleWith('    start: { windows: [{ from: "2:00", to: "04:00" }] }'), /windows\.0\.from must be a time of day/],
    [ruleWith('    start: { windows: [{ from: "04:00", to: "04:00" }] }'), /windows\.0\.to must be another time/],
    [
      ruleWith('    start: { windows: [{ from: "02:00", to: "04:00", zone: Berlin }] }'),
      /zone must be a time zone such as/,
    ],
    [
      `${people}rules: [{ hosts: all, approvers: [anna] }]`,
      /rules\.0\.approvers names one person, and the rule asks for two$/,
    ],
    [
      `${people}rules: [{ hosts: all, approvers: [ana] }]`,
      /names "ana", but no set of people has that name; .* spelled "anna"$/,
    ],
    [`${people}rules: [{ approvers: [ops] }]`, /rules\.0\.hosts must be all, or a map/],
    [`${people}rules: [{ hosts: {}, approvers: [ops] }]`, /rules\.0\.hosts fits no host/],
    ['freezes: [{ from: 2026-12-20T18:00:00Z, until: 2026-12-20T18:00:00Z, because: x }]', /until must be after from$/],
    ['freezes: [{ until: 2026-12-20, because: x }]', /freezes\.0\.until must be an instant such as/],
    ['freezes: [{ because: x }]', /freezes\.0\.until must be an instant such as/],
    ['limits: { keepHealthy: -1 }', /limits\.keepHealthy must be 0 to 1000$/],
  ])('is refused with the line, the key and what is wrong: %s', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })

  it.each([
    ['{ labels: { env: prodution } }', 'rules.0.hosts.labels.env names "prodution"', '"production"'],
    ['{ labels: { env: Production } }', 'names "Production"', '"production": spell both alike'],
    ['{ labels: { environment: production } }', 'names "environment", but no label', '"env"'],
    ['{ groups: [edges] }', 'rules.0.hosts.groups names "edges", but no group', '"edge"'],
    ['{ names: [wbe-1] }', 'rules.0.hosts.names names "wbe-1", but no host', '"web-1"'],
  ])('that names %s, which no host of the inventory has, is refused with both spellings', (match, wrong, right) => {
    const text = `${people}rules:\n  - hosts: ${match}\n    approvers: [ops]`

    expect(() => read(text)).toThrow(new RegExp(`policy\\.yml:3: .*`))
    expect(() => read(text)).toThrow(wrong)
    expect(() => read(text)).toThrow(right)
  })

  it('whose label a host of the inventory spells in another case is refused: nobody could tell that the host is left out', () => {
    const also = [...hosts, { name: 'web-3', groups: [], labels: { env: 'Production' } }]
    const text = `${people}rules: [{ hosts: { labels: { env: production } }, approvers: [ops] }]`

    expect(() => parsePolicy(text, 'policy.yml', also)).toThrow(
      'names "production", but among the values of env in the inventory is "Production"',
    )
  })
})
