import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { View } from '../diagnosis/rule.ts'
import { inForce } from '../nginx/config-scope.ts'
import type { Pass } from '../nginx/config-passes.ts'
import { isOpen } from '../symptoms/course.ts'
import { clockAgo, instantAgo } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import {
  type Changed,
  changedEvidence,
  configAlike,
  type LoadSeen,
  reloadFix,
  unitOfMaster,
} from './changed-since-load.ts'
import { lineText } from './config-line.ts'
import { impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { handshakeEvidence, isFor, type TlsCase, tlsCase } from './tls-trials.ts'

type Seen = LoadSeen & View<Knowledge, never, 'backend-tls' | 'nginx-build'>

/** What decides how a handshake with a backend goes. */
const DECIDING = [
  'name',
  'server_name',
  'protocols',
  'ciphers',
  'verify',
  'trusted_certificate',
  'verify_depth',
] as const

/**
 * In requests of this moment nginx has no TLS connection with the backend, while a handshake as the configuration on disk says goes well: nginx has
 * other names, versions or authorities loaded, and a file that says how it speaks TLS there changed since.
 */
export function handshakeNotOnDisk(trouble: Trouble, changed: readonly Changed[], seen: Seen): Claim[] {
  if (!seen['backend-tls'].known) return []
  const found = tlsCase(
    trouble,
    ['tls-failed', 'tls-rejected'],
    seen['backend-tls'].value.backends,
    seen['nginx-build'],
  )
  const failsNow = trouble.live.some((each) => each.way === 'nginx' && each.status === 502 && each.nginxPage)
  if (!found || !failsNow || !goesWell(found)) return []
  const { pass } = found.use
  const files = new Set([pass.file, ...decidingFiles(pass)])
  const [first] = changed.filter(({ stat }) => files.has(stat.path))
  if (!first) return []
  const { address, tls, asNginx } = found
  const unit = unitOfMaster(seen)
  return [
    {
      summary: `nginx has no TLS connection with ${address}, which the configuration on disk would have: ${first.stat.path} changed at ${clockAgo(seen.host, first.ago)} and was not reloaded`,
      since: instantAgo(seen.host, first.ago),
      subject: { upstream: address, file: pass.file, line: pass.line, ...(unit && { unit: unit.id }) },
      failingNow: isOpen(trouble),
      about: troubleKey(trouble),
      impact: impactOf(trouble, seen.host),
      evidence: [
        ...troubleEvidence(trouble),
        handshakeEvidence(address, tls.sni === '' ? '-noservername' : `-servername ${tls.sni}`, asNginx),
        seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], pass.file, pass.line)),
        changedEvidence(first, seen),
      ],
      unlike: [
        configAlike(seen),
        ruledOut('upstream-tls-sni', `with the name on disk (${tls.sni || 'none'}) the handshake goes well`),
        ruledOut('upstream-tls-protocol', `with the versions and ciphers on disk it does: ${asNginx.version ?? 'TLS'}`),
        ruledOut('backend-down', `${address} takes TLS connections`),
      ],
      // What the running master has loaded cannot be read, only told from what it does.
      atMost: 'likely',
      ...reloadFix(seen),
    },
  ]
}

/** A certificate of nginx's own is not shown in our handshakes, so that they say nothing where it has one. */
function goesWell({ asNginx, tls, trials }: TlsCase): boolean {
  if (asNginx.outcome !== 'ok' || tls.presentsCertificate) return false
  if (!tls.verify) return true
  const code = (trials.trials.get('depth') ?? asNginx).verifyCode
  const { certificate } = asNginx
  return (
    !trials.trustUnreadable && code === 0 && certificate !== null && (tls.name === '' || isFor(tls.name, certificate))
  )
}

function decidingFiles({ scope, protocol }: Pass): readonly string[] {
  return DECIDING.flatMap((name) => inForce(scope, `${protocol}_ssl_${name}`)?.file ?? [])
}
