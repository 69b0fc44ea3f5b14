import { parsed } from '../diagnosis/fact.ts'
import { pathMappingScript } from './path-mapping-script.ts'
import { defineProbe } from './probe.ts'

/** How requests below one location were answered, and what the backend says to the path nginx makes of it and to another one. */
export interface PathMapping {
  readonly log: string
  /** Path of the location. */
  readonly prefix: string
  readonly address: string
  /** What nginx asks the backend for, for a request of just that prefix, and what it would ask without (or with) a rewritten path. */
  readonly mapped: string
  readonly other: string
  /** Of the last ten minutes; null when the log could not be read. */
  readonly counts: { readonly all: number; readonly notFound: number; readonly good: number } | null
  /** Of those, the ones with a slash that is written %2F behind the prefix; 0 in captures that did not ask. */
  readonly encoded: { readonly notFound: number; readonly good: number }
  /** Status of a request straight to the backend; null when it was not asked, 0 when it did not answer. */
  readonly mappedStatus: number | null
  readonly otherStatus: number | null
}

/**
 * Requests below locations whose proxy_pass may rewrite the path wrongly. Arguments as path-mapping-script.ts says.
 *
 * Sample (Debian 12, a location /shop/ whose backend does not know that prefix):
 *     @ask 0 /var/log/nginx/access.log|/shop/|127.0.0.1:8080|shop.example.com|/shop/|/
 *     @count 0 30 30 0 12 0
 *     @mapped 0 404
 *     @other 0 200
 */
export const pathMapping = defineProbe({
  id: 'path-mapping',
  command: 'count of 404 by location in the access log; GET straight to the backend',
  seconds: 6,
  waits: true,
  cap: 16_384,
  script: pathMappingScript,
  parse(capture) {
    const { stdout } = capture
    const status = (name: string, number: string): number | null => {
      const found = new RegExp(`^@${name} ${number} (\\d{3})$`, 'm').exec(stdout)?.[1]
      return found === undefined ? null : Number(found)
    }
    const mappings = [
      ...stdout.matchAll(/^@ask (\d+) ([^|\n]*)\|([^|\n]*)\|([^|\n]*)\|[^|\n]*\|([^|\n]*)\|([^|\n]*)$/gm),
    ].map((ask): PathMapping => {
      const [, number = '', log = '', prefix = '', address = '', mapped = '', other = ''] = ask
      const counts = new RegExp(`^@count ${number} (\\d+) (\\d+) (\\d+)(?: (\\d+) (\\d+))?$`, 'm').exec(stdout)
      return {
        log,
        prefix,
        address,
        mapped,
        other,
        counts: counts && { all: Number(counts[1]), notFound: Number(counts[2]), good: Number(counts[3]) },
        encoded: { notFound: Number(counts?.[4] ?? 0), good: Number(counts?.[5] ?? 0) },
        mappedStatus: status('mapped', number),
        otherStatus: status('other', number),
      }
    })
    return parsed<{ readonly mappings: readonly PathMapping[] }>({ mappings })
  },
})
