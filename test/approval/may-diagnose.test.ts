import { expect, test } from 'vitest'
import { whyNotDiagnose } from '../../src/approval/policy/may-diagnose.ts'
import { parsePolicy } from '../../src/approval/policy/parse-policy.ts'

const people = 'people: { ops: { users: [U0ANNA], groups: [S0OPS] }, anna: { users: [U0ANNA] } }\n'
const memberOf = async (asked: readonly string[]) => asked.filter((group) => group === 'S0OPS')
const none = async () => []
const silent = async (): Promise<never> => {
  throw new Error('ratelimited')
}

test.each([
  ['anyone, when nothing is said', 'diagnose: anyone', 'U0GUEST', 'C0ANY', silent, null],
  ['anyone in a channel of the policy', 'diagnose: { channels: [C0OPS] }', 'U0GUEST', 'C0OPS', silent, null],
  [
    'anyone elsewhere',
    'diagnose: { channels: [C0OPS] }',
    'U0GUEST',
    'C0ANY',
    silent,
    /not allowed in this channel \(diagnose\.channels in policy\.yml\)/,
  ],
  ['a person by his id, whatever Slack says', 'diagnose: { people: [ops] }', 'U0ANNA', 'C0ANY', silent, null],
  [
    'a person by his id, elsewhere',
    'diagnose: { people: [ops], channels: [C0OPS] }',
    'U0ANNA',
    'C0ANY',
    silent,
    /this channel/,
  ],
  ['a member of a group now', 'diagnose: { people: [ops] }', 'U0EVA', 'C0ANY', memberOf, null],
  [
    'who is in no group of the policy',
    'diagnose: { people: [ops] }',
    'U0EVA',
    'C0ANY',
    none,
    /none of the user groups that policy\.yml names/,
  ],
  ['whose groups Slack does not tell', 'diagnose: { people: [ops] }', 'U0EVA', 'C0ANY', silent, /Slack did not say/],
  [
    'another person than those named',
    'diagnose: { people: [anna] }',
    'U0EVA',
    'C0ANY',
    silent,
    /You may not ask for diagnoses \(diagnose\.people/,
  ],
  ['anybody, when the list is empty', 'diagnose: { people: [] }', 'U0ANNA', 'C0ANY', memberOf, /You may not/],
])('who may diagnose: %s', async (_who, text, userId, channel, groups, expected) => {
  const policy = parsePolicy(`${people}${text}`, 'policy.yml', [])

  const because = await whyNotDiagnose(policy, { userId, channel, memberOf: groups })

  if (expected === null) expect(because).toBeNull()
  else expect(because).toMatch(expected)
})
