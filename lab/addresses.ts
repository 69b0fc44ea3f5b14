import { run, runOrThrow } from './command.ts'
import type { Subnet } from './subnet.ts'

/** Sets both ends of the link from outside, before any service of the host starts: no network daemon is needed inside. */
export async function giveAddresses(init: number, subnet: Subnet): Promise<void> {
  const { interfaceName, bridge, machineAddress, hostAddress, hostAddress6 } = subnet
  // nodad: an address under duplicate detection cannot be bound, and nobody else is on this link.
  const outside =
    bridge === null
      ? machineSide(subnet, interfaceName)
      : [`link set ${interfaceName} master ${bridge}`, `link set ${interfaceName} up`]
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

/** The bridge of a pair, with the machine's own addresses on it. */
export async function makeBridge(subnet: Subnet): Promise<void> {
  const { bridge } = subnet
  if (bridge === null) return
  await runOrThrow(['ip', '-batch', '-'], {
    input: [`link add ${bridge} type bridge forward_delay 0`, ...machineSide(subnet, bridge)].join('\n'),
  })
}

/** Safe to call for a bridge that is gone. */
export async function removeBridge(bridge: string): Promise<void> {
  await run(['ip', 'link', 'delete', bridge])
}

function machineSide({ machineAddress, machineAddress6 }: Subnet, interfaceName: string): readonly string[] {
  return [
    `address add ${machineAddress}/24 dev ${interfaceName}`,
    `address add ${machineAddress6}/64 dev ${interfaceName} nodad`,
    `link set ${interfaceName} up`,
  ]
}
