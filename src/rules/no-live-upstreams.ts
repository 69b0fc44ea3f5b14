import type { Claim, View } from '../diagnosis/rule.ts'
import type { Upstream } from '../nginx/config-upstreams.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { lineText } from './config-line.ts'
import { keptOut } from './kept-out.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'

type Seen = View<Knowledge, 'troubles' | 'host' | 'nginx-config', 'live-requests'>

/**
 * Symptom: every peer of the upstream is marked failed; why each failed is another cause.
 * It is a cause of its own only when the configuration leaves no peer: all are marked `down`, or
 * a long fail_timeout keeps them out although they are back (kept-out.ts).
 */
export const noLiveUpstreams = defineRule({
  id: 'no-live-upstreams',
  needs: ['troubles', 'host', 'nginx-config'],
  settles: ['live-requests'],
  judge: (seen) =>
    seen.troubles.filter((trouble) => trouble.kind === 'no-live').map((trouble) => claimOf(trouble, seen)),
})

function claimOf(trouble: Trouble, seen: Seen): Claim {
  const upstream = seen['nginx-config'].model.upstreams.find((each) => each.name === trouble.upstream)
  const allDown = upstream !== undefined && upstream.peers.length > 0 && upstream.peers.every((peer) => peer.down)
  const kept = upstream === undefined || allDown ? null : keptOut(trouble, upstream, seen)
  return {
    ...((allDown || kept !== null) && { kind: 'cause' as const }),
    summary: allDown
      ? `upstream ${upstream.name} has no peer left: all of them are marked down in ${upstream.file}`
      : (kept?.summary ?? `nginx holds every peer of ${trouble.upstream ?? 'an upstream'} for failed`),
    subject: {
      ...(trouble.upstream !== null && { upstream: trouble.upstream }),
      ...(upstream && { file: upstream.file, line: upstream.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      ...(upstream ? [seenBy('nginx-config', 'nginx -T', peersText(upstream, seen))] : []),
      ...(kept?.evidence ?? []),
    ],
    unlike: kept?.unlike ?? [],
    ...((upstream === undefined || kept !== null) && { atMost: 'likely' as const }),
    steps: allDown
      ? [
          `take "down" off the peers that are to serve (${upstream.file}:${upstream.peers[0]?.line ?? upstream.line})`,
          'nginx -t && systemctl reload nginx',
        ]
      : (kept?.steps ?? ['mend what makes each peer fail: see the errors with an address of its own']),
  }
}

function peersText(upstream: Upstream, seen: Seen): string {
  return upstream.peers
    .slice(0, 8)
    .map((peer) => lineText(seen['nginx-config'], peer.file, peer.line))
    .join('\n')
}
