import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { groupsIn } from '../../src/approval/policy/groups-in.ts'
import { openPolicy } from '../../src/approval/policy/policy-in-force.ts'
import { createLog } from '../../src/log.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatemedic-policy-'))
const path = join(folder, 'policy.yml')
const hosts = () => [{ name: 'web-1', groups: ['edge'], labels: {} }]
const policyOf = (persons: number) =>
  `people: { ops: { groups: [S0OPS] } }\nrules: [{ hosts: { groups: [edge] }, approvers: [ops], start: { persons: ${persons} } }]\n`
let said: string[]
const log = createLog('info', { write: (line) => void said.push(line) })

beforeEach(() => {
  said = []
})
afterAll(() => rmSync(folder, { recursive: true }))

const open = () => openPolicy({ path, approvers: [], hosts, log })

test('a new file holds when it is read again', async () => {
  writeFileSync(path, policyOf(1))
  const policy = await open()
  writeFileSync(path, policyOf(2))
  const before = policy.current().rules[0]?.terms.start.persons

  await policy.reload()

  expect([before, policy.current().rules[0]?.terms.start.persons]).toEqual([1, 2])
  expect(said.join('')).toContain('the new policy is in force')
})

test.each([
  ['with a mistake', policyOf(7), 'policy.yml:2: rules.0.start.persons must be 0'],
  ['with a group that the inventory does not have', policyOf(1).replace('edge', 'egde'), 'spelled \\"edge\\"'],
  ['half written', 'people: {', 'not valid YAML'],
])('a new file %s is refused with a line in the log, and the old one stays in force', async (_what, broken, words) => {
  writeFileSync(path, policyOf(2))
  const policy = await open()
  writeFileSync(path, broken)

  await policy.reload()

  expect(policy.current().rules[0]?.terms.start.persons).toBe(2)
  expect(said.join('')).toContain('the one before stays in force')
  expect(said.join('')).toContain(words)
})

test('a file that was taken away is refused as well', async () => {
  writeFileSync(path, policyOf(2))
  const policy = await open()
  rmSync(path)

  await policy.reload()

  expect(policy.current().rules).toHaveLength(1)
  expect(said.join('')).toContain('does not exist')
})

test('without a usable file nothing starts', async () => {
  writeFileSync(path, policyOf(7))

  await expect(open()).rejects.toThrow(/policy\.yml:2: rules\.0\.start\.persons/)
})

test('without a policy file the short list holds', async () => {
  const policy = await openPolicy({ path: null, approvers: ['U0ANNA'], hosts, log })

  expect(policy.current()).toMatchObject({
    source: 'approvers in gatemedic.yml',
    rules: [{ approvers: { users: ['U0ANNA'] } }],
  })
})

test('every user group is asked of Slack once at start', async () => {
  writeFileSync(
    path,
    `people: { ops: { groups: [S0OPS] }, all: { groups: [S0ALL, S0OPS] } }
diagnose: { people: [all] }
rules: [{ hosts: all, approvers: [ops], escalate: { contacts: [U0BOSS, S0BOSSES] } }]`,
  )

  expect(groupsIn((await open()).current()).toSorted()).toEqual(['S0ALL', 'S0BOSSES', 'S0OPS'])
})
