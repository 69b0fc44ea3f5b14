import type { Link } from '../probes/routes.ts'

/** The own address of an interface in whose network a host lies, the narrowest: "10.88.0.3/29". */
export function networkOf(host: string, link: Link): string | null {
  return link.addresses.filter((each) => isWithin(host, each)).toSorted((a, b) => lengthOf(b) - lengthOf(a))[0] ?? null
}

/** "10.99.0.1" lies in "10.99.0.0/16", "10.99.0.1" or "default"; IPv6 by its bits as well. */
export function isWithin(host: string, prefix: string): boolean {
  if (prefix === 'default') return true
  const [network = '', bits] = prefix.split('/')
  const [a, b] = [bitsOf(host), bitsOf(network)]
  if (a === null || b === null || a.length !== b.length) return false
  const length = bits === undefined ? a.length : Number(bits)
  return a.slice(0, length) === b.slice(0, length)
}

/** Bits of the network part; 0 of "default". */
export function lengthOf(prefix: string): number {
  return prefix === 'default' ? 0 : Number(prefix.split('/')[1] ?? 128)
}

function bitsOf(address: string): string | null {
  if (/^\d+(?:\.\d+){3}$/.test(address))
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('')
  if (!/^[0-9a-f:]+$/i.test(address)) return null
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const middle =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  const groups = [...left, ...middle, ...right]
  return groups.length === 8
    ? groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
    : null
}
