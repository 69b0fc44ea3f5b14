import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Pass } from '../nginx/config-passes.ts'
import type { PathMapping } from '../probes/path-mapping.ts'
import { type PathRewrite, pathRewritesOf, rewritten } from '../symptoms/path-rewrite.ts'
import { instantAgo } from '../symptoms/time.ts'
import { insertAfterLine, lineText, replaceInLine } from './config-line.ts'
import { defineRule, type Knowledge, seenBy } from './knowledge.ts'
import { decodedSlash, isSlashDecoded } from './encoded-slash.ts'
import { passDiff } from './location-diff.ts'

type Seen = View<Knowledge, 'nginx-config' | 'path-mapping' | 'host', never>

/** So many 404 in ten minutes, and nothing else, are no stray links. */
const MOST_STRAY = 5

/**
 * Latent: a slash too many or too few behind the address of proxy_pass makes the backend see a path that it does not serve.
 * Tell-tale: every request to that location is answered 404; straight at the backend the path nginx makes is 404 too, and the one it
 * would make with (or without) the slash is not. Or the two ends do not fit: "/api/" and "/v1" make "/v1cart" of "/api/cart".
 * Or only paths with %2F are not found, which nginx decodes before it passes them on (encoded-slash.ts).
 * Look-alikes: app-error (the application fails by itself: 5xx).
 */
export const proxyPassPath = defineRule({
  id: 'proxy-pass-path',
  needs: ['nginx-config', 'path-mapping', 'host'],
  judge: (seen) =>
    seen['nginx-config'].model.passes.flatMap((pass) => {
      const judged = pathRewritesOf(pass).flatMap((rewrite) => {
        const mapping = mappingOf(rewrite, seen)
        const found = mapping ? judgeMapping(mapping, rewrite) : null
        return mapping && found ? [{ rewrite, mapping, found }] : []
      })
      const best = judged.find(({ found }) => found === 'proven') ?? judged[0]
      return best ? [claimOf(pass, best.rewrite, best.mapping, best.found, seen)] : decoded(pass, seen)
    }),
})

function mappingOf(rewrite: PathRewrite, seen: Seen): PathMapping | undefined {
  return seen['path-mapping'].mappings.find(
    (each) => each.prefix === rewrite.prefix && each.mapped === rewrite.mapped && each.other === rewrite.other,
  )
}

/** The path fits, and only what is written with %2F is not found. */
function decoded(pass: Pass, seen: Seen): Claim[] {
  const found = pathRewritesOf(pass).flatMap((rewrite) => {
    const mapping = mappingOf(rewrite, seen)
    return mapping && isSlashDecoded(mapping, pass, rewrite) ? [decodedSlash(rewrite, mapping, pass, seen)] : []
  })
  return found.slice(0, 1)
}

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
  const diff = diffFor(pass, rewrite, found, seen)
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
      rewrite.expression !== undefined
        ? `${pass.file}:${pass.line}: ${cutOff(rewrite.expression)}   # ${example} becomes /cart; proxy_pass may have no path in such a location`
        : rewrite.otherPrefix !== null
          ? `${pass.location?.file ?? pass.file}:${pass.location?.line ?? pass.line}: location ${rewrite.otherPrefix};   # ${example} becomes ${rewritten(example, { ...rewrite, prefix: rewrite.otherPrefix }, pass.uri)}`
          : rewrite.otherPass === null
            ? `${pass.file}:${pass.line}: write the location with a slash at its end (${rewrite.prefix}/) and one behind the address of proxy_pass`
            : `${pass.file}:${pass.line}: proxy_pass ${rewrite.otherPass};   # ${example} becomes ${rewritten(example, rewrite, otherUri(pass, rewrite))}`,
      'nginx -t && systemctl reload nginx',
    ],
    ...(diff !== null && { diff }),
  }
}

/** proxy_pass takes no URI below a regular expression, so that the prefix is taken off by a rewrite that stays in the location. */
function cutOff(expression: string): string {
  return `rewrite ${expression.replace(/\(?\.\*\)?\$?$/, '')}(.*)$ /$1 break;`
}

/** The way that is shown is the one that the backend serves; where that was not seen, nobody knows which of two it would be. */
function diffFor(
  pass: Pass,
  { prefix, otherPass, otherPrefix, uneven, expression }: PathRewrite,
  found: 'proven' | 'fitting',
  seen: Seen,
) {
  const config = seen['nginx-config']
  if (found === 'fitting' && uneven && !prefix.endsWith('/')) return null
  if (expression !== undefined) return insertAfterLine(config, pass.file, pass.line, [cutOff(expression)])
  if (otherPass !== null) return passDiff(config, pass, [`proxy_pass ${otherPass};`])
  const { location } = pass
  const taken = pass.server?.locations.some((each) => each.path === otherPrefix) ?? true
  if (otherPrefix === null || location === null || taken) return null
  return (
    ['', ' ']
      .map((gap) => replaceInLine(config, location.file, location.line, `${prefix}${gap}{`, `${otherPrefix}${gap}{`))
      .find((diff) => diff !== null) ?? null
  )
}

/** The URI of the other proxy_pass. */
function otherUri(pass: Pass, rewrite: PathRewrite): string | null {
  if (pass.uri === null) return '/'
  return rewrite.otherPass === `${pass.text}/` ? `${pass.uri}/` : null
}
