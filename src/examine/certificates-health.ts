import type { ServedCertificate } from '../probes/served-certificates.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import { chainFault } from '../symptoms/served-chain.ts'
import { shownToNobody } from '../symptoms/shown-to-nobody.ts'
import type { Health } from './health.ts'

/** Whether what visitors get in a handshake is still valid. */
export function certificatesHealth(
  { 'served-certificates': served, 'nginx-config': config }: Knowledge,
  now: number,
): Partial<Health> {
  if (!config.known) return {}
  if (!config.value.model.servers.some((server) => server.listens.some((listen) => listen.ssl))) return {}
  if (!served.known) return { unseen: [`the served certificates: ${served.reason}`] }
  const { model } = config.value
  // What only clients get that take nothing else says little about the site; the rule tells of it.
  const usual = served.value.certificates.filter(({ wanted }) => wanted === 'any')
  const found = usual.filter((each) => shownToNobody(each, model) === null)
  const early = found.filter((each) => isTooEarly(each, now))
  const broken = found.filter((each) => chainFault(each, now)?.direct === true)
  return {
    well: found
      .filter((each) => each.notAfter !== null && each.notAfter > now && ![...broken, ...early].includes(each))
      .map((each) => `the certificate of ${each.name} is valid`),
    unseen: found
      .filter((each) => each.notAfter === null)
      .map((each) => `the certificate served at ${each.endpoint} for ${each.name}`),
    ill: [
      ...found
        .filter((each) => each.notAfter !== null && each.notAfter <= now)
        .map((each) => `the certificate of ${each.name} has expired`),
      ...early.map((each) => `the certificate of ${each.name} is not valid yet${beginning(each, now)}`),
      ...broken.map((each) => `a certificate that is sent along with that of ${each.name} has expired`),
    ],
  }
}

/** "Verify return code: 9 (certificate is not yet valid)", of the served one or one above it (openssl-verification-options(1)). */
const NOT_YET_VALID = 9

function isTooEarly({ notBefore, verified }: ServedCertificate, now: number): boolean {
  return verified === NOT_YET_VALID || (notBefore !== null && notBefore > now)
}

/** Where it is not the certificate itself it is one of those above it. */
function beginning({ notBefore }: ServedCertificate, now: number): string {
  return notBefore === null || notBefore <= now ? '' : `, but from ${new Date(notBefore).toISOString().slice(0, 10)} on`
}
