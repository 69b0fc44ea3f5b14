import type { InForce } from '../nginx/config-scope.ts'
import { inForce } from '../nginx/config-scope.ts'
import type { Host } from '../probes/host.ts'
import { hostOf } from '../symptoms/address.ts'
import type { Trouble } from '../symptoms/trouble.ts'

/** The local address that a *_bind makes nginx use towards an upstream. */
export interface BoundAddress {
  readonly directive: InForce & { readonly file: string; readonly line: number }
  /** "proxy_bind", "fastcgi_bind" ... */
  readonly name: string
  /** As it stands in the file: an address, or a variable. */
  readonly written: string
  readonly address: string
  /** The host has it, it has not, or a variable decides, or `transparent` allows any address (IP_TRANSPARENT, ip(7)). */
  readonly state: 'own' | 'foreign' | 'unknown'
}

/**
 * The *_bind in force for the endpoints of a trouble; null when there is none. With a variable it is the address that nginx itself says it
 * could not bind to.
 */
export function boundFor(trouble: Trouble, { addresses: own, cutOff }: Host): BoundAddress | null {
  for (const use of trouble.endpoints.flatMap((endpoint) => endpoint.usedBy)) {
    const name = `${use.pass.protocol === 'stream' ? 'proxy' : use.pass.protocol}_bind`
    const directive = inForce(use.pass.scope, name)
    const { file, line } = directive ?? {}
    if (!directive || file == null || line == null || directive.args[0] === 'off') continue
    const [written = '', ...options] = directive.args
    const address = (written.includes('$') ? refusedAddress(trouble) : null) ?? written
    const unknown = address.includes('$') || options.includes('transparent') || own.length === 0
    const isOwn = own.includes(plainAddress(address)) || plainAddress(address).startsWith('127.')
    return {
      directive: { ...directive, file, line },
      name,
      written,
      address,
      state: unknown ? 'unknown' : isOwn ? 'own' : cutOff ? 'unknown' : 'foreign',
    }
  }
  return null
}

/** "bind(10.20.30.40) failed (99: Cannot assign requested address)" (ngx_event_connect.c). */
function refusedAddress({ groups }: Trouble): string | null {
  const found = groups.map(({ line }) => /^bind\(([0-9a-fA-F.:[\]]{2,50})\) failed/.exec(line.message)?.[1])
  return found.find((each) => each !== undefined) ?? null
}

/** "10.0.0.9", "10.0.0.9:4000" and "[fd00::9]:4000" without port and brackets. */
export function plainAddress(address: string): string {
  return address.startsWith('[') || /^[^:]*:\d+$/.test(address) ? hostOf(address) : address
}
