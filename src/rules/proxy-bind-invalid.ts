import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { kindOf } from '../nginx/messages.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { type BoundAddress, boundFor } from './bound-address.ts'
import { lineText, replaceInLine } from './config-line.ts'
import { defineRule, impactOf, type Knowledge, liveEvidence, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'

type Seen = View<Knowledge, 'troubles' | 'host' | 'nginx-config', 'live-requests'>

/**
 * Cause: proxy_bind (fastcgi_bind, uwsgi_bind ...) names a local address that this host does not have.
 * Tell-tale: bind(ADDRESS) failed (99) at any load, and ip addr without that address. Where the kernel lets it through (ip_nonlocal_bind,
 * ip-sysctl.rst) the connection fails instead (113, a time-out), and one from the host's own address does not.
 * Look-alikes: port-exhaustion (99 of connect() itself, only while thousands of connections exist), bind-privilege (that is `listen`).
 */
export const proxyBindInvalid = defineRule({
  id: 'proxy-bind-invalid',
  needs: ['troubles', 'host', 'nginx-config'],
  settles: ['live-requests'],
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const kinds: readonly Trouble['kind'][] = ['no-local-port', 'gateway-error']
  const bound = boundFor(trouble, seen.host)
  if (bound?.state !== 'foreign') return []
  if (kinds.includes(trouble.kind)) return [claimOf(trouble, bound, seen)]
  const answered = answersOtherwise(trouble, seen)
  if (!LET_THROUGH.has(trouble.kind) || bound.written !== bound.address || answered === null) return []
  const claim = claimOf(trouble, bound, seen)
  const direct = `asked from an address of this host it answers: ${answered.text}`
  return [
    {
      ...claim,
      evidence: [...claim.evidence, answered],
      unlike: [
        ruledOut('host-unreachable', direct),
        notJudged('firewall-blocked', 'a filter on the way may let the answers of one address pass only'),
      ],
      atMost: 'likely',
    },
  ]
}

/** How a connection fails whose answers go to somebody else. */
const LET_THROUGH: ReadonlySet<Trouble['kind']> = new Set(['unreachable', 'connect-timeout'])

function answersOtherwise({ address }: Trouble, { 'live-requests': live }: Seen): Evidence | null {
  const direct = live.known
    ? live.value.answers.find(
        ({ way, endpoint, status, exitCode }) =>
          way !== 'nginx' && endpoint === address && (status !== null || (way === 'connect' && exitCode === 0)),
      )
    : undefined
  return direct ? liveEvidence(direct) : null
}

function claimOf(trouble: Trouble, bound: BoundAddress, seen: Seen): Claim {
  const { file, line } = bound.directive
  const config = seen['nginx-config']
  const atBind = trouble.groups.some((group) => kindOf(group.line) === 'proxy-bind-failed')
  const diff = replaceInLine(config, file, line, bound.written, 'off')
  return {
    summary: `${bound.name} ${bound.written}${bound.written === bound.address ? '' : `, ${bound.address} here,`} (${file}:${line}) is no address of this host, so nginx cannot connect to ${trouble.address ?? 'the backend'}`,
    subject: { ...(trouble.address !== null && { upstream: trouble.address }), file, line },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    explains: ['port-exhaustion'],
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('nginx-config', 'nginx -T', lineText(config, file, line)),
      seenBy('host', 'ip -o addr', seen.host.addresses.join(' ')),
    ],
    unlike: [
      atBind
        ? ruledOut('port-exhaustion', 'it is bind() to that address that fails, before any port is looked for')
        : notJudged('port-exhaustion', 'no log line says whether bind() or connect() fails'),
      ruledOut('bind-privilege', `nginx runs and listens; ${bound.name} is about connections to the backend`),
    ],
    steps: [
      `take ${bound.name} out of ${file}:${line}, or write an address that this host has: ${seen.host.addresses.filter((each) => !/^(?:127\.|::1$|fe80)/.test(each)).join(', ')}`,
      `or give this host the address: ip addr add ${bound.address} dev THE-LINK   # when it is meant to have it`,
      'nginx -t && systemctl reload nginx',
    ],
    ...(diff !== null && { diff }),
  }
}
