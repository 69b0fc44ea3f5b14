import type { Fact } from '../diagnosis/fact.ts'
import { allInForce, type Scope } from '../nginx/config-scope.ts'
import type { ConfiguredAnswer } from '../nginx/switches.ts'
import type { AnswerCount } from '../probes/access-log.ts'
import type { NginxBuild } from '../probes/nginx-build.ts'

/** What stands on nginx's own page (ngx_http_special_response.c); those that nginx also answers when a backend failed it tell nothing. */
const titles: ReadonlyMap<number, string> = new Map([
  [501, '501 Not Implemented'],
  [503, '503 Service Temporarily Unavailable'],
  [505, '505 HTTP Version Not Supported'],
  [507, '507 Insufficient Storage'],
])

/** Some browsers get this six times more (ngx_http_msie_padding). */
const padding = 6 * '<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n'.length

/** Distributions put their name behind the version. */
const marks = ['', ' (Ubuntu)', ' (Debian)']

/** The rest may be asked for without a body (HEAD), or be padded. */
const MOST = 0.6

/**
 * Whether these answers have as many bytes as what the configuration says: the text of `return`, or nginx's own page for that status. An application's
 * own answer of just that size would be a rare chance. False where a page of the site's own takes its place.
 */
export function hasSizeOf(
  answer: ConfiguredAnswer,
  scope: Scope,
  counted: readonly AnswerCount[],
  build: Fact<NginxBuild>,
): boolean {
  const same = counted.filter(({ status }) => status === answer.status)
  const sizes = sizesOf(answer, scope, build)
  const all = same.reduce((sum, { count }) => sum + count, 0)
  const fitting = same.reduce((sum, { body }) => sum + (body && sizes.has(body.bytes) ? body.count : 0), 0)
  return all > 0 && fitting >= MOST * all
}

/** Most of these answers have the size of nginx's own page for 404: no backend gave them. */
export function isOwnNotFound({ status, body, count }: AnswerCount, build: Fact<NginxBuild>): boolean {
  return (
    status === 404 && body !== null && body.count >= MOST * count && pagesOf('404 Not Found', build).has(body.bytes)
  )
}

function sizesOf({ status, says, text }: ConfiguredAnswer, scope: Scope, build: Fact<NginxBuild>): ReadonlySet<number> {
  const paged = allInForce(scope, 'error_page').some(({ args }) => args.includes(String(status)))
  if (says !== null) return new Set(says.length > 0 ? [Buffer.byteLength(says)] : [])
  const title = titles.get(status)
  return paged || title === undefined || text !== `return ${status};` ? new Set() : pagesOf(title, build)
}

function pagesOf(title: string, build: Fact<NginxBuild>): ReadonlySet<number> {
  if (!build.known) return new Set()
  const { product } = build.value
  const names = [product.replace(/\/.*/, ''), ...marks.map((mark) => `${product}${mark}`)]
  return new Set(names.flatMap((name) => [pageSize(title, name), pageSize(title, name) + padding]))
}

function pageSize(title: string, name: string): number {
  return [
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n`,
    `<hr><center>${name}</center>\r\n</body>\r\n</html>\r\n`,
  ].join('').length
}
