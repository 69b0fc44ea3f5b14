import { failedMember, memberOf } from '../fleet/member-of.ts'
import type { FleetMember } from '../fleet/member.ts'
import type { ThreadUpdate } from '../jobs/post.ts'
import type { SlackParts } from './parts.ts'

/** What only the thread of one host shows as it comes. */
export type HostUpdate = Extract<ThreadUpdate, { kind: 'progress' | 'diagnosis' | 'failed' }>

export function isOfHost(update: ThreadUpdate): update is HostUpdate {
  return update.kind === 'progress' || update.kind === 'diagnosis' || update.kind === 'failed'
}

/** The answer of one host of a fleet is written down; showFleets shows what has come in since it last looked. */
export async function deliverFleet(
  { fleets, now }: Pick<SlackParts, 'fleets' | 'now'>,
  threadId: string,
  update: HostUpdate,
): Promise<void> {
  const member = memberIn(update)
  if (member !== null) await fleets.answered(threadId, member, now())
}

/** How far a single host is does not matter among many. */
function memberIn(update: HostUpdate): FleetMember | null {
  if (update.kind === 'progress') return null
  if (update.kind === 'failed') return failedMember(update.host, update.message, update.next)
  const { diagnosis, proposal, diagnosisId, past } = update
  return {
    ...memberOf(diagnosis, proposal),
    ...(diagnosisId === undefined ? {} : { diagnosis: diagnosisId }),
    ...(past === undefined ? {} : { past }),
  }
}
