import type { LookAlike, View } from '../../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../../diagnosis/rule.ts'
import { isUp, type Unit } from '../../probes/unit-state.ts'
import { tellingOf } from '../../probes/unit-telling.ts'
import { portOf } from '../../symptoms/address.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import type { Knowledge } from '../knowledge.ts'
import { type FilterRule, rulesForPort } from '../packet-filter.ts'
import type { TiedUnit } from '../tied-units.ts'

export type DownSeen = View<
  Knowledge,
  'troubles' | 'sockets' | 'host',
  | 'backend-units'
  | 'firewall'
  | 'socket-paths'
  | 'name-resolution'
  | 'containers'
  | 'nginx-config'
  | 'unix-sockets'
  | 'kernel-log'
>

/** What a refused address or an absent socket may be instead, for a unit that is down. */
export function downAlikes(trouble: Trouble, address: string, tied: readonly TiedUnit[], seen: DownSeen): LookAlike[] {
  const running = tied.filter(({ unit }) => isUp(unit))
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
  return [
    wrongPort,
    ruledOut('listen-address-mismatch', `no backend listens on port ${portOf(address)} at any address`),
    filterAlike(trouble, address, seen),
  ]
}

/** Signal 9 is what the kernel and its guards (earlyoom, systemd-oomd) kill for memory with, and so does somebody by hand: only the logs tell which. */
export function killedAlike({ id, exitKind, exitCode, telling }: Unit, kernel: DownSeen['kernel-log']): LookAlike[] {
  if (exitKind !== 'killed' || exitCode !== 9) return []
  if (tellingOf(telling, 'signalled').length > 0)
    return [ruledOut('backend-oom-killed', 'somebody sent the signal by systemctl kill')]
  if (!telling.read.includes('journal'))
    return [notJudged('backend-oom-killed', telling.unknown ?? `the journal of ${id} was not read`)]
  return [
    kernel.known
      ? ruledOut('backend-oom-killed', `neither the kernel nor systemd says that ${id} was killed for memory`)
      : notJudged('backend-oom-killed', kernel.reason),
  ]
}

/** Where nothing listens a packet filter matters only when it carries the port to somebody else. */
export function filterAlike(trouble: Trouble, address: string, seen: DownSeen): LookAlike {
  const port = portOf(address)
  const nat = natRule(trouble, address, seen)
  if (nat) return notJudged('firewall-blocked', `a nat rule carries the port elsewhere: ${nat.text}`)
  const { unknown } = rulesForPort(port, seen.firewall)
  return unknown === null
    ? ruledOut('firewall-blocked', `nothing listens there, and no nat rule carries tcp/${port} elsewhere`)
    : notJudged('firewall-blocked', unknown)
}

/** A port that nat carries elsewhere is refused by whoever is there. */
export function natRule(trouble: Trouble, address: string, seen: DownSeen): FilterRule | undefined {
  if (trouble.kind !== 'refused') return undefined
  return rulesForPort(portOf(address), seen.firewall).rules.find((rule) => rule.verdict === 'nat')
}
