import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { inForce, type Scope } from '../nginx/config-scope.ts'
import { instantAgo } from '../symptoms/time.ts'
import { lineText } from './config-line.ts'
import { sizeOf } from './header-buffer.ts'
import { type Knowledge, seenBy } from './knowledge.ts'
import { loadedSince } from './notice-course.ts'
import type { QuietRefusal } from './quiet-refusals.ts'

type Seen = View<Knowledge, 'host' | 'nginx-config' | 'nginx-processes', never>

/** nginx says it at level error (ngx_http_core_module.c, ngx_http_request_body.c). */
export function refusesWith413(scope: Scope, status: number): string | null {
  const limit = sizeOf(inForce(scope, 'client_max_body_size')?.value)
  return status === 413 && limit !== 0 ? 'error' : null
}

/** The error log there does not take what nginx says of it: the access log alone has the 413, and a backend may have given them. */
export function quietClaim({ server, scope, answer, log }: QuietRefusal, seen: Seen): Claim {
  const limit = inForce(scope, 'client_max_body_size')
  const place = limit?.file != null ? { file: limit.file, line: limit.line ?? 1 } : null
  const own = answer.noUpstream === answer.count
  return {
    summary: `${answer.count} requests to ${server.names[0] ?? 'a server without a name'}${answer.segment ?? '/'} are answered 413; client_max_body_size is ${limit?.value ?? '1m'}${place ? ` (${place.file}:${place.line})` : ', the default'}, and the error log there takes no line about it`,
    subject: place ?? { file: server.file, line: server.line },
    failingNow: !loadedSince(answer, seen.host, seen['nginx-processes']),
    impact: {
      count: answer.count,
      firstSeen: instantAgo(seen.host, answer.firstAgo),
      lastSeen: instantAgo(seen.host, answer.lastAgo),
      sites: server.names.slice(0, 1),
      failingShare: null,
      intermittent: true,
    },
    evidence: [
      seenBy('access-log', `tail ${log}`, `413 on ${answer.segment ?? '/'}: ${answer.count} times`),
      ...(place ? [seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], place.file, place.line))] : []),
    ],
    unlike: [
      own
        ? ruledOut('app-error', 'the access log says that no backend was asked')
        : notJudged(
            'app-error',
            'the access log does not say whether the backend was asked, which may have a limit of its own',
          ),
    ],
    ...(!own && place === null && { atMost: 'possible' as const }),
    steps: [
      'if such uploads are wanted, raise client_max_body_size where they go, then nginx -t && systemctl reload nginx',
      'let the error log take level error there: then nginx says how much was sent',
    ],
  }
}
