import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged } from '../diagnosis/rule.ts'
import { inForce } from '../nginx/config-scope.ts'
import type { Server } from '../nginx/config-servers.ts'
import { serversLoggingTo } from '../symptoms/answering-servers.ts'
import { instantAgo } from '../symptoms/time.ts'
import { lineText } from './config-line.ts'
import { type Knowledge, seenBy } from './knowledge.ts'

type Seen = View<Knowledge, 'host' | 'nginx-config', 'access-log'>

const HTTPS = 443

/** Scanners send a few requests that are none to any port. */
const FEW = 10

/**
 * A server with a certificate listens on the port of https without `ssl`: the hello of its visitors is no request to nginx, which answers 400
 * and logs one without a path. The catalogue has no cause for it, and a balancer in front may end TLS there: told as possible, so that the
 * host is not called healthy.
 */
export function plainForTls(seen: Seen): Claim[] {
  const access = seen['access-log']
  const { model } = seen['nginx-config']
  if (!access.known) return []
  const secured = model.servers.some(({ listens }) => listens.some(({ ssl, port }) => ssl && port === HTTPS))
  const plain = secured ? [] : model.servers.filter(isPlain)
  return access.value.logs.flatMap((log): Claim[] => {
    const server = plain.find((each) => serversLoggingTo(log.path, model).includes(each))
    const answer = log.answers.find(({ status, segment, count }) => status === 400 && segment === null && count >= FEW)
    const listen = server?.listens.find(({ port }) => port === HTTPS)
    if (!server || !answer || listen?.file == null) return []
    const line = listen.line ?? 1
    const name = server.names[0] ?? 'a server without a name'
    return [
      {
        summary: `${answer.count} visitors of ${name} were answered 400 to what is no HTTP request: ${listen.file}:${line} listens on ${HTTPS} without ssl, although the server has a certificate`,
        subject: { file: listen.file, line },
        failingNow: true,
        impact: {
          count: answer.count,
          firstSeen: instantAgo(seen.host, answer.firstAgo),
          lastSeen: instantAgo(seen.host, answer.lastAgo),
          sites: server.names.slice(0, 1),
          failingShare: null,
          intermittent: false,
        },
        evidence: [
          seenBy('access-log', `grep ' 400 ' ${log.path}`, `${answer.count} requests without a path are answered 400`),
          seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], listen.file, line)),
        ],
        unlike: [notJudged('app-error', 'what was sent to that port is not in the log')],
        atMost: 'possible',
        steps: [`add ssl to the listen at ${listen.file}:${line}`, 'nginx -t && systemctl reload nginx'],
      },
    ]
  })
}

function isPlain({ protocol, scope, listens }: Server): boolean {
  return (
    protocol === 'http' &&
    listens.some(({ port, ssl, udp }) => port === HTTPS && !ssl && !udp) &&
    inForce(scope, 'ssl_certificate') !== null
  )
}
