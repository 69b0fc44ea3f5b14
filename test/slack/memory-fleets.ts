import type { FleetMember } from '../../src/fleet/member.ts'
import type { Fleet, FleetStore } from '../../src/jobs/fleet.ts'
import { stallMs } from '../../src/jobs/fleet.ts'
import type { FleetRequest } from '../../src/jobs/request.ts'

export interface MemoryFleets extends FleetStore {
  /** What the desk does when a fleet is asked for. */
  readonly ask: (request: FleetRequest) => void
  /** Nobody has asked or answered for so long, ms. */
  readonly quietFor: (threadId: string, ms: number) => void
}

/** Fleets without Redis, for tests of the Slack side. What Redis does is tested in test/jobs/fleet.test.ts. */
export function memoryFleets(): MemoryFleets {
  const fleets = new Map<string, Fleet>()
  function change(threadId: string, patch: (fleet: Fleet) => Partial<Fleet>): void {
    const fleet = fleets.get(threadId)
    if (fleet !== undefined) fleets.set(threadId, { ...fleet, ...patch(fleet) })
  }
  return {
    ask: ({ threadId, title, hosts }) => {
      const before = fleets.get(threadId)
      const round = before === undefined ? 1 : before.round + (before.closed === before.round ? 1 : 0)
      const kept = (before?.hosts ?? []).filter(({ host }) => !hosts.includes(host))
      fleets.set(threadId, {
        ...(before ?? { threadId, title, closed: 0, told: 0, version: 0, shown: 0, stalled: false, doing: '' }),
        changedAt: '2026-11-21T03:09:00Z',
        round,
        version: (before?.version ?? 0) + 1,
        hosts: [...kept, ...hosts.map((host) => ({ host, round, member: null }))],
      })
    },
    quietFor: (threadId, ms) =>
      change(threadId, ({ changedAt }) => ({ changedAt: new Date(Date.parse(changedAt) - ms).toISOString() })),
    toShow: async (now) =>
      [...fleets.values()]
        .filter(
          ({ version, shown, told, round, changedAt, stalled }) =>
            version !== shown || (told !== round && !stalled && now.getTime() - Date.parse(changedAt) > stallMs),
        )
        .map(({ threadId }) => threadId),
    find: async (threadId) => fleets.get(threadId) ?? null,
    answered: async (threadId, member, now) => change(threadId, (fleet) => answered(fleet, member, now)),
    doing: async (threadId, doing) => change(threadId, ({ version }) => ({ doing, version: version + 1 })),
    take: async () => true,
    keep: async () => {},
    close: async ({ threadId, version, round }) => {
      if (fleets.get(threadId)?.version !== version) return false
      change(threadId, () => ({ closed: round }))
      return true
    },
    shown: async ({ threadId, version }, stalled) => change(threadId, () => ({ shown: version, stalled })),
    told: async ({ threadId, closed }) => change(threadId, () => ({ told: closed })),
  }
}

function answered({ hosts, version, round }: Fleet, member: FleetMember, now: Date): Partial<Fleet> {
  const before = hosts.find(({ host }) => host === member.host)
  const kept = hosts.filter(({ host }) => host !== member.host)
  return {
    hosts: [...kept, { host: member.host, round: before?.round ?? round, member }],
    version: version + 1,
    changedAt: now.toISOString(),
    stalled: false,
  }
}
