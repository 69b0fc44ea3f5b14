import type { PeerCertificate } from '../probes/backend-tls.ts'
import type { UpstreamTls } from '../symptoms/upstream-tls.ts'
import type { Setting } from './location-diff.ts'
import type { Rejection } from './tls-rejection.ts'
import { isFor, namesOf } from './tls-trials.ts'

/** What nginx's configuration can do about a rejected certificate: expect the name it has, follow a longer chain. */
export function fixSettings(
  { kind }: Rejection,
  tls: UpstreamTls,
  certificate: PeerCertificate | null,
): readonly Setting[] {
  if (kind === 'depth') return [{ name: `${tls.family}_ssl_verify_depth`, value: '3' }]
  if (kind !== 'name' || !certificate) return []
  const plain = namesOf(certificate).filter((name) => !name.startsWith('*'))
  const wanted = tls.candidates.find((name) => isFor(name, certificate)) ?? (plain.length === 1 ? plain[0] : undefined)
  return wanted === undefined || wanted === tls.name ? [] : [{ name: `${tls.family}_ssl_name`, value: wanted }]
}

/** What a person does about it. */
export function fixSteps(
  { kind }: Rejection,
  tls: UpstreamTls,
  certificate: PeerCertificate | null,
  settings: readonly Setting[],
): readonly string[] {
  const reload = 'nginx -t && systemctl reload nginx'
  const issuer = certificate?.issuer ?? 'its issuer'
  switch (kind) {
    case 'expired':
      return ['renew the certificate on the backend and let the backend load it: nothing in nginx mends this']
    case 'not-yet':
      return [
        'compare the clocks of this host and of the backend (timedatectl); else wait, or give the backend the former certificate',
      ]
    case 'name':
      return settings.length > 0
        ? [
            `let nginx expect the name the certificate has: ${settings.map((each) => `${each.name} ${each.value};`).join(' ')}`,
            reload,
          ]
        : [
            `give the backend a certificate for ${tls.name || 'the name nginx expects'}, or set ${tls.family}_ssl_name to one of its names`,
            reload,
          ]
    case 'depth':
      return ['let nginx follow the whole chain', reload]
    case 'revocation':
      return [`get the present list of ${issuer} and put it where ${tls.family}_ssl_crl says`, reload]
    case 'issuer':
      return [
        `put the certificate of its issuer (${issuer}) into ${tls.trustedFile || `a file for ${tls.family}_ssl_trusted_certificate`}, or let the backend send the intermediate ones`,
        reload,
      ]
    default:
      return [
        `see what is wrong with the certificate: openssl s_client -connect BACKEND -CAfile ${tls.trustedFile || 'CA'}`,
      ]
  }
}
