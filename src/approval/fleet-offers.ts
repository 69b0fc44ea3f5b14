import { createHash } from 'node:crypto'
import { type FleetRun, mostMembers } from './fleet-run.ts'
import { riskOf } from './policy/policy.ts'
import type { Proposal } from './proposal.ts'
import type { Found } from './proposal-store.ts'
import { isOpenOffer, openUntil } from './transition.ts'

/** What the offers of a fleet come to, action by action. */
export type Together =
  /** One action on one host, however many diagnoses offer it. */
  | { readonly kind: 'one'; readonly offer: Found; readonly diagnosed: readonly string[] }
  /** The same action on several hosts, each on its own. */
  | { readonly kind: 'several'; readonly offers: readonly Found[] }

/** Of several diagnoses that want the same of the same host the newest offer holds; they are told apart by host, action and target. Pure. */
export function together(found: readonly Found[], now: Date): readonly Together[] {
  const open = newestOfEach(found.filter(({ proposal }) => isOpenOffer(proposal, now))).toSorted(byHost)
  const groups = grouped(open, ({ proposal: { action, target } }) => `${action} ${target}`)
  // One run holds them all: pace and stop of an approval are worth nothing beside a second run.
  return groups.map((all): Together => {
    const offers = all.slice(0, mostMembers)
    const [first] = offers
    if (first === undefined || offers.length > 1) return { kind: 'several', offers }
    return { kind: 'one', offer: first, diagnosed: diagnosedFor(first.proposal, found) }
  })
}

/** A run of these offers, not asked for yet. Its id is told by what it holds, so that the same offer is made once. What interrupts goes one by one. */
export function runOf(
  offers: readonly Found[],
  { threadId, after, atOnce }: { readonly threadId: string; readonly after: string | null; readonly atOnce: number },
  now: Date,
): FleetRun | null {
  const [first] = offers.map(({ proposal }) => proposal)
  if (first === undefined) return null
  const ids = offers.map(({ proposal }) => proposal.id)
  const ends = offers.map(({ proposal }) => openUntil(proposal)).toSorted()
  return {
    id: createHash('sha256')
      .update(JSON.stringify([threadId, after, ids]))
      .digest('hex')
      .slice(0, 32),
    threadId,
    diagnosisId: first.diagnosisId,
    action: first.action,
    target: first.target,
    argv: first.argv,
    members: offers.map(({ proposal: { id, host }, hash }) => ({
      proposal: id,
      hash,
      host,
      state: { kind: 'waiting' },
    })),
    atOnce: riskOf(first.action) === 'restart' ? 1 : atOnce,
    createdAt: now.toISOString(),
    expiresAt: ends[0] ?? first.expiresAt,
    presses: [],
    state: { kind: 'offered' },
    revision: 0,
  }
}

function newestOfEach(found: readonly Found[]): readonly Found[] {
  return grouped(found, ({ proposal }) => subjectOf(proposal)).flatMap((same) =>
    same.toSorted((a, b) => (a.proposal.createdAt < b.proposal.createdAt ? 1 : -1)).slice(0, 1),
  )
}

function diagnosedFor(proposal: Proposal, found: readonly Found[]): readonly string[] {
  const same = found.filter((each) => subjectOf(each.proposal) === subjectOf(proposal))
  return [...new Set(same.map((each) => each.proposal.diagnosed))].toSorted(byName)
}

/** web-2 before web-10: the order in which a run goes. */
function byHost(a: Found, b: Found): number {
  return byName(a.proposal.host, b.proposal.host)
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

function subjectOf({ host, action, target }: Proposal): string {
  return JSON.stringify([host, action, target])
}

/** In the order in which they first come. */
function grouped(found: readonly Found[], keyOf: (each: Found) => string): readonly (readonly Found[])[] {
  const groups = new Map<string, Found[]>()
  for (const each of found) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each])
  return [...groups.values()]
}
