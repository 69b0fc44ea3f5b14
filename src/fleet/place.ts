import type { FleetMember } from './member.ts'

/** What a host fails at when that is on another machine. */
export interface Place {
  /** "10.0.3.7:8080"; null where the machine as a whole is at fault. */
  readonly address: string | null
  /** Inventory name of that machine, where it is known. */
  readonly host: string | null
}

/** Null: the fault is on the host itself, or nothing fails now. An address of an upstream block is one; its name is not, each host may mean another by it. */
export function placeOf({ host, finding }: FleetMember): Place | null {
  if (finding === null || !finding.failingNow) return null
  const { upstream } = finding.subject
  const at = finding.subject.host === host ? undefined : finding.subject.host
  const address = upstream !== undefined && isRemote(upstream) ? upstream : null
  return address === null && at === undefined ? null : { address, host: at ?? null }
}

/** Two hosts fail at the same place when it is the same address; without one, the same machine. */
export function keyOf({ address, host }: Place): string {
  return address ?? `host ${host ?? ''}`
}

function isRemote(upstream: string): boolean {
  if (upstream.startsWith('unix:') || !/:\d{1,5}$/.test(upstream)) return false
  return !/^(?:127\.|\[::1\]|\[::\]|0\.0\.0\.0|localhost:)/i.test(upstream)
}
