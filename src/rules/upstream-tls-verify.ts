import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { PeerCertificate } from '../probes/backend-tls.ts'
import { concernedUse } from '../symptoms/concerned-use.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { nginxVersion, tlsOf, type UpstreamTls } from '../symptoms/upstream-tls.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { fixSettings, fixSteps } from './certificate-fix.ts'
import { settingsDiff } from './location-diff.ts'
import { byName, certificateText, handshakeEvidence, isFor, type TlsCase, tlsCase } from './tls-trials.ts'
import { rejectionOf, type Rejection } from './tls-rejection.ts'

type Seen = View<Knowledge, 'troubles' | 'host' | 'nginx-config', 'backend-tls' | 'nginx-build'>

/**
 * Cause: proxy_ssl_verify is on and the backend's certificate does not pass: expired, wrong name, unknown issuer, chain too long.
 * Tell-tale: "upstream SSL certificate verify error: (10:...)" or "does not match"; the certificate's own dates, names and issuer.
 * Look-alikes: upstream-tls-sni (with a name the right certificate would come).
 */
export const upstreamTlsVerify = defineRule({
  id: 'upstream-tls-verify',
  needs: ['troubles', 'host', 'nginx-config'],
  settles: ['backend-tls', 'nginx-build'],
  atBackend: true,
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const use = concernedUse(trouble)
  if (trouble.kind !== 'tls-rejected' || trouble.address === null || use === null) return []
  const tls = tlsOf(use, seen['nginx-build'].known ? nginxVersion(seen['nginx-build'].value) : null)
  const newest = trouble.groups.toSorted((a, b) => b.last.localeCompare(a.last))[0]
  if (!tls?.verify || !newest) return []
  const found = tlsCase(
    trouble,
    ['tls-rejected'],
    seen['backend-tls'].known ? seen['backend-tls'].value.backends : [],
    seen['nginx-build'],
  )
  const rejection = rejectionOf(newest.line.message)
  const certificate = found?.asNginx.certificate ?? null
  const alike = nameAlike(found, tls, seen)
  // A name brings another certificate that passes: that is what is wrong then.
  return alike === null ? [] : [claimOf(trouble, trouble.address, tls, rejection, certificate, found, alike, seen)]
}

/** null when it is upstream-tls-sni. */
function nameAlike(found: TlsCase | null, tls: UpstreamTls, seen: Seen): LookAlike | null {
  if (!found) {
    const facts = seen['backend-tls']
    return notJudged('upstream-tls-sni', facts.known ? 'no handshake with a name was tried' : facts.reason)
  }
  if (found.asNginx.outcome === 'failed' || !found.asNginx.certificate)
    return notJudged('upstream-tls-sni', 'the handshake that was tried gave no certificate')
  const own = found.asNginx.certificate
  const names = byName(found).filter(({ name }) => name !== tls.sni)
  const other = names.find(
    ({ handshake }) =>
      handshake.certificate &&
      handshake.certificate.notAfter + handshake.certificate.subject !== own.notAfter + own.subject,
  )
  if (other?.handshake.certificate && isFor(other.name, other.handshake.certificate))
    return [0, 62].includes(other.handshake.verifyCode ?? -1)
      ? null
      : notJudged(
          'upstream-tls-sni',
          `with the name ${other.name} another certificate comes, which does not pass either`,
        )
  if (tls.sni !== '' && isFor(tls.sni, own))
    return ruledOut('upstream-tls-sni', `nginx sends ${tls.sni}, and the certificate is for it`)
  if (names.length === 0) return notJudged('upstream-tls-sni', 'the configuration has no host name that could be tried')
  return ruledOut(
    'upstream-tls-sni',
    `the same certificate comes with the name ${names.map(({ name }) => name).join(', ')}`,
  )
}

function claimOf(
  trouble: Trouble,
  address: string,
  tls: UpstreamTls,
  rejection: Rejection,
  certificate: PeerCertificate | null,
  found: TlsCase | null,
  alike: LookAlike,
  seen: Seen,
): Claim {
  const use = concernedUse(trouble)
  const settings = fixSettings(rejection, tls, certificate)
  const diff = use && settings.length > 0 ? settingsDiff(seen['nginx-config'], use.pass, settings) : null
  // Our handshake asks neither for the length of the chain nor for a revocation list: that it passes says nothing about these.
  const asked = rejection.kind !== 'depth' && rejection.kind !== 'revocation'
  const changed = asked && found !== null && certificate !== null && passesNow(found, tls, certificate)
  const detail = certificate ? `: ${rejection.detail(certificate)}` : ''
  return {
    summary: `nginx rejects the certificate of ${address}: ${rejection.words}${detail}`,
    subject: { upstream: address, ...(use && { file: use.pass.file, line: use.pass.line }) },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      ...(found
        ? [handshakeEvidence(address, tls.sni === '' ? '-noservername' : `-servername ${tls.sni}`, found.asNginx)]
        : []),
      seenBy(
        'nginx-config',
        'nginx -T',
        `${tls.family}_ssl_verify on; trusted: ${tls.trustedFile || 'nothing'}; name: ${tls.name}`,
      ),
      ...(certificate
        ? [seenBy('backend-tls', 'openssl x509 -noout -subject -issuer -dates', certificateText(certificate))]
        : []),
    ],
    unlike: [alike],
    // Without a server name the backend may show the certificate of another site: then it is not this one that is wrong.
    ...((changed || (certificate === null && tls.sni === '')) && { atMost: 'possible' as const }),
    steps: fixSteps(rejection, tls, certificate, settings),
    ...(diff !== null && { diff }),
  }
}

/** A handshake of ours, with nginx's own CA file and name, finds nothing wrong any more. */
function passesNow({ asNginx, trials }: TlsCase, tls: UpstreamTls, certificate: PeerCertificate): boolean {
  return !trials.trustUnreadable && asNginx.verifyCode === 0 && (tls.name === '' || isFor(tls.name, certificate))
}
