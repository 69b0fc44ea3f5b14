import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { ServedCertificate } from '../probes/served-certificates.ts'
import type { ChainFault } from '../symptoms/served-chain.ts'
import { inWords } from '../symptoms/time.ts'
import { seenBy } from './knowledge.ts'
import type { TlsPair } from './named-file.ts'

/** The served certificate is valid, and one of its authority's that is sent along with it has expired. */
export function chainClaim(
  served: ServedCertificate,
  { link, direct }: ChainFault,
  pair: TlsPair | undefined,
  now: number,
  unit: string | null,
): Claim {
  const end = new Date(link.notAfter ?? 0)
  const file = pair?.certificate ?? 'THE-CHAIN'
  return {
    ...(!direct && { kind: 'latent' as const }),
    summary:
      `the certificate of ${served.name} is valid, but that of its authority "${link.subject}", sent along with it` +
      `${pair ? ` from ${pair.certificate}` : ''}, expired ${inWords((now - end.getTime()) / 1000)} ago (${end.toISOString().slice(0, 10)})` +
      (direct ? '' : '; clients that know another way to a root they trust do not mind'),
    since: end.toISOString(),
    subject: pair ? { path: pair.certificate, ...pair.place } : { upstream: served.endpoint },
    failingNow: direct,
    impact: null,
    evidence: [
      seenBy(
        'served-certificates',
        `openssl s_client -connect ${served.endpoint} -servername ${served.name} -showcerts`,
        [
          ...served.chain.map(
            ({ subject, notAfter }) =>
              `${subject}: notAfter=${notAfter === null ? '?' : new Date(notAfter).toUTCString()}`,
          ),
          ...(served.verified === null ? [] : [`Verify return code: ${served.verified}`]),
        ].join('\n'),
      ),
    ],
    unlike: [
      ruledOut('upstream-tls-verify', 'nginx itself serves it: seen in a handshake with its own listener'),
      ruledOut('cert-key-mismatch', 'the handshake comes to its end'),
    ],
    // A client may have a newer copy of it from elsewhere.
    atMost: 'likely',
    steps: [
      `openssl crl2pkcs7 -nocrl -certfile ${file} | openssl pkcs7 -print_certs -noout   # what is in it`,
      `fetch the present certificate of ${link.subject} from the authority, and put it in ${file} in place of the expired one (behind the first); an ACME client does so when it renews`,
      `nginx -t && systemctl reload ${unit ?? 'nginx.service'}`,
    ],
  }
}
