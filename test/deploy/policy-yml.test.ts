import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decide } from '../../src/approval/policy/decide.ts'
import { parsePolicy } from '../../src/approval/policy/parse-policy.ts'

const hosts = [
  { name: 'web-1', groups: [], labels: { env: 'production' } },
  { name: 'stage-1', groups: [], labels: { env: 'staging' } },
]

test('the example policy can be used, and asks for what its comments say', () => {
  const policy = parsePolicy(readFileSync('deploy/policy.yml', 'utf8'), 'deploy/policy.yml', hosts)

  const [production, staging] = policy.rules
  expect(production?.terms.restart).toMatchObject({ persons: 2, requester: true, breakGlass: true })
  expect(production?.terms.reload).toMatchObject({ persons: 1, requester: false, othersEdits: 'refuse' })
  expect(production?.escalation).toEqual({ contacts: ['U0789JKLM'], afterMinutes: 3 })
  expect(staging?.terms.restart.windows).toHaveLength(1)
})

test('the example policy lets an approver start what is down also at the turn of the year, and nothing else', () => {
  const policy = parsePolicy(readFileSync('deploy/policy.yml', 'utf8'), 'deploy/policy.yml', hosts)
  const at = new Date('2026-12-31T23:59:00Z')
  const how = { groups: [], channel: 'C0123ABCD', how: 'click', reason: null, secondFactor: false } as const
  const press = { by: 'U0123ABCD', at: at.toISOString(), ...how }
  const [host] = hosts
  const asked = (['start-unit', 'reload-nginx'] as const).map((action) =>
    host ? decide(policy, { host, action, requester: null, askedAt: null }, [press], at).kind : null,
  )

  expect(asked).toEqual(['enough', 'refused'])
})
