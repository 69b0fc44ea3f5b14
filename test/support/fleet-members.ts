import { fileURLToPath } from 'node:url'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { memberOf } from '../../src/fleet/member-of.ts'
import type { FleetMember } from '../../src/fleet/member.ts'
import { readSnapshot } from '../../src/host/snapshot.ts'

const here = fileURLToPath(new URL('..', import.meta.url))

/** Where recordings lie, from the folder of the tests. */
export const recorded = {
  /** Backend on app-3, which was asked too: stopped. */
  stoppedThere: 'pairs/stopped',
  /** The same with a backend that the inventory does not know: it is possible that it is down. */
  stoppedSomewhere: 'pairs/stopped-not-listed',
  /** A firewall of nginx's own host keeps it from the backend. */
  firewallHere: 'pairs/firewall-front-out',
  hungThere: 'pairs/hung',
  /** Backend on the host itself: stopped. */
  stoppedHere: '../demo/recordings/web-1',
  socketPermission: '../demo/recordings/web-9',
  healthy: '../demo/recordings/web-2',
  cannotTell: '../demo/recordings/web-3',
} as const

/** What the engine says of a recording. */
export async function diagnosisFrom(folder: string): Promise<Diagnosis> {
  return replaySnapshot(await readSnapshot(`${here}${folder}`))
}

/** The same answer of several hosts. */
export async function membersFrom(folder: string, hosts: readonly string[]): Promise<FleetMember[]> {
  const diagnosis = await diagnosisFrom(folder)
  return hosts.map((host) => memberOf(renamed(diagnosis, host), null))
}

/** A finding about the host itself names it in some rules. */
export function renamed(diagnosis: Diagnosis, host: string): Diagnosis {
  const findings = diagnosis.findings.map((finding) =>
    finding.subject.host === diagnosis.host ? { ...finding, subject: { ...finding.subject, host } } : finding,
  )
  return { ...diagnosis, host, findings }
}

export function unreachable(host: string, reason: 'timeout' | 'auth' = 'timeout'): FleetMember {
  return {
    host,
    verdict: 'unreachable',
    headline: `${host} did not answer within 10 s`,
    finding: null,
    next: [`Is ${host} up, and is its SSH port open to the worker?`],
    reason,
    proposal: null,
  }
}
