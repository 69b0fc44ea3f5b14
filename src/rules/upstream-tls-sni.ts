import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { inForce } from '../nginx/config-scope.ts'
import type { Handshake } from '../probes/backend-tls.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { lineText } from './config-line.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { type Setting, settingsDiff } from './location-diff.ts'
import { misdirected } from './misdirected.ts'
import { byName, handshakeEvidence, isFor, isRefused, type TlsCase, tlsCase } from './tls-trials.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'nginx-config' | 'backend-tls',
  'nginx-build' | 'access-log' | 'nginx-processes'
>

/**
 * Cause: the backend needs a server name (SNI) that nginx does not send, or another one than nginx sends.
 * Tell-tale: the handshake fails, or brings a certificate for somebody else, as nginx makes it; with a name, all else alike, it works. Or the
 * backend itself says that it does not know the name.
 * Look-alikes: upstream-tls-verify (the right certificate is rejected), upstream-tls-protocol (no name helps).
 */
export const upstreamTlsSni = defineRule({
  id: 'upstream-tls-sni',
  needs: ['troubles', 'host', 'nginx-config', 'backend-tls'],
  settles: ['nginx-build', 'access-log', 'nginx-processes'],
  judge: (seen) => [...seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)), ...misdirected(seen)],
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const found = tlsCase(
    trouble,
    ['tls-failed', 'tls-rejected', 'gateway-error'],
    seen['backend-tls'].backends,
    seen['nginx-build'],
  )
  if (!found) return []
  const helping = byName(found).find(({ name, handshake }) => name !== found.tls.sni && helps(name, handshake, found))
  if (helping) return [claimOf(trouble, found, helping.name, helping.handshake, seen)]
  return refusesName(found) ? [unknownName(trouble, found, seen)] : []
}

/** unrecognized_name (112) is about the name and nothing else (RFC 6066, section 3), whatever versions and ciphers it came with. */
function refusesName({ asNginx, trials }: TlsCase): boolean {
  const any = trials.trials.get('any')
  return isRefused(asNginx) && [asNginx, ...(any ? [any] : [])].every(({ message }) => UNRECOGNIZED.test(message))
}

const UNRECOGNIZED = /unrecognized name|SSL alert number 112\b/

/** The backend does not know the name, and which one it knows it does not say. */
function unknownName(trouble: Trouble, { address, use, tls, asNginx }: TlsCase, seen: Seen): Claim {
  const setting = inForce(use.pass.scope, `${tls.family}_ssl_name`)
  const written = setting?.file != null ? { file: setting.file, line: setting.line ?? 1 } : null
  const place = written ?? { file: use.pass.file, line: use.pass.line }
  const sent = tls.sni === '' ? 'nginx sends none' : `nginx sends ${tls.sni}`
  return {
    summary: `${address} needs another server name (SNI): ${sent}${written ? ` (${written.file}:${written.line})` : ''}, and the backend answers that it does not know it`,
    subject: { upstream: address, ...place },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      handshakeEvidence(address, tls.sni === '' ? '-noservername' : `-servername ${tls.sni}`, asNginx),
      seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], place.file, place.line)),
    ],
    unlike: [
      ruledOut('upstream-tls-verify', 'the handshake ends before there is a certificate to reject'),
      ruledOut('upstream-tls-protocol', 'the alert is about the name (112), with every version and cipher allowed too'),
    ],
    // A name with which it works would prove it.
    atMost: 'likely',
    steps: [
      `see which names the backend has a certificate for, in its own configuration`,
      `openssl s_client -connect ${address} -servername NAME </dev/null   # must bring a certificate`,
      `${place.file}:${place.line}: ${tls.sendsName ? '' : `${tls.family}_ssl_server_name on; `}${tls.family}_ssl_name NAME;`,
      'nginx -t && systemctl reload nginx',
    ],
  }
}

/** The handshake works for the first time, or the certificate is now one for the name, and the chain is trusted. */
function helps(name: string, handshake: Handshake, { asNginx, tls }: TlsCase): boolean {
  if (handshake.outcome !== 'ok') return false
  if (isRefused(asNginx)) return true
  if (!tls.verify || !handshake.certificate || !asNginx.certificate || asNginx.verifyCode === 0) return false
  // 62: the name that nginx compares now is another one; the name in the fix is the one that fits.
  const trusted = handshake.verifyCode === 0 || handshake.verifyCode === 62
  const different =
    handshake.certificate.subject !== asNginx.certificate.subject ||
    handshake.certificate.notAfter !== asNginx.certificate.notAfter
  return trusted && different && isFor(name, handshake.certificate)
}

function claimOf(trouble: Trouble, found: TlsCase, name: string, handshake: Handshake, seen: Seen): Claim {
  const { address, use, tls, asNginx } = found
  const config = seen['nginx-config']
  const settings: Setting[] = [
    ...(tls.sendsName ? [] : [{ name: `${tls.family}_ssl_server_name`, value: 'on' }]),
    ...(tls.name === name ? [] : [{ name: `${tls.family}_ssl_name`, value: name }]),
  ]
  const diff = settingsDiff(config, use.pass, settings)
  const sent = tls.sni === '' ? 'nginx sends no server name' : `nginx sends ${tls.sni}`
  const what = asNginx.outcome === 'failed' ? 'ends the TLS handshake' : 'answers with a certificate that is not for it'
  return {
    summary: `${address} needs the server name ${name} (SNI), ${sent}: the backend ${what}`,
    subject: { upstream: address, file: use.pass.file, line: use.pass.line },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      handshakeEvidence(address, tls.sni === '' ? '-noservername' : `-servername ${tls.sni}`, asNginx),
      handshakeEvidence(address, `-servername ${name}`, handshake),
      seenBy('nginx-config', 'nginx -T', lineText(config, use.pass.file, use.pass.line)),
    ],
    unlike: [
      ruledOut(
        'upstream-tls-verify',
        asNginx.outcome === 'failed'
          ? 'the handshake ends before there is a certificate to reject'
          : `the certificate that comes with the name ${name} is trusted and made for it`,
      ),
      ruledOut(
        'upstream-tls-protocol',
        `with the name alone the same versions and ciphers work: ${handshake.version ?? 'TLS'}`,
      ),
    ],
    steps: [
      `${use.pass.file}:${use.pass.line}: ${settings.map((each) => `${each.name} ${each.value};`).join(' ')}`,
      'nginx -t && systemctl reload nginx',
    ],
    ...(diff !== null && { diff }),
  }
}
