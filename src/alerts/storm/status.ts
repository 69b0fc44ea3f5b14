import type { DiagnosisBoard } from '../../jobs/diagnosis-board.ts'
import type { FreezeDesk, FreezesNow } from '../../jobs/freeze-desk.ts'
import type { DiagnoseQueue } from '../../jobs/queue-diagnose.ts'
import { withinReach } from '../../jobs/reach.ts'
import type { RedisClient } from '../../redis.ts'
import { unmappedAlerts, type UnmappedSeen } from '../unmapped.ts'
import type { Cases, Digest } from './alert-case.ts'
import type { Mute, Mutes } from './mutes.ts'
import { type UntoldChannel, untoldChannels } from './untold.ts'

/** What somebody wants to know who wonders whether Gatemedic works, and why it said nothing. */
export interface Status {
  /** Worker processes that take diagnoses. */
  readonly workers: number
  readonly queued: number
  readonly running: number
  /** Hosts of some diagnoses that are not over. */
  readonly hosts: readonly string[]
  /** Of the last hour, the most first. */
  readonly alerts: readonly { readonly source: string; readonly count: number }[]
  /** Of those, alerts of muted hosts. */
  readonly mutedAlerts: number
  readonly digests: readonly Digest[]
  /** Alerts that are about no host of the inventory, the newest first. */
  readonly unmapped: readonly UnmappedSeen[]
  /** Where answers to alerts could not be told, the newest first. */
  readonly untold: readonly UntoldChannel[]
  readonly mutes: readonly Mute[]
  readonly freezes: FreezesNow
}

export interface StatusParts {
  readonly client: RedisClient
  readonly diagnoses: Pick<DiagnoseQueue, 'load'>
  readonly board: Pick<DiagnosisBoard, 'open' | 'requestOf'>
  readonly cases: Pick<Cases, 'lastHour' | 'digests'>
  readonly mutes: Pick<Mutes, 'list'>
  readonly freezes: Pick<FreezeDesk, 'list'>
  readonly now: () => Date
}

const hostsNamed = 5

/** Rejects with QueueUnreachableError, which is an answer as well. */
export function readStatus(parts: StatusParts): Promise<Status> {
  const { client, diagnoses, cases, mutes, freezes, now } = parts
  return withinReach(client, async () => {
    const at = now()
    const [load, hosts, { bySource, muted: silent }, digests, unmapped, untold, muted, frozen] = await Promise.all([
      diagnoses.load(),
      openHosts(parts),
      cases.lastHour(at),
      cases.digests(at),
      unmappedAlerts(client, at),
      untoldChannels(client),
      mutes.list(at),
      freezes.list(),
    ])
    const alerts = [...bySource].map(([source, count]) => ({ source, count })).toSorted((a, b) => b.count - a.count)
    return { ...load, hosts, alerts, mutedAlerts: silent, digests, unmapped, untold, mutes: muted, freezes: frozen }
  })
}

async function openHosts({ board }: StatusParts): Promise<readonly string[]> {
  const ids = (await board.open()).slice(0, hostsNamed)
  const requests = await Promise.all(ids.map((id) => board.requestOf(id)))
  return requests.flatMap((request) => (request ? [request.host] : []))
}
