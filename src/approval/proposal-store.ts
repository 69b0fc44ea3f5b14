import type { RedisClient } from '../redis.ts'
import { readSigned, type Signer, type Verifier } from '../signing/signed.ts'
import { hashOf } from './approval.ts'
import type { Proposal, ProposalState } from './proposal.ts'
import { changeScript, saveScript, supersedeScript } from './proposal-scripts.ts'
import { readProposalState, readStoredProposal } from './stored-proposal.ts'
import { type ProposalEvent, transition, type Transition } from './transition.ts'

const keepSeconds = 14 * 24 * 3600

const proposalKey = (id: string): string => `gatemedic:proposal:${id}`
const hostKey = (host: string): string => `gatemedic:proposals:${host}`
const pendingKey = 'gatemedic:proposals:pending'
const askedKey = 'gatemedic:proposals:asked'

/** A proposal whose signature holds. `hash`: sha256 of the text that the worker signed; what an approval names. */
export interface Found {
  readonly proposal: Proposal
  readonly hash: string
}

/** What stands in Redis was not written by a worker of ours, or was changed since. Nothing of it may be used. */
export class ForgedProposalError extends Error {
  override readonly name = 'ForgedProposalError'
}

/** What every side may do with proposals in Redis. The rules of `transition` decide, a Lua script compares the state they were decided on and swaps it. */
export interface ProposalStore {
  /** A newer diagnosis of the host has nothing to offer: what is still open is superseded. */
  readonly supersede: (host: string, now: Date) => Promise<void>
  /** Null: there is none. Rejects with ForgedProposalError. */
  readonly find: (id: string) => Promise<Found | null>
  /** One event; of many at the same time exactly one can win. The proposal is as it was when it was decided. Null: no such proposal. */
  readonly apply: (id: string, event: ProposalEvent) => Promise<Applied | null>
  /** Ids that were claimed or started and have not ended. */
  readonly pending: () => Promise<readonly string[]>
  /** Ids for which another person was asked. */
  readonly asked: () => Promise<readonly string[]>
}

/** The worker's side, which makes proposals. */
export interface ProposalMaker extends ProposalStore {
  /** Signs and keeps a new proposal; older ones of its host that nobody claimed are superseded in the same step. */
  readonly save: (proposal: Proposal, now: Date) => Promise<void>
}

export type Applied = Transition & Found

/** `worker`: the public key of the workers, by which every proposal is read. */
export function createProposalStore(client: RedisClient, worker: Verifier): ProposalStore {
  return {
    supersede: async (host, now) => {
      const superseded: ProposalState = { kind: 'superseded', at: now.toISOString() }
      await client.eval(supersedeScript, 1, hostKey(host), '', JSON.stringify(superseded))
    },
    find: async (id) => {
      const { found } = (await read(client, worker, id)) ?? { found: null }
      return found
    },
    apply: (id, event) => apply(client, worker, id, event),
    pending: () => client.smembers(pendingKey),
    asked: () => client.smembers(askedKey),
  }
}

export function createProposalMaker(client: RedisClient, worker: Verifier, signer: Signer): ProposalMaker {
  return {
    ...createProposalStore(client, worker),
    save: async ({ state, ...proposal }, now) => {
      const keys = [proposalKey(proposal.id), hostKey(proposal.host)]
      const superseded: ProposalState = { kind: 'superseded', at: now.toISOString() }
      const signed = signer.sign('proposal', JSON.stringify(proposal))
      const values = [proposal.id, JSON.stringify(signed), JSON.stringify(state), JSON.stringify(superseded)]
      await client.eval(saveScript, keys.length, ...keys, ...values, keepSeconds)
    },
  }
}

/** The proposal, and its state as the text that a swap compares. */
async function read(
  client: RedisClient,
  worker: Verifier,
  id: string,
): Promise<{ readonly found: Found; readonly stateText: string } | null> {
  const [stored, stateText] = await client.hmget(proposalKey(id), 'proposal', 'state')
  if (!stored || !stateText) return null
  const proposal = openStored(stored, worker, id)
  try {
    return {
      found: { ...proposal, proposal: { ...proposal.proposal, state: readProposalState(stateText) } },
      stateText,
    }
  } catch (error) {
    throw new ForgedProposalError('its state is not one that Gatemedic writes', { cause: error })
  }
}

/** The state beside it is not signed: it says who was first, and never what may be done. */
function openStored(stored: string, worker: Verifier, id: string) {
  try {
    const opened = worker.open('proposal', readSigned(stored))
    if (!opened.ok) throw new ForgedProposalError(`it does not come from a worker: ${opened.because}`)
    const proposal = readStoredProposal(opened.text)
    if (proposal.id !== id) throw new ForgedProposalError(`it is another proposal, ${proposal.id}`)
    return { proposal, hash: hashOf(opened.text) }
  } catch (error) {
    if (error instanceof ForgedProposalError) throw error
    throw new ForgedProposalError('it cannot be read', { cause: error })
  }
}

async function apply(client: RedisClient, worker: Verifier, id: string, event: ProposalEvent): Promise<Applied | null> {
  // A lost race means that somebody else moved the proposal forward; states only go forward, so this ends after a few rounds.
  for (;;) {
    const is = await read(client, worker, id)
    if (!is) return null
    const { found, stateText } = is
    const { proposal, hash } = found
    const decided = transition(proposal, event)
    if (!decided.ok) return { ...decided, proposal, hash }

    const after = JSON.stringify(decided.state)
    const keys = [proposalKey(id), hostKey(proposal.host), pendingKey, askedKey]
    const swapped = await client.eval(changeScript, keys.length, ...keys, id, stateText, after, standing(decided.state))
    if (swapped === 1) return { ...decided, proposal: { ...proposal, state: decided.state }, hash }
  }
}

function standing({ kind }: ProposalState): 'asked' | 'pending' | 'ended' {
  if (kind === 'asked') return 'asked'
  return kind === 'claimed' || kind === 'running' ? 'pending' : 'ended'
}
