import type { EndpointUse } from '../nginx/config-endpoints.ts'
import { allInForce, inForce } from '../nginx/config-scope.ts'
import type { NginxBuild } from '../probes/nginx-build.ts'

/** How nginx speaks TLS to the backend of one *_pass, as far as the configuration tells. */
export interface UpstreamTls {
  /** First word of its directives: "proxy" of proxy_ssl_name, "grpc", "uwsgi". */
  readonly family: string
  /** Name that is sent (server_name extension); empty when none is. */
  readonly sni: string
  /** proxy_ssl_name: what would be sent, and what a verified certificate must be made for; empty when a variable decides. */
  readonly name: string
  readonly sendsName: boolean
  readonly verify: boolean
  readonly trustedFile: string
  /** "TLSv1 TLSv1.1 TLSv1.2"; null when it depends on a version that is not known. */
  readonly protocols: string | null
  readonly ciphers: string
  /** A certificate of nginx's own is presented: other handshakes cannot be compared with nginx's then. */
  readonly presentsCertificate: boolean
  /** Names that the backend may want to hear. */
  readonly candidates: readonly string[]
}

/** null when the pass speaks no TLS. */
export function tlsOf(use: EndpointUse, version: readonly number[] | null): UpstreamTls | null {
  const { scope, scheme, protocol, target, server } = use.pass
  if (scheme !== 'https' && scheme !== 'grpcs' && scheme !== 'suwsgi') return null
  const value = (name: string): string | null => inForce(scope, `${protocol}_ssl_${name}`)?.value ?? null
  const serverName = server?.names.find(isHostName) ?? ''
  const passHost = target.kind === 'address' ? target.host : target.kind === 'upstream' ? target.name : ''
  const hosted = allInForce(scope, `${protocol}_set_header`).find((each) => each.args[0]?.toLowerCase() === 'host')
  const name = resolved(value('name') ?? '$proxy_host', passHost, serverName)
  const sendsName = value('server_name') === 'on'
  const wanted = [name, resolved(hosted?.args[1] ?? '', passHost, serverName), serverName, passHost]
  return {
    family: protocol,
    name,
    sendsName,
    // RFC 6066, section 3: no addresses; nginx leaves them out (ngx_http_upstream_ssl_name).
    sni: sendsName && !isAddress(name) ? name : '',
    verify: value('verify') === 'on',
    trustedFile: value('trusted_certificate') ?? '',
    protocols: value('protocols') ?? defaultProtocols(version),
    ciphers: value('ciphers') ?? 'DEFAULT',
    presentsCertificate: (value('certificate') ?? '') !== '',
    candidates: [...new Set(wanted.filter(isHostName))].slice(0, 3),
  }
}

function resolved(text: string, passHost: string, serverName: string): string {
  if (text === '$proxy_host' || text === '$upstream_host') return passHost
  if (text === '$host' || text === '$http_host' || text === '$server_name') return serverName
  return text.includes('$') ? '' : text.replace(/:\d+$/, '')
}

/** A DNS name with a dot in it: an upstream block's name or an address is none that a certificate is made for. */
function isHostName(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z0-9-]{1,63}$/i.test(name) && !isAddress(name)
}

function isAddress(name: string): boolean {
  return /^[\d.]+$|:/.test(name)
}

/** proxy_ssl_protocols in the reference on nginx.org: TLSv1.3 since 1.23.4; CHANGES of 1.27.3: TLSv1 and TLSv1.1 off. */
function defaultProtocols(version: readonly number[] | null): string | null {
  if (version === null) return null
  if (isAtLeast(version, [1, 27, 3])) return 'TLSv1.2 TLSv1.3'
  return isAtLeast(version, [1, 23, 4]) ? 'TLSv1 TLSv1.1 TLSv1.2 TLSv1.3' : 'TLSv1 TLSv1.1 TLSv1.2'
}

/** Versions of forks that count by themselves (Angie, Tengine) say nothing about nginx's defaults. */
export function nginxVersion({ product, version }: Pick<NginxBuild, 'product' | 'version'>): readonly number[] | null {
  return /^(?:nginx|openresty|freenginx)\//.test(product) ? version : null
}

export function isAtLeast(version: readonly number[], wanted: readonly number[]): boolean {
  for (const [index, part] of wanted.entries()) {
    const own = version[index] ?? 0
    if (own !== part) return own > part
  }
  return true
}
