import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Pass } from '../nginx/config-passes.ts'
import type { PathMapping } from '../probes/path-mapping.ts'
import { instantAgo } from '../symptoms/time.ts'
import type { PathRewrite } from '../symptoms/path-rewrite.ts'
import { lineText } from './config-line.ts'
import { type Knowledge, seenBy } from './knowledge.ts'

type Seen = View<Knowledge, 'nginx-config' | 'host', never>

/** So many 404 in ten minutes, and nothing else, are no stray links. */
const MOST_STRAY = 5

/**
 * With a URI in proxy_pass nginx passes on the path as it has normalized it, "%2F" decoded and slashes merged (ngx_http_proxy_module,
 * merge_slashes): no backend can get "%2F" through such a location, and what it names so is not found.
 */
export function isSlashDecoded({ encoded }: PathMapping, pass: Pass, rewrite: PathRewrite): boolean {
  const normalized = pass.uri !== null && !rewrite.whole && rewrite.expression === undefined
  return normalized && encoded.notFound >= MOST_STRAY && encoded.good === 0
}

export function decodedSlash({ prefix }: PathRewrite, mapping: PathMapping, pass: Pass, seen: Seen): Claim {
  const { encoded, address, log } = mapping
  return {
    summary: `requests with %2F below ${prefix} are answered 404: the path behind proxy_pass ${pass.text} makes nginx decode it, and the backend gets a slash`,
    subject: { upstream: address, file: pass.file, line: pass.line, path: prefix },
    failingNow: false,
    impact: {
      count: encoded.notFound,
      firstSeen: instantAgo(seen.host, 600),
      lastSeen: instantAgo(seen.host, 0),
      sites: pass.server?.names ?? [],
      failingShare: null,
      intermittent: false,
    },
    evidence: [
      seenBy(
        'path-mapping',
        `grep '${prefix}' ${log} | grep -i %2F`,
        `${encoded.notFound} requests in ten minutes with %2F in their path are answered 404, and none with anything else`,
      ),
      seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], pass.file, pass.line)),
    ],
    unlike: [
      ruledOut('app-error', 'it answers 404 and no 5xx'),
      notJudged('proxy-pass-path', 'whether the backend knows these paths with %2F was not asked'),
    ],
    steps: [
      `let the application itself serve its pages below ${prefix} (most have a setting for that), and take the path away in ${pass.file}:${pass.line}: without one nginx passes %2F on as it came`,
      'nginx -t && systemctl reload nginx',
    ],
  }
}
