import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Handshake } from '../probes/backend-tls.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { lineText } from './config-line.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { type Setting, settingsDiff } from './location-diff.ts'
import { byName, handshakeEvidence, isRefused, type TlsCase, tlsCase } from './tls-trials.ts'

type Seen = View<Knowledge, 'troubles' | 'host' | 'nginx-config' | 'backend-tls', 'nginx-build'>

const VERSIONS = [
  ['tls1', 'TLSv1'],
  ['tls1_1', 'TLSv1.1'],
  ['tls1_2', 'TLSv1.2'],
  ['tls1_3', 'TLSv1.3'],
] as const

/**
 * Cause: nginx and the backend have no TLS version, or no cipher, in common.
 * Tell-tale: the handshake fails as nginx makes it, with any name; with every version and cipher allowed it works.
 * Look-alikes: protocol-mismatch (a plain port: no handshake works), upstream-tls-sni (a name helps), upstream-tls-verify.
 */
export const upstreamTlsProtocol = defineRule({
  id: 'upstream-tls-protocol',
  needs: ['troubles', 'host', 'nginx-config', 'backend-tls'],
  settles: ['nginx-build'],
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const found = tlsCase(trouble, ['tls-failed', 'gateway-error'], seen['backend-tls'].backends, seen['nginx-build'])
  const any = found?.trials.trials.get('any')
  // Without the versions that nginx may use, no handshake of ours was nginx's.
  if (!found || any?.outcome !== 'ok' || found.trials.protocols === '' || !isRefused(found.asNginx)) return []
  const tried = byName(found)
  const missing = found.tls.candidates.filter((name) => !tried.some((each) => each.name === name))
  if (missing.length > 0 || !tried.every(({ handshake }) => isRefused(handshake))) return []
  return [claimOf(trouble, found, any, seen)]
}

function claimOf(trouble: Trouble, found: TlsCase, any: Handshake, seen: Seen): Claim {
  const { address, use, trials, asNginx } = found
  const config = seen['nginx-config']
  const spoken = VERSIONS.filter(([trial]) => trials.trials.get(trial)?.outcome === 'ok').map(([, name]) => name)
  const allowed = trials.protocols.split(' ')
  const onlyCiphers = trials.trials.get('ciphers')?.outcome === 'ok'
  const settings = onlyCiphers ? cipherSettings(found, any) : protocolSettings(found, spoken, any)
  const diff = settingsDiff(config, use.pass, settings)
  const why =
    isOld(any.version) && onlyCiphers
      ? oldWords(spoken, any)
      : onlyCiphers
        ? cipherWords(trials.ciphers, any)
        : versionWords(spoken, any, allowed)
  return {
    summary: `no TLS handshake with ${address}: ${why}`,
    subject: { upstream: address, file: use.pass.file, line: use.pass.line },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      handshakeEvidence(address, `as nginx: ${listed(allowed)}, -cipher ${trials.ciphers}`, asNginx),
      handshakeEvidence(address, '-cipher ALL:@SECLEVEL=0', any),
      seenBy('nginx-config', 'nginx -T', lineText(config, use.pass.file, use.pass.line)),
    ],
    unlike: [
      ruledOut(
        'upstream-tls-sni',
        'the same handshake, with the same name, works once every version and cipher is allowed',
      ),
      ruledOut('upstream-tls-verify', 'the handshake ends before there is a certificate to reject'),
      ruledOut('protocol-mismatch', `it does speak TLS: ${any.version ?? ''}`),
    ],
    steps: [
      `better: let the backend speak TLSv1.2 or TLSv1.3 with today's ciphers${spoken.includes('TLSv1.3') && !onlyCiphers ? ', or let nginx use TLSv1.3' : ''}`,
      `${use.pass.file}:${use.pass.line}: ${settings.map(({ name, value }) => `${name} ${value};`).join(' ')}`,
      'nginx -t && systemctl reload nginx',
    ],
    ...(diff !== null && { diff }),
  }
}

function versionWords(spoken: readonly string[], any: Handshake, allowed: readonly string[]): string {
  return `the backend speaks ${listed(spoken.length > 0 ? spoken : [any.version ?? ''])}, nginx may use ${listed(allowed)}`
}

function cipherWords(offered: string, any: Handshake): string {
  return `they have no cipher in common: the backend takes ${any.cipher ?? ''} with ${any.version ?? ''}, nginx offers ${offered}`
}

function oldWords(spoken: readonly string[], any: Handshake): string {
  return `the backend speaks ${listed(spoken.length > 0 ? spoken : [any.version ?? ''])} only, which OpenSSL refuses at the security level of this host`
}

function protocolSettings(found: TlsCase, spoken: readonly string[], any: Handshake): readonly Setting[] {
  const allowed = found.trials.protocols.split(' ')
  const wanted = spoken.length > 0 ? spoken : [any.version ?? 'TLSv1.2']
  // The newest version the backend has is enough.
  const added = wanted.at(-1) ?? 'TLSv1.2'
  const value = VERSIONS.map(([, name]) => name).filter((name) => allowed.includes(name) || name === added)
  const settings = [{ name: `${found.tls.family}_ssl_protocols`, value: value.join(' ') }]
  return isOld(added) ? [...settings, oldCiphers(found)] : settings
}

/** OpenSSL 3 allows TLS before 1.2 only at security level 0 (SSL_CTX_set_security_level(3)). */
function isOld(version: string | null): boolean {
  return version === 'TLSv1' || version === 'TLSv1.1'
}

function oldCiphers({ tls }: TlsCase): Setting {
  return { name: `${tls.family}_ssl_ciphers`, value: 'DEFAULT:@SECLEVEL=0' }
}

function cipherSettings(found: TlsCase, any: Handshake): readonly Setting[] {
  const { tls, trials } = found
  if (isOld(any.version) || trials.ciphers === 'DEFAULT' || any.cipher === null) return [oldCiphers(found)]
  return [{ name: `${tls.family}_ssl_ciphers`, value: `${trials.ciphers}:${any.cipher}` }]
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}
