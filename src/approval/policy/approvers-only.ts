import type { Policy, Terms } from './policy.ts'

const anyoneOfThem: Terms = { persons: 1, requester: true, breakGlass: false, windows: null, othersEdits: 'allow' }

/** The policy of a short list: each of these people may approve, alone, whatever the inventory allows. Nobody on it: nobody may. */
export function approversOnly(users: readonly string[]): Policy {
  const everywhere = { all: true, names: [], groups: [], labels: {} }
  const rule = {
    hosts: everywhere,
    approvers: { users, groups: [] },
    terms: { start: anyoneOfThem, reload: anyoneOfThem, restart: anyoneOfThem },
    channels: null,
    escalation: { contacts: [], afterMinutes: 3 },
    announce: null,
    secondFactor: false,
    watchSeconds: 60,
  }
  return {
    source: 'approvers in gatemedic.yml',
    diagnose: null,
    mute: null,
    rules: users.length === 0 ? [] : [rule],
    freezes: [],
    limits: { restartsPerHour: 3, coolDownSeconds: 30, keepHealthy: 1 },
  }
}
