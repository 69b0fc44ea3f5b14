import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Peer, Upstream } from '../nginx/config-upstreams.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { inWords } from '../symptoms/time.ts'
import { type Knowledge, liveEvidence } from './knowledge.ts'

type Seen = View<Knowledge, 'troubles' | 'nginx-config', 'live-requests'>

/** nginx's own fail_timeout is 10 s (ngx_http_upstream_module): out for so long is nobody's outage. */
const LONG_SECONDS = 30

/** Failures that are over as soon as the peer takes a connection again; a late or broken answer may be one page's. */
const connecting: readonly Trouble['kind'][] = [
  'refused',
  'socket-refused',
  'socket-absent',
  'connect-timeout',
  'unreachable',
  'denied',
  'queue-full',
]

/**
 * Every peer is there again, answers when it is asked without nginx, and nginx does not ask: what made them fail was short, and fail_timeout
 * is long. null when that is not seen of each of them.
 */
export function keptOut(
  trouble: Trouble,
  upstream: Upstream,
  seen: Seen,
): Pick<Claim, 'summary' | 'evidence' | 'unlike' | 'steps'> | null {
  const out = upstream.peers.filter(({ down }) => !down)
  const shortest = Math.min(...out.map(({ failTimeoutSeconds }) => failTimeoutSeconds))
  if (trouble.course !== 'now' || out.length === 0 || shortest < LONG_SECONDS) return null
  const failures = seen.troubles.filter(
    (each) => each.address !== null && each.kind !== 'no-live' && each.upstream === upstream.name && each.count > 0,
  )
  if (failures.length === 0 || !failures.every(({ kind }) => connecting.includes(kind))) return null
  const failed = new Set(failures.map(({ address }) => address))
  const answers = [...failed].map((address) => trouble.live.find((each) => each.endpoint === address && isWell(each)))
  const well = answers.filter((answer) => answer !== undefined)
  const unseen = trouble.endpoints.filter(({ address }) => !trouble.live.some((each) => each.endpoint === address))
  if (well.length < answers.length || failed.size < out.length || unseen.length > 0) return null
  const [peer] = out
  return {
    summary: `every peer of ${upstream.name} answers again, and nginx asks none of them: fail_timeout keeps a failed one out for ${inWords(shortest)}${peer ? ` (${peer.file}:${peer.line})` : ''}`,
    evidence: well.slice(0, 3).map(liveEvidence),
    unlike: [
      ruledOut('backend-down', `asked straight, ${well.map(({ endpoint }) => endpoint).join(' and ')} answer`),
      ruledOut('backend-crashed', 'they failed to connect, and connect now'),
    ],
    steps: stepsFor(peer),
  }
}

function isWell({ way, status, exitCode }: LiveAnswer): boolean {
  if (way === 'connect') return exitCode === 0
  return way === 'direct' && status !== null && status < 500
}

function stepsFor(peer: Peer | undefined): readonly string[] {
  return [
    'systemctl reload nginx   # new workers ask every peer again',
    `lower fail_timeout (nginx has 10 s by itself), so that a short outage does not last${peer ? `: ${peer.file}:${peer.line}` : ''}`,
  ]
}
