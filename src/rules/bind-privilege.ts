import type { Claim } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { bindings, bindText } from '../nginx/config-bindings.ts'
import { linuxErrno } from '../nginx/errno.ts'
import { addressInMessage } from '../nginx/start-message.ts'
import type { NginxUnit } from '../probes/nginx-unit.ts'
import { portOf } from '../symptoms/address.ts'
import type { Refusal } from '../symptoms/starting.ts'
import { defineRule, seenBy } from './knowledge.ts'
import { foreignAddress, unusableAddress, type Why } from './refused-address.ts'
import { nginxUnitName, refusalsNow, startClaim, startEvidence, type StartSeen as Seen } from './start-refusal.ts'

const DENIED = 13
const NO_ADDRESS_FAMILY = 97
const NO_SUCH_ADDRESS = 99

/**
 * Cause: nginx may not bind: a port below 1024 as an ordinary user without the capability (13), or an address that this host does not
 * have or may not use (99; 97 where the kernel has no IPv6).
 * Tell-tale: bind() failed (13) and the unit's User= and capabilities, or (99) and `ip addr`.
 * Look-alikes: port-in-use (98, another number), mac-denied (13 although root, or with the capability: then nothing is claimed here).
 */
export const bindPrivilege = defineRule({
  id: 'bind-privilege',
  needs: ['host', 'starting', 'nginx-processes'],
  settles: ['nginx-config', 'nginx-unit'],
  judge(seen) {
    for (const refusal of refusalsNow(seen)) {
      const address = addressInMessage(refusal.line)
      const why = address === null ? null : whyNot(refusal, address, seen)
      if (address !== null && why) return [claimOf(refusal, address, why, seen)]
    }
    return []
  },
})

function whyNot(refusal: Refusal, address: string, seen: Seen): Why | null {
  const errno = linuxErrno(refusal.line.errno)
  if (errno === NO_SUCH_ADDRESS)
    return foreignAddress(address, seen.host) ?? unusableAddress(address, refusal, seen.host)
  if (errno === NO_ADDRESS_FAMILY) return noFamily(address)
  return errno === DENIED ? lackingRight(address, seen) : null
}

function noFamily(address: string): Why {
  return {
    text: 'this kernel has no IPv6',
    evidence: { probe: 'host', command: 'cat /proc/net/if_inet6', text: 'address family not supported (97)' },
    unlike: [ruledOut('port-in-use', 'the kernel said: address family not supported (97), not in use (98)')],
    steps: [`take the listen on ${address} out, or switch IPv6 on (ipv6.disable=1 on the kernel's command line)`],
  }
}

function lackingRight(address: string, seen: Seen): Why | null {
  const port = portOf(address)
  const lowest = seen['nginx-unit'].known ? seen['nginx-unit'].value.lowestFreePort : null
  if (address.startsWith('unix:') || port === 0 || port >= (lowest ?? 1024)) return null
  const unit = seen['nginx-unit'].known
    ? seen['nginx-unit'].value.units.find((each) => each.id === nginxUnitName(seen))
    : undefined
  const account = accountWithoutRight(unit)
  if (account === null) return null
  return {
    text: `${account}, and ports below ${lowest ?? 1024} need CAP_NET_BIND_SERVICE`,
    evidence: {
      probe: 'nginx-unit',
      command: `systemctl show -p User,AmbientCapabilities,CapabilityBoundingSet ${unit?.id ?? ''}`,
      text: `User=${unit?.account ?? ''}\nAmbientCapabilities=${unit?.ambient?.join(' ') ?? ''}`,
    },
    unlike: [
      ruledOut('port-in-use', 'the kernel said: permission denied (13), not in use (98)'),
      lowest === null
        ? notJudged('mac-denied', 'net.ipv4.ip_unprivileged_port_start was not read')
        : ruledOut('mac-denied', `${account}: that alone refuses it`),
    ],
    steps: [
      `systemctl edit ${unit?.id ?? 'nginx.service'}   # [Service] AmbientCapabilities=CAP_NET_BIND_SERVICE`,
      `or listen on a port from ${lowest ?? 1024} up, or let the master start as root: its workers give that up`,
    ],
  }
}

/** Why the unit's processes have not the right to a low port; null when they should have it, or when that is not known. */
function accountWithoutRight(unit: NginxUnit | undefined): string | null {
  if (!unit || unit.account === null || unit.bounding === null) return null
  if (!unit.bounding.includes('cap_net_bind_service'))
    return `${unit.id} takes the capability away (CapabilityBoundingSet=)`
  const ordinary = unit.account !== '' && unit.account !== 'root' && unit.account !== '0'
  return ordinary && !unit.ambient?.includes('cap_net_bind_service') ? `${unit.id} starts it as ${unit.account}` : null
}

function claimOf(refusal: Refusal, address: string, why: Why, seen: Seen): Claim {
  const { consequence, ...common } = startClaim(seen, refusal)
  const config = seen['nginx-config']
  const listen = config.known ? bindings(config.value.model).find((each) => bindText(each) === address) : undefined
  const place = listen?.file != null && listen.line !== null ? { file: listen.file, line: listen.line } : null
  // Said of an address that the configuration has no more: it was changed since.
  const stale = refusal.from !== 'test' && config.known && !listen
  return {
    ...common,
    summary: `nginx may not bind ${address}${place ? ` (${place.file}:${place.line})` : ''}: ${why.text}; ${consequence}`,
    subject: { unit: nginxUnitName(seen), ...place },
    evidence: [...startEvidence(seen, [refusal]), seenBy(why.evidence.probe, why.evidence.command, why.evidence.text)],
    unlike: why.unlike,
    ...(why.atMost && { atMost: why.atMost }),
    ...(stale && { atMost: 'possible' as const }),
    steps: [...why.steps, `systemctl ${seen.starting.runs ? 'reload' : 'start'} ${nginxUnitName(seen)}`],
  }
}
