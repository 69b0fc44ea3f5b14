import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Fact } from '../diagnosis/fact.ts'
import type { EndpointUse } from '../nginx/config-endpoints.ts'
import type { Handshake, PeerCertificate, TlsTrials } from '../probes/backend-tls.ts'
import type { NginxBuild } from '../probes/nginx-build.ts'
import { concernedUse } from '../symptoms/concerned-use.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { nginxVersion, tlsOf, type UpstreamTls } from '../symptoms/upstream-tls.ts'
import { seenBy } from './knowledge.ts'

/** A trouble with TLS to a backend, and the handshakes that were tried with it. */
export interface TlsCase {
  readonly address: string
  readonly use: EndpointUse
  readonly tls: UpstreamTls
  readonly trials: TlsTrials
  /** The one made as nginx makes it. */
  readonly asNginx: Handshake
}

/** null when the trouble is of another kind, nginx speaks no TLS there, or nobody tried it as nginx does. */
export function tlsCase(
  trouble: Trouble,
  kinds: readonly Trouble['kind'][],
  backends: readonly TlsTrials[],
  build: Fact<NginxBuild>,
): TlsCase | null {
  const use = concernedUse(trouble)
  const { address } = trouble
  if (!kinds.includes(trouble.kind) || use === null || address === null) return null
  const tls = tlsOf(use, build.known ? nginxVersion(build.value) : null)
  const trials = backends.find((each) => each.address === address)
  const asNginx = trials?.trials.get('nginx')
  return tls && trials && asNginx ? { address, use, tls, trials, asNginx } : null
}

/** The handshakes that differ from nginx's in the name alone, in the order of the names that are most likely meant. */
export function byName({ trials }: TlsCase): readonly { readonly name: string; readonly handshake: Handshake }[] {
  return [...trials.trials].flatMap(([trial, handshake]) =>
    trial.startsWith('name:') ? [{ name: trial.slice(5), handshake }] : [],
  )
}

/** The other side, or OpenSSL, said no. A handshake that only ran out of time says nothing. */
export function isRefused({ outcome, message }: Handshake): boolean {
  return outcome === 'failed' && message !== ''
}

/** A certificate for that name: one label may be a star (RFC 6125, 6.4.3). */
export function isFor(name: string, certificate: PeerCertificate): boolean {
  const wanted = name.toLowerCase()
  const parent = wanted.slice(wanted.indexOf('.'))
  return namesOf(certificate).some((each) => each === wanted || (each.startsWith('*.') && each.slice(1) === parent))
}

/** Its DNS names; the common name only where there is none. */
export function namesOf({ names, subject }: PeerCertificate): readonly string[] {
  const common = /CN ?= ?([^,/]+)/.exec(subject)?.[1]?.trim()
  return (names.length > 0 ? names : common === undefined ? [] : [common]).map((each) => each.toLowerCase())
}

export function certificateText(certificate: PeerCertificate): string {
  return `subject ${certificate.subject}, issuer ${certificate.issuer}, valid ${certificate.notBefore} to ${certificate.notAfter}, for ${namesOf(certificate).slice(0, 6).join(', ')}`
}

/** "openssl s_client -connect 127.0.0.1:8443 -servername api.example.com" and how it went. */
export function handshakeEvidence(address: string, options: string, handshake: Handshake): Evidence {
  const where = address.startsWith('unix:') ? `-unix ${address.slice(5)}` : `-connect ${address}`
  const said =
    handshake.outcome === 'ok'
      ? `${handshake.version ?? 'TLS'}, ${handshake.cipher ?? ''}${handshake.certificate ? `; ${certificateText(handshake.certificate)}` : ''}`
      : handshake.message || 'no handshake, and no word of why'
  return seenBy('backend-tls', `openssl s_client ${where}${options === '' ? '' : ` ${options}`}`, said)
}
