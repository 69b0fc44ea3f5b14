import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Pass } from '../nginx/config-passes.ts'
import type { PathMapping } from '../probes/path-mapping.ts'
import { type PathRewrite, pathRewriteOf, rewritten } from '../symptoms/path-rewrite.ts'
import { instantAgo } from '../symptoms/time.ts'
import { lineText } from './config-line.ts'
import { defineRule, type Knowledge, seenBy } from './knowledge.ts'
import { passDiff } from './location-diff.ts'

type Seen = View<Knowledge, 'nginx-config' | 'path-mapping' | 'host', never>

/** So many 404 in ten minutes, and nothing else, are no stray links. */
const MOST_STRAY = 5

/**
 * Latent: a slash too many or too few behind the address of proxy_pass makes the backend see a path that it does not serve.
 * Tell-tale: every request to that location is answered 404; straight at the backend the path nginx makes is 404 too, and the one it
 * would make with (or without) the slash is not. Or the two ends do not fit: "/api/" and "/v1" make "/v1cart" of "/api/cart".
 * Look-alikes: app-error (the application fails by itself: 5xx).
 */
export const proxyPassPath = defineRule({
  id: 'proxy-pass-path',
  needs: ['nginx-config', 'path-mapping', 'host'],
  judge: (seen) =>
    seen['nginx-config'].model.passes.flatMap((pass) => {
      const rewrite = pathRewriteOf(pass)
      const mapping = seen['path-mapping'].mappings.find(
        (each) => each.prefix === rewrite?.prefix && each.mapped === rewrite.mapped && each.other === rewrite.other,
      )
      const found = rewrite && mapping ? judgeMapping(mapping, rewrite) : null
      return rewrite && mapping && found ? [claimOf(pass, rewrite, mapping, found, seen)] : []
    }),
})

/** proven: the backend serves the other path. fitting: only that the ends do not meet, and everything is 404. */
function judgeMapping(mapping: PathMapping, rewrite: PathRewrite): 'proven' | 'fitting' | null {
  const { counts, mappedStatus, otherStatus } = mapping
  if (!counts || counts.notFound < MOST_STRAY || counts.good > 0) return null
  if (mappedStatus === 404 && otherStatus !== null && serves(otherStatus)) return 'proven'
  return rewrite.uneven ? 'fitting' : null
}

function serves(status: number): boolean {
  return status >= 200 && status < 500 && status !== 404 && status !== 400
}

function claimOf(
  pass: Pass,
  rewrite: PathRewrite,
  mapping: PathMapping,
  found: 'proven' | 'fitting',
  seen: Seen,
): Claim {
  const example = `${rewrite.prefix.replace(/\/$/, '')}/cart`
  const now = rewritten(example, rewrite, pass.uri)
  const diff =
    rewrite.otherPass === null ? null : passDiff(seen['nginx-config'], pass, [`proxy_pass ${rewrite.otherPass};`])
  const count = mapping.counts?.notFound ?? 0
  return {
    summary: `every request below ${rewrite.prefix} is answered 404: proxy_pass ${pass.text} makes ${now} of ${example}, which the backend does not serve`,
    subject: { upstream: mapping.address, file: pass.file, line: pass.line, path: rewrite.prefix },
    failingNow: false,
    impact: {
      count,
      firstSeen: instantAgo(seen.host, 600),
      lastSeen: instantAgo(seen.host, 0),
      sites: pass.server?.names ?? [],
      failingShare: null,
      intermittent: false,
    },
    evidence: [
      seenBy(
        'path-mapping',
        `grep '${rewrite.prefix}' ${mapping.log}`,
        `${count} of ${mapping.counts?.all ?? 0} requests in ten minutes are answered 404`,
      ),
      seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], pass.file, pass.line)),
      ...(mapping.mappedStatus === null
        ? []
        : [
            seenBy('path-mapping', `curl http://${mapping.address}${mapping.mapped}`, `HTTP ${mapping.mappedStatus}`),
            seenBy(
              'path-mapping',
              `curl http://${mapping.address}${mapping.other}`,
              `HTTP ${mapping.otherStatus ?? 'nothing'}`,
            ),
          ]),
    ],
    unlike: [ruledOut('app-error', 'it answers 404 and no 5xx, and another path at once')],
    ...(found === 'fitting' && { atMost: 'likely' as const }),
    steps: [
      rewrite.otherPass === null
        ? `${pass.file}:${pass.line}: write the location with a slash at its end (${rewrite.prefix}/) and one behind the address of proxy_pass`
        : `${pass.file}:${pass.line}: proxy_pass ${rewrite.otherPass};   # ${example} becomes ${rewritten(example, rewrite, otherUri(pass, rewrite))}`,
      'nginx -t && systemctl reload nginx',
    ],
    ...(diff !== null && { diff }),
  }
}

/** The URI of the other proxy_pass. */
function otherUri(pass: Pass, rewrite: PathRewrite): string | null {
  if (pass.uri === null) return '/'
  return rewrite.otherPass === `${pass.text}/` ? `${pass.uri}/` : null
}
