import type { RedisClient } from '../redis.ts'
import type { Proposal, ProposalState } from './proposal.ts'
import { changeScript, saveScript, supersedeScript } from './proposal-scripts.ts'
import { readProposalState, readStoredProposal } from './stored-proposal.ts'
import { type ProposalEvent, transition, type Transition } from './transition.ts'

const keepSeconds = 14 * 24 * 3600

const proposalKey = (id: string): string => `gatemedic:proposal:${id}`
const hostKey = (host: string): string => `gatemedic:proposals:${host}`
const pendingKey = 'gatemedic:proposals:pending'

/** Proposals in Redis. The rules of `transition` decide, a Lua script compares the state they were decided on and swaps it. */
export interface ProposalStore {
  /** Keeps a new proposal; older ones of its host that nobody pressed are superseded in the same step. */
  readonly save: (proposal: Proposal, now: Date) => Promise<void>
  /** A newer diagnosis of the host has nothing to offer: what is still open is superseded. */
  readonly supersede: (host: string, now: Date) => Promise<void>
  readonly find: (id: string) => Promise<Proposal | null>
  /** One event; of many at the same time exactly one can win. The proposal is as it was when it was decided. Null: no such proposal. */
  readonly apply: (id: string, event: ProposalEvent) => Promise<Applied | null>
  /** Ids that were claimed or started and have not ended. */
  readonly pending: () => Promise<readonly string[]>
}

export type Applied = Transition & { readonly proposal: Proposal }

export function createProposalStore(client: RedisClient): ProposalStore {
  return {
    save: async ({ state, ...proposal }, now) => {
      const keys = [proposalKey(proposal.id), hostKey(proposal.host)]
      const superseded: ProposalState = { kind: 'superseded', at: now.toISOString() }
      const values = [proposal.id, JSON.stringify(proposal), JSON.stringify(state), JSON.stringify(superseded)]
      await client.eval(saveScript, keys.length, ...keys, ...values, keepSeconds)
    },
    supersede: async (host, now) => {
      const superseded: ProposalState = { kind: 'superseded', at: now.toISOString() }
      await client.eval(supersedeScript, 1, hostKey(host), '', JSON.stringify(superseded))
    },
    find: (id) => find(client, id),
    apply: (id, event) => apply(client, id, event),
    pending: () => client.smembers(pendingKey),
  }
}

async function find(client: RedisClient, id: string): Promise<Proposal | null> {
  return (await read(client, id))?.proposal ?? null
}

/** The proposal, and its state as the text that a swap compares. */
async function read(client: RedisClient, id: string): Promise<{ proposal: Proposal; stateText: string } | null> {
  const [stored, stateText] = await client.hmget(proposalKey(id), 'proposal', 'state')
  if (!stored || !stateText) return null
  return { proposal: { ...readStoredProposal(stored), state: readProposalState(stateText) }, stateText }
}

async function apply(client: RedisClient, id: string, event: ProposalEvent): Promise<Applied | null> {
  // A lost race means that somebody else moved the proposal forward; states only go forward, so this ends after a few rounds.
  for (;;) {
    const found = await read(client, id)
    if (!found) return null
    const { proposal, stateText } = found
    const decided = transition(proposal, event)
    if (!decided.ok) return { ...decided, proposal }

    const pending = decided.state.kind === 'claimed' || decided.state.kind === 'running'
    const after = JSON.stringify(decided.state)
    const keys = [proposalKey(id), hostKey(proposal.host), pendingKey]
    const swapped = await client.eval(changeScript, keys.length, ...keys, id, stateText, after, pending ? '1' : '0')
    if (swapped === 1) return { ...decided, proposal: { ...proposal, state: decided.state } }
  }
}
