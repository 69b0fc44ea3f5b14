import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { runFolder } from './places.ts'
import { isAlive, ownIdentity, processIdentity, type ProcessIdentity } from './process-identity.ts'

/** A private /24 (and /64) between this machine and one lab host. */
export interface Subnet {
  /** 1 to 254: the third byte of the address and part of the interface's name. */
  readonly number: number
  readonly interfaceName: string
  /** The bridge that the interfaces of a pair are ports of; null for a host alone, whose interface has the machine's address itself. */
  readonly bridge: string | null
  readonly machineAddress: string
  readonly machineAddress6: string
  readonly hostAddress: string
  readonly hostAddress6: string
}

/** 10.77.N.0/24, as few networks use it; the IPv6 side is a unique local prefix (RFC 4193). */
export function subnet(number: number): Subnet {
  return {
    number,
    interfaceName: `gatemedic${number}`,
    bridge: null,
    machineAddress: `10.77.${number}.1`,
    hostAddress: `10.77.${number}.2`,
    machineAddress6: `fd77:6d:${number}::1`,
    hostAddress6: `fd77:6d:${number}::2`,
  }
}

/** The place of one host behind a bridge: a backend and one front or more, all in the subnet of that number. `nr` counts the fronts from 0. */
export function pairSubnet(number: number, role: 'front' | 'back', nr = 0): Subnet {
  const last = role === 'back' ? 3 : nr === 0 ? 2 : nr + 3
  const port = role === 'back' ? 'b' : `f${nr === 0 ? '' : nr}`
  return {
    ...subnet(number),
    interfaceName: `gatemedic${number}${port}`,
    bridge: bridgeName(number),
    hostAddress: `10.77.${number}.${last}`,
    hostAddress6: `fd77:6d:${number}::${last}`,
  }
}

export function bridgeName(number: number): string {
  return `gatemedicbr${number}`
}

/** Takes a number that no other lab host and no interface of this machine uses. The reservation dies with its owner. */
export function reserveSubnet(wanted: number | 'auto'): Subnet {
  const owner = ownIdentity()
  const numbers = wanted === 'auto' ? Array.from({ length: 254 }, (_, index) => index + 1) : [wanted]
  for (const number of numbers) {
    if (!inUseHere(number) && claim(number, owner)) return subnet(number)
  }
  throw new Error(wanted === 'auto' ? 'no free subnet 10.77.N.0/24' : `10.77.${wanted}.0/24 is in use`)
}

/** Hands a reservation to the process that lives as long as the host does. */
export function handOver(number: number, owner: ProcessIdentity): void {
  writeFileSync(reservation(number), JSON.stringify(owner))
}

/** Gives a number back, unless somebody else holds it by now: two clean-ups of one host may overlap. */
export function releaseSubnet(number: number, holder: ProcessIdentity): void {
  const now = ownerOf(reservation(number))
  if (now?.pid === holder.pid && now.start === holder.start) rmSync(reservation(number), { force: true })
}

function claim(number: number, owner: ProcessIdentity): boolean {
  const path = reservation(number)
  for (const attempt of ['first', 'after removing a stale one'] as const) {
    try {
      const file = openSync(path, 'wx')
      writeSync(file, JSON.stringify(owner))
      closeSync(file)
      return true
    } catch {
      if (attempt !== 'first' || ownerLives(path)) return false
      rmSync(path, { force: true })
    }
  }
  return false
}

/** A file that cannot be read yet is one being written this moment: taken. */
function ownerLives(path: string): boolean {
  const owner = ownerOf(path)
  return owner === null || isAlive(owner)
}

function ownerOf(path: string): ProcessIdentity | null {
  try {
    return processIdentity.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null // Not there, or half written by a process that is claiming it.
  }
}

function inUseHere(number: number): boolean {
  const prefix = `10.77.${number}.`
  const addressed = Object.values(networkInterfaces()).some((list) =>
    list?.some(({ address }) => address.startsWith(prefix)),
  )
  // An interface that has no address yet is not in that list.
  return (
    addressed || [subnet(number).interfaceName, bridgeName(number)].some((name) => existsSync(`/sys/class/net/${name}`))
  )
}

function reservation(number: number): string {
  return join(runFolder('subnets'), String(number))
}
