import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { isRunning, type Unit } from '../probes/unit-state.ts'
import { isLocal, portOf } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import { agoOf, instantAgo, sinceWords } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { listenerText, onPort } from './listening.ts'
import { stoppedContainer, stoppedWithoutPorts } from './containers/down.ts'
import { insideContainer } from './containers/inside.ts'
import { heldByAnother } from './held-port.ts'
import { staleAlike } from './name-alike.ts'
import { type FilterRule, rulesForPort } from './packet-filter.ts'
import { heldElsewhere, isInUse, stoppedOnPurpose, type TiedUnit, tiedUnits } from './tied-units.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'sockets' | 'host',
  'backend-units' | 'firewall' | 'socket-paths' | 'name-resolution' | 'containers'
>

/**
 * Cause: the unit behind the upstream does not run, and nothing listens on its address.
 * Tell-tale: 111 (2 for a unix socket) on connect, no listener on that port at any address, the unit tied to the address is down.
 * The same of a container that publishes the address (containers/down.ts), or that runs while nothing in it listens (containers/inside.ts).
 * Look-alikes: backend-wrong-port (a running unit listens elsewhere), listen-address-mismatch (same port, other address),
 * firewall-blocked (there is a listener, or nat carries the port), socket-stale and socket-missing (unix).
 */
export const backendDown = defineRule({
  id: 'backend-down',
  needs: ['troubles', 'sockets', 'host'],
  settles: ['backend-units', 'firewall', 'socket-paths', 'name-resolution', 'containers'],
  atBackend: true,
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => [
      ...judgeTrouble(trouble, seen),
      ...insideContainer('backend-down', trouble, seen),
    ]),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  const kinds: readonly Trouble['kind'][] = ['refused', 'socket-absent']
  const units = seen['backend-units']
  if (address !== null && mayBelieve(trouble) && units.known && !kinds.includes(trouble.kind))
    return heldByAnother(trouble, address, units.value, seen)
  if (!kinds.includes(trouble.kind) || address === null || !mayBelieve(trouble)) return []
  if (!isLocal(address, seen.host.addresses)) return [remote(trouble, address, seen)]
  if (trouble.kind === 'refused' && onPort(portOf(address), seen.sockets).length > 0) return []

  const tied = units.known ? tiedUnits(address, units.value) : []
  const stopped = tied.filter(
    (each) => !isRunning(each.unit) && !(units.known && heldElsewhere(each, units.value).length > 0),
  )
  const inUse = stopped.filter(({ unit }) => isInUse(unit))
  const candidates = inUse.length > 0 ? inUse : stopped
  const [down] = candidates
  if (down) return [downUnit(trouble, address, down, candidates.slice(1), tied, seen)]
  if (tied.length > 0 || trouble.kind === 'socket-absent') return []
  const container = stoppedContainer(trouble, address, seen)
  if (container.length > 0) return container
  return [nobody(trouble, address, seen)]
}

/** An address that only the old configuration in force can explain is the business of config-not-reloaded, that of an old name of upstream-address-stale. */
function mayBelieve(trouble: Trouble): boolean {
  return !['none', 'configuration-changed', 'name-before'].includes(trouble.believed)
}

/** With `rivals`, other stopped units that name the address as well, nobody can tell which of them is missed. */
function downUnit(
  trouble: Trouble,
  address: string,
  down: TiedUnit,
  rivals: readonly TiedUnit[],
  tied: readonly TiedUnit[],
  seen: Seen,
): Claim {
  const { unit, tie } = down
  const purpose = stoppedOnPurpose(unit)
  const stale = staleAlike(trouble, address, seen['name-resolution'])
  const place = trouble.endpoints[0]
  return {
    summary: `${unit.id} ${stateInWords(unit, seen)}; nothing listens on ${address}`,
    ...(unit.changedAt !== null && { since: instantAgo(seen.host, agoOf(unit.changedAt, seen.host)) }),
    subject: { upstream: address, unit: unit.id, ...(place && { file: place.file, line: place.line }) },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    // systemd closes what waits in a socket that it gives up: those connections say nothing of how the service ended.
    ...(tie.kind === 'socket' && { explains: ['backend-crashed' as const] }),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('backend-units', `systemctl show ${unit.id}`, unitText(unit)),
      ...(unit.journal.length > 0
        ? [seenBy('backend-units', `journalctl -u ${unit.id}`, unit.journal.slice(-5).join('\n'))]
        : []),
      seenBy(
        'backend-units',
        `what names ${address}`,
        [tie, ...rivals.map((each) => each.tie)].map((each) => each.text).join('\n'),
      ),
    ],
    unlike: [...lookAlikes(trouble, address, tied, seen), ...(stale.open ? [stale.alike] : [])],
    ...(tie.kind === 'journal' && { atMost: 'likely' as const }),
    ...((rivals.length > 0 || stale.open || natRule(trouble, address, seen) !== undefined) && {
      atMost: 'possible' as const,
    }),
    steps: [
      ...rivals.map((each) => `${each.unit.id} names ${address} too: find out which of them is to serve it`),
      ...stepsFor(unit),
    ],
    ...(purpose === null &&
      rivals.length === 0 &&
      tie.kind !== 'socket' && { action: { id: 'start-unit' as const, target: unit.id } }),
  }
}

function lookAlikes(trouble: Trouble, address: string, tied: readonly TiedUnit[], seen: Seen): LookAlike[] {
  const running = tied.filter(({ unit }) => isRunning(unit))
  const wrongPort =
    running.length > 0
      ? notJudged('backend-wrong-port', `${running[0]?.unit.id ?? ''} also names ${address} and runs`)
      : ruledOut('backend-wrong-port', `the unit that names ${address} does not run`)
  if (trouble.kind === 'socket-absent') {
    const missing =
      seen['socket-paths'].known &&
      seen['socket-paths'].value.paths.some((path) => `unix:${path.path}` === address && path.missing !== null)
    return [
      wrongPort,
      missing
        ? ruledOut(
            'socket-missing',
            `the unit that makes ${address.slice(5)} is down, so the missing socket is its consequence`,
          )
        : notJudged('socket-missing', `${address.slice(5)} could not be looked at`),
    ]
  }
  const filter = rulesForPort(portOf(address), seen.firewall)
  const nat = natRule(trouble, address, seen)
  return [
    wrongPort,
    ruledOut('listen-address-mismatch', `no listener on port ${portOf(address)} at any address`),
    nat
      ? notJudged('firewall-blocked', `a nat rule carries the port elsewhere: ${nat.text}`)
      : filter.unknown === null
        ? ruledOut(
            'firewall-blocked',
            `nothing listens there, and no nat rule carries tcp/${portOf(address)} elsewhere`,
          )
        : notJudged('firewall-blocked', filter.unknown),
  ]
}

/** A port that nat carries elsewhere is refused by whoever is there. */
function natRule(trouble: Trouble, address: string, seen: Seen): FilterRule | undefined {
  if (trouble.kind !== 'refused') return undefined
  return rulesForPort(portOf(address), seen.firewall).rules.find((rule) => rule.verdict === 'nat')
}

/** Nothing listens, and no unit is tied to the address: true, but who should listen is not known. */
function nobody(trouble: Trouble, address: string, seen: Seen): Claim {
  const units = seen['backend-units']
  const stopped = stoppedWithoutPorts(seen.containers)
  return {
    summary: `nothing listens on ${address}, and no service of this host is known to serve it`,
    subject: { upstream: address },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [...troubleEvidence(trouble), ...orphans(seen), ...stopped.evidence],
    unlike: [
      notJudged(
        'backend-wrong-port',
        units.known ? `no unit, pool or journal ties a service of this host to ${address}` : units.reason,
      ),
      ruledOut('listen-address-mismatch', `no listener on port ${portOf(address)} at any address`),
    ],
    atMost: 'possible',
    steps: [
      ...stopped.steps,
      `find what should listen on ${address} and start it`,
      `ss -Htlnp | grep :${portOf(address)}`,
    ],
  }
}

function orphans(seen: Seen): Evidence[] {
  const text = seen.sockets.listeners.slice(0, 12).map(listenerText).join('\n')
  return text === '' ? [] : [seenBy('sockets', 'ss -Htlnp', text)]
}

/** From this host alone a machine that is up and refuses cannot be told from one whose firewall answers with a reset. */
function remote(trouble: Trouble, address: string, seen: Seen): Claim {
  return {
    summary: `${address} is another host and refuses the connection`,
    subject: { upstream: address },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: troubleEvidence(trouble),
    unlike: [notJudged('firewall-blocked', `only the host at ${address} can tell whether something listens there`)],
    atMost: 'possible',
    steps: [`look at the host of ${address}: ss -Htlnp | grep :${portOf(address)}`],
  }
}

function stateInWords(unit: Unit, seen: Seen): string {
  const since = unit.changedAt === null ? '' : ` ${sinceWords(unit.changedAt, seen.host)}`
  if (unit.active === 'failed') return `is down${since} (it failed: ${unit.result})`
  if (unit.sub === 'auto-restart') return `is down: it keeps failing, ${unit.restarts} restarts so far`
  return `is down${since}`
}

function unitText(unit: Unit): string {
  return `ActiveState=${unit.active} SubState=${unit.sub} Result=${unit.result} ExecMainStatus=${unit.exitCode} NRestarts=${unit.restarts} UnitFileState=${unit.fileState}`
}

function stepsFor(unit: Unit): readonly string[] {
  const reset = unit.result === 'start-limit-hit' ? [`systemctl reset-failed ${unit.id}`] : []
  const masked = unit.load === 'masked' ? [`systemctl unmask ${unit.id}   # somebody masked it: ask first`] : []
  const sockets = unit.triggeredBy.filter((each) => each.endsWith('.socket'))
  return [
    ...masked,
    ...reset,
    ...sockets.map(
      (each) => `systemctl reset-failed ${each}; systemctl start ${each}   # it holds the port for ${unit.id}`,
    ),
    `systemctl start ${unit.id}`,
    `journalctl -u ${unit.id} -n 50   # if it does not stay up`,
  ]
}
