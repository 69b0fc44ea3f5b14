import type { ChainLink, ServedCertificate } from '../probes/served-certificates.ts'

/** An expired certificate that is sent along with a valid one. */
export interface ChainFault {
  readonly link: ChainLink
  /**
   * It is the one that signed the served certificate: who has no other copy of it refuses the site. Farther up clients mostly know another
   * way to a root that they trust, as with a cross-signed root.
   */
  readonly direct: boolean
}

/**
 * The first certificate on the way from the served one to its root of which only expired copies are sent. Null where there is none, where the
 * chain was not seen, and where this host's own list of authorities is content with it.
 */
export function chainFault({ chain, verified }: ServedCertificate, now: number): ChainFault | null {
  const [leaf, ...others] = chain
  if (!leaf || verified === 0) return null
  let { issuer } = leaf
  // As many steps as there are certificates: a chain that goes round ends.
  for (const [depth] of others.entries()) {
    const signers = others.filter((each) => each.subject === issuer && each.issuer !== each.subject)
    const [first] = signers
    if (!first) return null
    const good = signers.find(({ notAfter }) => notAfter === null || notAfter > now)
    if (!good) return { link: first, direct: depth === 0 }
    issuer = good.issuer
  }
  return null
}
