import { runOrThrow } from './command.ts'
import type { Subnet } from './subnet.ts'

/** Sets both ends of the link from outside, before any service of the host starts: no network daemon is needed inside. */
export async function giveAddresses(init: number, subnet: Subnet): Promise<void> {
  const { interfaceName, machineAddress, machineAddress6, hostAddress, hostAddress6 } = subnet
  // nodad: an address under duplicate detection cannot be bound, and nobody else is on this link.
  const outside = [
    `address add ${machineAddress}/24 dev ${interfaceName}`,
    `address add ${machineAddress6}/64 dev ${interfaceName} nodad`,
    `link set ${interfaceName} up`,
  ]
  const inside = [
    'link set lo up',
    `address add ${hostAddress}/24 dev eth0`,
    `address add ${hostAddress6}/64 dev eth0 nodad`,
    'link set eth0 up',
    `route add default via ${machineAddress}`,
  ]
  await runOrThrow(['ip', '-batch', '-'], { input: outside.join('\n') })
  await runOrThrow(['nsenter', '--target', String(init), '--net', 'ip', '-batch', '-'], { input: inside.join('\n') })
}
