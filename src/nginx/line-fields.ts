/** The ", name: value" part of an entry, in the fixed order in which nginx writes it. */
export interface LineFields {
  readonly client: string | null
  /** server_name (or listen address) as configured; empty when the server has no name. */
  readonly server: string | null
  readonly request: string | null
  readonly subrequest: string | null
  readonly upstream: string | null
  readonly host: string | null
  readonly referrer: string | null
  /** Address of the name server, in messages of nginx's resolver. */
  readonly resolver: string | null
  /**
   * errno, phase, client and server come from nginx. False when the message quotes foreign text (a path, a script's stderr) and
   * the entry could be split in more than one way.
   */
  readonly headTrusted: boolean
  /** `upstream` was written by nginx. False when a client may have written it: then only the configuration can tell. */
  readonly upstreamTrusted: boolean
  /** Every text that could be the upstream field, in order of appearance; at most 4. */
  readonly upstreamCandidates: readonly string[]
}

interface Split {
  /** Everything before the first field. */
  readonly head: string
  readonly fields: LineFields
  /** A quoted field is not closed, or the text ends in dots. */
  readonly unclosed: boolean
}

const QUOTED = ['request', 'subrequest', 'upstream', 'host', 'referrer'] as const
type Quoted = (typeof QUOTED)[number]
const CLIENT = /, (?:udp )?client: /g
const CUT_AT_CLIENT = /, (?:client|server)(?::? ?[.…]+)?$/u
const MAX_CANDIDATES = 4

/** Splits what follows "pid#tid: *connection" into message part and fields. */
export function lineFields(body: string): Split {
  const starts = [...body.matchAll(CLIENT)]
  const first = starts.find((start) => balanced(body.slice(0, start.index))) ?? starts[0]
  if (first === undefined) return withoutClient(body)
  const head = body.slice(0, first.index)
  const tail = body.slice(first.index + first[0].length)
  const inPath = starts.some(({ index }) => index > first.index && endsQuotedPath(body.slice(0, index)))
  const headTrusted = starts.length === 1 || (!head.includes('"') && !inPath)
  return splitTail(head, tail, headTrusted)
}

/**
 * Text before a client field that ends as nginx ends a message about a quoted path: when another client field stands before it,
 * the entry began inside that path, behind a line feed that a client sent.
 */
function endsQuotedPath(text: string): boolean {
  return /" (?:failed|is not found|is forbidden) \(\d{1,6}: [^()]{1,80}\)$/.test(text.slice(-120))
}

function withoutClient(body: string): Split {
  const at = body.indexOf(', resolver: ')
  const resolver = at === -1 ? null : body.slice(at + 12).trim()
  const cut = CUT_AT_CLIENT.exec(body.slice(-40))
  const lone = at === -1 ? indexOfField(body) : at
  const head = lone === -1 ? body.slice(0, body.length - (cut?.[0].length ?? 0)) : body.slice(0, lone)
  const split = splitTail(head, lone === -1 || at !== -1 ? '' : body.slice(lone), !head.includes('"'))
  const unclosed = split.unclosed || cut !== null || /(?:\.\.\.|…)$/u.test(body) || !balanced(head)
  return { head, fields: { ...split.fields, client: null, server: null, resolver }, unclosed }
}

/** Where the first quoted field starts in a text that was cut or cleaned of its client and server. */
function indexOfField(body: string): number {
  const found = QUOTED.map((name) => body.indexOf(`, ${name}: "`)).filter((at) => at !== -1)
  return found.length === 0 ? -1 : Math.min(...found)
}

function splitTail(head: string, tail: string, headTrusted: boolean): Split {
  const quotedAt = indexOfField(tail)
  const plain = quotedAt === -1 ? tail : tail.slice(0, quotedAt)
  const quotedPart = quotedAt === -1 ? '' : tail.slice(quotedAt)
  const { values, unclosed } = quotedFields(quotedPart)
  const candidates = upstreamCandidates(quotedPart)
  const server = plain.indexOf(', server: ')
  const cut = /(?:\.\.\.|…)$/u.test(tail)

  return {
    head,
    unclosed: unclosed || cut,
    fields: {
      client: server === -1 ? plain.replace(/,.*$/su, '') : plain.slice(0, server),
      server: server === -1 ? null : plain.slice(server + 10).replace(/, $/, ''),
      request: values.request ?? null,
      subrequest: values.subrequest ?? null,
      upstream: values.upstream ?? null,
      host: values.host ?? null,
      referrer: values.referrer ?? null,
      resolver: null,
      headTrusted,
      upstreamTrusted:
        headTrusted && candidates.length === 1 && wholeRequest(values.request) && closedUpstream(quotedPart),
      upstreamCandidates: candidates,
    },
  }
}

const FIELD_START = /(?:^|"), (?<name>request|subrequest|upstream|host|referrer): "/g

/** Follows the fixed order: a field's value ends at the first mark of a later field, marks out of order belong to the value. */
function quotedFields(text: string): { readonly values: Partial<Record<Quoted, string>>; readonly unclosed: boolean } {
  const values: Partial<Record<Quoted, string>> = {}
  let current: Quoted | null = null
  let from = 0
  for (const mark of text.matchAll(FIELD_START)) {
    const name = QUOTED.find((one) => one === mark.groups?.['name'])
    if (name === undefined || (current !== null && QUOTED.indexOf(name) <= QUOTED.indexOf(current))) continue
    if (current !== null) values[current] = text.slice(from, mark.index)
    current = name
    from = mark.index + mark[0].length
  }
  if (current === null) return { values, unclosed: false }
  const rest = text.slice(from)
  const bytes = rest.indexOf('", bytes from/to client:')
  const close = bytes === -1 ? rest.lastIndexOf('"') : bytes
  values[current] = close === -1 ? rest : rest.slice(0, close)
  return { values, unclosed: close === -1 }
}

function upstreamCandidates(text: string): readonly string[] {
  return [...text.matchAll(/, upstream: "(?<value>[^"]*)/g)]
    .slice(0, MAX_CANDIDATES)
    .map((match) => match.groups?.['value'] ?? '')
}

/** A request line that ends where a request line ends; a stream session has none. */
function wholeRequest(request: string | undefined): boolean {
  return request === undefined || (!request.includes('"') && /(?: HTTP\/\d(?:\.\d)?|\.{3})$/.test(request))
}

function closedUpstream(text: string): boolean {
  return /, upstream: "[^"]*"/.test(text)
}

function balanced(text: string): boolean {
  let even = true
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) even = !even
  return even
}
