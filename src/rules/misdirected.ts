import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { endpointsOf, type EndpointUse } from '../nginx/config-endpoints.ts'
import { passesFor, pathOfPart } from '../nginx/location-match.ts'
import type { AnswerCount } from '../probes/access-log.ts'
import { serversLoggingTo } from '../symptoms/answering-servers.ts'
import { instantAgo } from '../symptoms/time.ts'
import { hostSent, nginxVersion, tlsOf, type UpstreamTls } from '../symptoms/upstream-tls.ts'
import { lineText } from './config-line.ts'
import { type Knowledge, seenBy } from './knowledge.ts'
import { type Setting, settingsDiff } from './location-diff.ts'
import { loadedSince } from './notice-course.ts'

type Seen = View<Knowledge, 'host' | 'nginx-config', 'nginx-build' | 'access-log' | 'nginx-processes'>

/** RFC 9110, 15.5.20: this server is not the one for that name over this connection. Apache and nginx mean the name in the TLS hello. */
const MISDIRECTED = 421

/** Fewer in ten minutes are the noise of the day. */
const LEAST = 10

interface Misdirected {
  readonly answer: AnswerCount
  readonly log: string
  readonly address: string
  readonly use: EndpointUse
  readonly tls: UpstreamTls
  /** The name in the Host header, which the hello does not have. */
  readonly name: string
}

/**
 * The handshake goes well, and the backend answers 421, because the name in the TLS hello is another than the one in the request, or none
 * (ssl_engine_kernel.c of Apache; ngx_http_process_request_header).
 */
export function misdirected(seen: Seen): Claim[] {
  const { 'access-log': access, 'nginx-config': config, 'nginx-build': build, 'nginx-processes': processes } = seen
  if (!access.known || !processes.known) return []
  const version = build.known ? nginxVersion(build.value) : null
  const endpoints = endpointsOf(config.model)
  const found = access.value.logs.flatMap((log) => {
    const [server, ...others] = serversLoggingTo(log.path, config.model)
    if (!server || others.length > 0) return []
    return log.answers
      .filter(({ status, count }) => status === MISDIRECTED && count >= LEAST)
      .flatMap((answer) => {
        const passes = passesFor(config.model, server, pathOfPart(server, answer.segment))
        return endpoints.flatMap(({ address, usedBy }) =>
          usedBy
            .filter((use) => passes.includes(use.pass))
            .flatMap((use): Misdirected[] => {
              const tls = tlsOf(use, version)
              const name = hostSent(use)
              return tls && name !== null && name !== tls.sni
                ? [{ answer, log: log.path, address, use, tls, name }]
                : []
            }),
        )
      })
  })
  return found
    .filter(({ answer }) => !loadedSince(answer, seen.host, processes.value))
    .slice(0, 1)
    .map((each) => claimOf(each, seen))
}

function claimOf({ answer, log, address, use, tls, name }: Misdirected, seen: Seen): Claim {
  const config = seen['nginx-config']
  const settings: Setting[] = [
    ...(tls.sendsName ? [] : [{ name: `${tls.family}_ssl_server_name`, value: 'on' }]),
    ...(tls.name === name ? [] : [{ name: `${tls.family}_ssl_name`, value: name }]),
  ]
  const diff = settingsDiff(config, use.pass, settings)
  const sent = tls.sni === '' ? 'no server name' : tls.sni
  return {
    summary: `${address} answers 421 (misdirected request) to ${answer.count} requests for ${name}: nginx sends ${sent} in the TLS hello (SNI), and ${name} in the request`,
    subject: { upstream: address, file: use.pass.file, line: use.pass.line },
    failingNow: true,
    impact: {
      count: answer.count,
      firstSeen: instantAgo(seen.host, answer.firstAgo),
      lastSeen: instantAgo(seen.host, answer.lastAgo),
      sites: use.serverNames.slice(0, 1),
      failingShare: null,
      intermittent: true,
    },
    evidence: [
      seenBy('access-log', `tail ${log}`, `421 on ${answer.segment ?? '/'}: ${answer.count} times`),
      seenBy('nginx-config', 'nginx -T', lineText(config, use.pass.file, use.pass.line)),
    ],
    unlike: [
      ruledOut('upstream-tls-verify', 'the handshake goes well: the backend answers a request'),
      ruledOut('upstream-tls-protocol', 'the handshake goes well: the backend answers a request'),
      notJudged('app-error', 'whether the application means something of its own by 421 was not asked'),
    ],
    steps: [
      `${use.pass.file}:${use.pass.line}: ${settings.map((each) => `${each.name} ${each.value};`).join(' ')}`,
      'nginx -t && systemctl reload nginx',
    ],
    ...(diff !== null && { diff }),
  }
}
