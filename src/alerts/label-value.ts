import { isIP } from 'node:net'
import { longestValue } from './map-rule.ts'

/** What the value of a label names: a host, an address or a site, and the path where it was a URL. */
export interface NamedValue {
  /** In small letters, without scheme, user, port and trailing dot; IPv6 without brackets, in its short form. */
  readonly name: string
  /** Without query; "/" where there is none. */
  readonly path: string
  /** It was written as http:// or https://: a site is meant, and no exporter. */
  readonly url: boolean
}

// Each part is anchored by the one before it, so that no value is read twice.
const value =
  /^(?:([a-z][a-z0-9+.-]{0,15}):\/\/)?(?:[^/?#@]{0,200}@)?(\[[0-9a-f:.]+\]|[^/?#:@]+)(?::\d{1,5})?(\/[^?#]*)?/i
const name = /^[a-z0-9_][a-z0-9_.-]*$/
const longestPath = 200

/** "web-1:9113", "10.0.3.7", "[2001:db8::7]:443", "https://shop.example.com/cart?x=1"; null when it names nothing. */
export function readLabelValue(text: string): NamedValue | null {
  if (text.length > longestValue) return null
  const plain = text.trim()
  if (isIP(plain) === 6) return { name: shortIp(plain), path: '/', url: false }
  const [, scheme = '', host = '', path = '/'] = value.exec(plain) ?? []
  const url = /^https?$/i.test(scheme)
  if (host.startsWith('[')) {
    const address = host.slice(1, -1)
    return isIP(address) === 6 ? { name: shortIp(address), path: readPath(path), url } : null
  }
  const lower = host.toLowerCase().replace(/\.$/, '')
  return name.test(lower) ? { name: lower, path: readPath(path), url } : null
}

/** As it is compared: IPv6 in its short form, anything else in small letters. */
export function shortIp(address: string): string {
  const lower = address.toLowerCase()
  // A zone (fe80::1%eth0) is no part of a URL, and tells nothing outside of its machine.
  if (isIP(lower) !== 6 || lower.includes('%')) return lower
  return new URL(`http://[${lower}]/`).hostname.slice(1, -1)
}

/** An address of the machine that sent the alert, whichever that is: it tells no host of the inventory. */
export function isLoopback(text: string): boolean {
  return /^localhost$|\.localhost$|^127\.|^::1$|^0\.0\.0\.0$|^::$/.test(text)
}

/** A path of a sender is only compared and shown; one with anything but visible ASCII is not taken. */
function readPath(path: string): string {
  return path.length <= longestPath && /^\/[!-~]*$/.test(path) ? path : '/'
}
