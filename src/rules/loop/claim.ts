import { notJudged, ruledOut, type Claim, type LookAlike } from '../../diagnosis/rule.ts'
import type { Endpoint } from '../../nginx/config-endpoints.ts'
import type { Loop } from '../../nginx/config-loop.ts'
import { lineText } from '../config-line.ts'
import { badAnswers } from '../consequences.ts'
import {
  eventEvidence,
  impactOf,
  impactOfEvent,
  liveEvidence,
  seenBy,
  troubleEvidence,
  troubleKey,
} from '../knowledge.ts'
import { listenersAt, listenerText } from '../listening.ts'
import type { Forwarder } from '../forwarder.ts'
import type { LoopSeen, LoopSigns } from './signs.ts'

export function loopClaim(
  endpoint: Endpoint,
  loop: Loop,
  { trouble, event, failing, forwarder }: LoopSigns,
  seen: LoopSeen,
): Claim {
  const config = seen['nginx-config']
  const hurts = trouble !== undefined || event !== undefined || failing !== undefined
  const itself = forwarder ? `${forwarder.host}:${forwarder.port}` : endpoint.address
  const [listener] = endpoint.unix === null ? listenersAt(itself, seen.sockets) : []
  const open = seen.sockets.connections
    .filter((each) => each.peer === endpoint.address)
    .reduce((sum, each) => sum + each.count, 0)
  const impact = trouble ? impactOf(trouble, seen.host) : event ? impactOfEvent(event, seen.host) : null
  const site = endpoint.usedBy[0]?.serverNames[0]
  return {
    ...(!hurts && { kind: 'latent' as const }),
    summary: `nginx passes ${site ?? 'requests'} to itself: ${forwarder ? `${passer(forwarder)} ${endpoint.address} ${forwarder.by === 'process' ? 'passes everything on' : 'leads'} to ${itself}, ` : `${endpoint.address} is `}its own listener, and the request comes back to ${loop.hops[0]?.pass.file ?? ''}:${loop.hops[0]?.pass.line ?? ''}`,
    subject: {
      upstream: endpoint.address,
      ...(site !== undefined && { site }),
      file: endpoint.file,
      line: endpoint.line,
    },
    failingNow: hurts,
    ...(trouble && { about: troubleKey(trouble) }),
    explains: [
      ...badAnswers,
      'worker-connections',
      'port-exhaustion',
      'fd-limit',
      'host-overloaded',
      'no-live-upstreams',
    ],
    impact,
    evidence: [
      ...(trouble ? troubleEvidence(trouble) : []),
      ...(event ? [eventEvidence(event)] : []),
      ...(failing ? [liveEvidence(failing)] : []),
      seenBy(
        'nginx-config',
        'nginx -T',
        [
          lineText(config, endpoint.file, endpoint.line),
          ...loop.hops.map(
            ({ server, path }) =>
              `${server.names[0] ?? 'the default server'}${path} is answered at ${server.file}:${server.line}`,
          ),
        ].join('\n'),
      ),
      ...(forwarder ? [forwarderEvidence(forwarder)] : []),
      endpoint.unix === null
        ? seenBy('sockets', 'ss -Htanp', `${listener ? listenerText(listener) : ''}\n${open} connections to it`)
        : seenBy('unix-sockets', 'ss -Hlxp', `${endpoint.unix} (nginx)`),
    ],
    unlike: [
      portsAlike(open, seen),
      loop.unsure
        ? notJudged('worker-connections', 'a regular expression may choose another server or location')
        : ruledOut('worker-connections', 'one request takes connections until none is left, whatever their number'),
    ],
    // That a command line which says where it leads does so is not seen on the wire.
    ...(forwarder && { atMost: 'likely' as const }),
    steps: forwarder
      ? [
          `${forwarder.by === 'process' ? `let the forwarder at ${endpoint.address} lead to the backend` : 'delete the rule, or let it lead to the backend'}, not to ${itself}, which is nginx itself: ${forwarder.text}`,
        ]
      : [
          `write the backend's address in ${endpoint.file}:${endpoint.line}: ${endpoint.address} is nginx itself`,
          'nginx -t && systemctl reload nginx',
        ],
  }
}

function passer({ by }: Forwarder): string {
  return by === 'process' ? 'what listens on' : 'a nat rule is on the way:'
}

function forwarderEvidence({ by, text }: Forwarder): ReturnType<typeof seenBy> {
  if (by === 'process') return seenBy('backend-units', 'ps -o pid,args', text)
  return seenBy('firewall', by === 'nft' ? 'nft list ruleset' : `${by}-save`, text)
}

function portsAlike(open: number, seen: LoopSeen): LookAlike {
  const limits = seen['kernel-limits']
  if (!limits.known) return ruledOut('port-exhaustion', 'each request opens the next one, so ports run out by the loop')
  return ruledOut(
    'port-exhaustion',
    `${open} connections to itself of ${limits.value.ephemeralPorts} local ports, made by the loop`,
  )
}
