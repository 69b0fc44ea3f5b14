import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { ServedCertificate } from '../probes/served-certificates.ts'
import type { StartFile } from '../probes/start-files.ts'
import { chainFault } from '../symptoms/served-chain.ts'
import { isNameless, serverShowing, shownToNobody } from '../symptoms/shown-to-nobody.ts'
import { inWords } from '../symptoms/time.ts'
import { chainClaim } from './cert-chain.ts'
import { defineRule, type Knowledge, seenBy } from './knowledge.ts'
import { tlsPairs, type TlsPair } from './named-file.ts'
import { startFile } from './start-file.ts'

type Seen = View<
  Knowledge,
  'host' | 'nginx-config' | 'nginx-processes' | 'served-certificates',
  'start-files' | 'nginx-unit'
>

/** Announced this long before its end: the catalogue's fourteen days, half of what Let's Encrypt's clients leave for renewing. */
const SOON_SECONDS = 14 * 86_400

/** A renewed certificate ends later than the one before by days; this much is no rounding. */
const LATER_MS = 3_600_000

/**
 * Cause: a certificate that this nginx serves has expired, or one of the authority's that is sent along with it. One that ends within
 * fourteen days is latent, and so is an expired one that only strangers to every site get (`shownToNobody`), or only clients that cannot
 * take the server's other certificate.
 * Tell-tale: notAfter in a handshake with that name; the file on disk says whether it was renewed and only not loaded.
 * Look-alikes: upstream-tls-verify (the backend's certificate, which nginx checks and does not serve).
 */
export const certExpired = defineRule({
  id: 'cert-expired',
  needs: ['host', 'nginx-config', 'nginx-processes', 'served-certificates'],
  settles: ['start-files', 'nginx-unit'],
  judge(seen) {
    // Without a master somebody else answers there.
    if (seen['nginx-processes'].masters.length === 0) return []
    const served = withoutSame(seen['served-certificates'].certificates)
    const ending = served.filter((each) => secondsLeft(each, seen) <= SOON_SECONDS)
    const byFile = new Map<string, ServedCertificate[]>()
    for (const each of ending) {
      // One that is shown to nobody does not hide that visitors meet the same file elsewhere.
      const unused = shownToNobody(each, seen['nginx-config'].model) === null ? '' : 'unused '
      const key = `${unused}${pairOf(each, seen)?.certificate ?? `${each.endpoint} ${each.name}`}`
      byFile.set(key, [...(byFile.get(key) ?? []), each])
    }
    return [
      ...[...byFile.values()].flatMap((those) => (those[0] ? [claimOf(those[0], those, seen)] : [])),
      ...served.flatMap((each) => chainClaims(each, seen)),
    ]
  },
})

/** Asked for RSA or ECDSA a server may well show what it shows to everybody. */
function withoutSame(all: readonly ServedCertificate[]): readonly ServedCertificate[] {
  const usual = all.filter(({ wanted }) => wanted === 'any')
  return [
    ...usual,
    ...all.filter((each) => each.wanted !== 'any' && each.notAfter !== null && !usual.some((one) => isSame(one, each))),
  ]
}

function isSame(a: ServedCertificate, b: ServedCertificate): boolean {
  return a.endpoint === b.endpoint && a.name === b.name && a.algorithm === b.algorithm && a.notAfter === b.notAfter
}

function chainClaims(served: ServedCertificate, seen: Seen): Claim[] {
  const now = seen.host.epoch * 1000
  const fault = served.wanted === 'any' && secondsLeft(served, seen) > 0 ? chainFault(served, now) : null
  if (fault === null || shownToNobody(served, seen['nginx-config'].model) !== null) return []
  return [chainClaim(served, fault, pairOf(served, seen), now, reloadable(seen))]
}

function secondsLeft(served: ServedCertificate, seen: Seen): number {
  return served.notAfter === null ? Infinity : served.notAfter / 1000 - seen.host.epoch
}

/** The pair of the server that answers to this name at this port; of several the one with that kind of key, or that very end. */
function pairOf(served: ServedCertificate, seen: Seen): TlsPair | undefined {
  const { model } = seen['nginx-config']
  const shown = serverShowing(served, model)
  const pairs = tlsPairs(model).filter(({ server }) => server === shown)
  if (pairs.length <= 1) return pairs[0]
  const matching = (fits: (file: StartFile) => boolean): readonly TlsPair[] =>
    pairs.filter(({ certificate }) => {
      const file = startFile(certificate, seen['start-files'])
      return file !== null && fits(file)
    })
  const sameKind = matching(({ algorithm }) => algorithm !== null && algorithm === served.algorithm)
  if (sameKind.length === 1) return sameKind[0]
  const sameEnd = matching(({ notAfter }) => notAfter !== null && notAfter === served.notAfter)
  return sameEnd.length === 1 ? sameEnd[0] : undefined
}

/** Clients are asked for by the kind of key that they cannot do without; all others get the other certificate. */
function otherShown(all: readonly ServedCertificate[]): string | null {
  const [first] = all
  return first && all.every(({ wanted }) => wanted !== 'any')
    ? `only clients that take nothing but ${first.wanted.toUpperCase()} get it, the others the server's other certificate`
    : null
}

function nameOf(served: ServedCertificate, { 'nginx-config': { model } }: Seen): string {
  const server = serverShowing(served, model)
  return server && isNameless(server) ? `the server without a name at ${served.endpoint}` : served.name
}

function claimOf(first: ServedCertificate, all: readonly ServedCertificate[], seen: Seen): Claim {
  const pair = pairOf(first, seen)
  const file = startFile(pair?.certificate ?? null, seen['start-files'])
  const left = secondsLeft(first, seen)
  const past = left <= 0
  const unused = past ? (shownToNobody(first, seen['nginx-config'].model) ?? otherShown(all)) : null
  const expired = past && unused === null
  const names = [...new Set(all.map((each) => nameOf(each, seen)))]
  const ends = day(first.notAfter ?? 0)
  const renewed = file?.notAfter != null && first.notAfter !== null && file.notAfter > first.notAfter + LATER_MS
  const unit = reloadable(seen)
  return {
    ...(!expired && { kind: 'latent' as const }),
    summary:
      `the certificate of ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''} ` +
      (past ? `expired ${inWords(-left)} ago (${ends})` : `ends in ${inWords(left)} (${ends})`) +
      (renewed && file
        ? `; ${file.path} is renewed until ${day(file.notAfter ?? 0)}, but nginx has not loaded it${seen['nginx-config'].test.kind === 'failed' ? ', and refuses to, because the configuration does not pass nginx -t' : ''}`
        : '') +
      (unused === null ? '' : `; no visitor of a site meets it: ${unused}`),
    ...(past && first.notAfter !== null && { since: new Date(first.notAfter).toISOString() }),
    subject: pair ? { path: pair.certificate, ...pair.place } : { upstream: first.endpoint },
    failingNow: expired,
    impact: null,
    evidence: [
      ...all
        .slice(0, 3)
        .map((each) =>
          seenBy(
            'served-certificates',
            `openssl s_client -connect ${each.endpoint} -servername ${each.name} | openssl x509 -noout -enddate`,
            `notAfter=${new Date(each.notAfter ?? 0).toUTCString()}`,
          ),
        ),
      ...diskEvidence(file),
    ],
    unlike: [ruledOut('upstream-tls-verify', 'nginx itself serves it: seen in a handshake with its own listener')],
    steps: renewed
      ? [
          seen['nginx-config'].test.kind === 'failed' ? 'mend what nginx -t says' : 'nginx -t',
          `systemctl reload ${unit ?? 'nginx.service'}`,
        ]
      : renewSteps(pair, unit),
    ...(renewed &&
      unit !== null &&
      seen['nginx-config'].test.kind === 'passed' && { action: { id: 'reload-nginx' as const, target: unit } }),
  }
}

/** The unit of the master that runs: what a reload would be given. */
function reloadable(seen: Seen): string | null {
  const units = seen['nginx-unit'].known ? seen['nginx-unit'].value.units : []
  return units.find((unit) => unit.mainPid > 0 && unit.mainPid === seen['nginx-processes'].masters[0]?.pid)?.id ?? null
}

function diskEvidence(file: StartFile | null) {
  if (file?.notAfter == null) return []
  return [
    seenBy(
      'start-files',
      `openssl x509 -noout -enddate -in ${file.path}`,
      `notAfter=${new Date(file.notAfter).toUTCString()}`,
    ),
  ]
}

function renewSteps(pair: TlsPair | undefined, unit: string | null): readonly string[] {
  const name = /^\/etc\/letsencrypt\/live\/(?<name>[^/]+)\//.exec(pair?.certificate ?? '')?.groups?.['name']
  const reload = `nginx -t && systemctl reload ${unit ?? 'nginx.service'}`
  if (name !== undefined)
    return [
      `certbot renew --cert-name ${name}   # and read what it says: journalctl -u certbot, /var/log/letsencrypt`,
      'systemctl list-timers certbot.timer   # is it to be renewed by itself?',
      reload,
    ]
  return [
    `renew it where it was made${pair ? `, and put it at ${pair.certificate} (${pair.place.file}:${pair.place.line})` : ''}`,
    reload,
  ]
}

/** "2026-11-21", in UTC as certificates count. */
function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
