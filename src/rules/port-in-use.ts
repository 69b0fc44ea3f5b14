import type { Confidence } from '../diagnosis/diagnosis.ts'
import type { Claim, LookAlike } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { addressInMessage } from '../nginx/start-message.ts'
import type { Refusal } from '../symptoms/starting.ts'
import { defineRule, seenBy } from './knowledge.ts'
import { ownClaim } from './own-listen-clash.ts'
import {
  type Holder,
  holderByNginx,
  holderCommand,
  holderLine,
  holdersOf,
  type HolderSeen,
  holderText,
  keepersOf,
  takenAddresses,
} from './port-holder.ts'
import { failedUnit, releaseSteps } from './port-release.ts'
import {
  isLeftOver,
  judgedUnits,
  nginxUnitName,
  refusalsFor,
  refusalsNow,
  startClaim,
  startEvidence,
} from './start-refusal.ts'

/**
 * Cause: another process holds an address that nginx must bind: another web server, a leftover worker of an nginx whose master was
 * killed, an nginx that was started outside of its unit, or nginx itself, whose configuration asks for one port by two sockets.
 * Tell-tale: bind() to ... failed (98), and a listener of somebody else there; `nginx -t` passes over an address in use, so it says nothing.
 * Look-alikes: bind-privilege (nothing listens there; the address or the right to bind is missing).
 */
export const portInUse = defineRule({
  id: 'port-in-use',
  needs: ['host', 'starting', 'nginx-processes'],
  settles: ['nginx-config', 'nginx-unit', 'sockets', 'unix-sockets', 'backend-units'],
  judge: (seen) => (seen.starting.runs ? judgeRunning(seen) : judgeStopped(seen)),
})

/** Stopped: whoever holds one of its addresses keeps it from starting, whether a start was tried or not. */
function judgeStopped(seen: HolderSeen): Claim[] {
  const refusals = refusalsFor('port-in-use', seen)
  const refused = refusals.flatMap(({ line }) => addressInMessage(line) ?? [])
  const named = refused.flatMap((address) => keepersOf(address, seen))
  // Something else that nginx said comes before binding, or is newer: that is why it does not start.
  if (refusals.length === 0 && refusalsNow(seen).length > 0) return []
  const holder = named[0] ?? (isLeftOver(judgedUnits(seen)[0]) ? undefined : takenAddresses(seen)[0])
  if (holder) return [claimOf(holder, refusals, named.length > 0, seen)]
  const own = ownClaim(refusals, refused, seen)
  if (own) return [own]
  const unseen = unseenSockets(refused, seen)
  return unseen === null ? [] : [unseenHolder(refusals, unseen, seen)]
}

/** Why nobody could look who holds one of these; null where somebody did. */
function unseenSockets(addresses: readonly string[], { sockets, 'unix-sockets': unix }: HolderSeen): string | null {
  const paths = addresses.filter((address) => address.startsWith('unix:'))
  if (!sockets.known && paths.length < addresses.length) return sockets.reason
  return !unix.known && paths.length > 0 ? unix.reason : null
}

/** Running: only what nginx itself complained about counts, since it holds its other addresses. */
function judgeRunning(seen: HolderSeen): Claim[] {
  const refusals = refusalsFor('port-in-use', seen)
  const addresses = refusals.flatMap(({ line }) => addressInMessage(line) ?? [])
  const foreign = addresses.flatMap((address) => holdersOf(address, seen))[0]
  if (foreign && foreign.listener.owners.length > 0) return [claimOf(foreign, refusals, true, seen)]
  const unseen = unseenSockets(addresses, seen)
  if (unseen !== null) return [unseenHolder(refusals, unseen, seen)]
  const own = addresses.flatMap((address) => holderByNginx(address, seen) ?? [])[0]
  if (own && seen.host.systemd && !seen['nginx-unit'].known)
    return [unseenHolder(refusals, seen['nginx-unit'].reason, seen)]
  if (own && startedOutside(seen)) return [claimOf(own, refusals, true, seen)]
  const inOwnWay = ownClaim(refusals, addresses, seen)
  return inOwnWay ? [inOwnWay] : []
}

/** A unit of nginx failed while a master that is not its own runs. */
function startedOutside(seen: HolderSeen): boolean {
  const units = seen['nginx-unit']
  const [master] = seen['nginx-processes'].masters
  return units.known && units.value.units.some((unit) => unit.active === 'failed' && unit.id !== master?.unit)
}

function claimOf(holder: Holder, refusals: readonly Refusal[], refusedThere: boolean, seen: HolderSeen): Claim {
  const { consequence, ...common } = startClaim(seen, refusals[0])
  const bySelf = seen['nginx-processes'].masters.some(({ pid }) =>
    holder.listener.owners.some((each) => each.pid === pid),
  )
  const orphan = seen['nginx-processes'].workers.some(({ pid }) =>
    holder.listener.owners.some((each) => each.pid === pid),
  )
  const { listen } = holder
  return {
    ...common,
    kind: 'cause',
    failingNow: true,
    summary: bySelf
      ? `${failedUnit(seen)} cannot start: an nginx that was started outside of it, ${holderText(holder)}, holds ${holder.address}`
      : `nginx cannot bind ${holder.address}: ${orphan ? 'a leftover worker of an earlier nginx, ' : ''}${holderText(holder)} ${holder.connection === null ? 'listens there' : 'has it as its own end of a connection'}; ${refusals.length > 0 ? consequence : 'nginx is stopped and would not start'}`,
    subject: {
      ...(holder.unit && { unit: holder.unit }),
      ...(listen?.file != null && listen.line !== null && { file: listen.file, line: listen.line }),
    },
    evidence: [
      seenBy(
        holder.address.startsWith('unix:') ? 'unix-sockets' : 'sockets',
        holderCommand(holder),
        holderLine(holder),
      ),
      ...startEvidence(seen, refusals),
    ],
    unlike: [privilegeAlike(holder, refusedThere)],
    ...(refusedThere ? {} : { atMost: untried(holder, seen) }),
    steps: releaseSteps(holder, bySelf ? 'outside' : orphan ? 'leftover' : 'foreign', seen),
  }
}

/** Nobody has tried to start it: it may have been stopped to make room for whoever is there now, least of all for another nginx. */
function untried(holder: Holder, seen: HolderSeen): Confidence {
  const [unit] = judgedUnits(seen)
  if (!unit || seen['nginx-processes'].others.length > 0) return 'possible'
  return holder.listener.owners.length === 0 ? 'likely' : 'confirmed'
}

function privilegeAlike(holder: Holder, refusedThere: boolean): LookAlike {
  return ruledOut(
    'bind-privilege',
    refusedThere ? 'the kernel said: address in use (98)' : `${holder.address} is an address of this host, and in use`,
  )
}

/** The log says in use, and nobody could look who it is, or whether he still is there. */
function unseenHolder(refusals: readonly Refusal[], reason: string, seen: HolderSeen): Claim {
  const { consequence: _, ...common } = startClaim(seen, refusals[0])
  return {
    ...common,
    summary: `nginx could not bind ${addressInMessage(refusals[0]?.line ?? { message: '' }) ?? 'its address'}: it was in use; whether it still is could not be seen`,
    subject: {},
    evidence: startEvidence(seen, refusals),
    unlike: [notJudged('bind-privilege', reason), notJudged('nginx-down', reason)],
    atMost: 'possible',
    steps: ['ss -tlnp   # who listens on the ports of nginx', `systemctl start ${nginxUnitName(seen)}`],
  }
}
