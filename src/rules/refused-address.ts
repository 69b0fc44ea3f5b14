import type { Confidence } from '../diagnosis/diagnosis.ts'
import type { LookAlike } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Host } from '../probes/host.ts'
import { hostOf } from '../symptoms/address.ts'
import type { Refusal } from '../symptoms/starting.ts'

/** Why the kernel does not let nginx bind. */
export interface Why {
  readonly text: string
  readonly evidence: {
    readonly command: string
    readonly text: string
    readonly probe: 'host' | 'nginx-unit' | 'nginx-processes'
  }
  readonly unlike: readonly LookAlike[]
  readonly steps: readonly string[]
  readonly atMost?: Confidence
}

const notInUse = ruledOut('port-in-use', 'the kernel said: no such address (99), not in use (98)')

/** Not among the host's addresses now; one that is there by now would be bound by a start. */
export function foreignAddress(address: string, { addresses: own }: Host): Why | null {
  if (own.length === 0 || own.includes(hostOf(address)) || hostOf(address).startsWith('127.')) return null
  const shown = own.filter((each) => each !== '::1' && !each.startsWith('127.')).join(', ')
  return {
    text: `this host does not have that address (it has ${shown || 'loopback only'})`,
    evidence: { probe: 'host', command: 'ip -o addr', text: own.join('\n') },
    unlike: [notInUse],
    steps: [
      `ip addr   # was ${hostOf(address)} here before (a floating address, another host's configuration)? Bring it back, or listen on one that is there`,
    ],
  }
}

/**
 * An interface has the address and nobody may use it: the kernel heard of another machine that has it too (dadfailed), or has not yet ruled
 * that out (tentative; RFC 4862, 5.4). Without the flag only a bind that is refused at this moment tells.
 */
export function unusableAddress(address: string, { from }: Refusal, { addresses, unusable }: Host): Why | null {
  const host = hostOf(address)
  const flag = unusable.find((each) => each.address === host)?.flag
  if (!addresses.includes(host) || (flag === undefined && from !== 'test')) return null
  const words =
    flag === 'dadfailed'
      ? 'another machine on its network has it too, so that the kernel lets nobody use it (dadfailed)'
      : flag === undefined
        ? 'the kernel does not let it be used'
        : `the kernel still checks that no other machine has it (${flag})`
  return {
    text: `an interface of this host has that address, but ${words}`,
    evidence: {
      probe: 'host',
      command: 'ip -o addr',
      text: flag === undefined ? host : `${host} ${flag}`,
    },
    unlike: [notInUse],
    steps: [
      flag === 'tentative'
        ? 'wait two seconds; order nginx after network-online.target where it starts too early at boot'
        : `ip addr show to ${host}   # dadfailed: find the other machine (a copied one?) and take the address from it; then ip addr del and ip addr add here`,
    ],
    ...(flag === undefined && { atMost: 'likely' as const }),
  }
}
