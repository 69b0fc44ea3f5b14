import { cleanPasted, hasEscapedFields, textOfJson, unescaped } from './pasted-text.ts'

const MAX_TEXT = 1_000_000
const MAX_LINES = 2_000

/** Where an entry of nginx begins inside a line that something put a prefix before. */
const BEGINNING =
  /(?:(?:nginx|angie|freenginx|openresty): )?(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d |[\dXYMDHS]{2,4}\/[\dXYMDHS]{2}\/[\dXYMDHS]{2} [\dXHMS]{2}:[\dXHMS]{2}:[\dXHMS]{2} |(?:nginx|angie|freenginx|openresty): )?\[(?:emerg|alert|crit|error|warn|notice|info|debug)\] /
/** First words of nginx's own messages, for text pasted without its beginning. */
const MESSAGE =
  /(?:\*\d{1,16} )?(?:connect\(\) (?:failed|to )|upstream (?:timed out|prematurely|sent |SSL cert|rejected)|no live upstreams|(?:recv|readv|send|writev)\(\) failed|SSL_do_handshake\(\) failed|peer closed connection in SSL|no resolver defined|host not found in|\d{1,9} worker_connections are|accept4?\(\) failed|bind\(\) to |still could not bind|cannot load certificate|BIO_new_file\(|SSL_CTX_|limiting (?:requests|connections)|client intended to|rewrite or internal redir|FastCGI sent in stderr|auth request unexp|worker process \d{1,10} exited|unknown directive|open\(\) "|could not build |module "|dlopen\(\) |invalid number of arg|duplicate |directive "|[\w.-]{1,253} could not be resolved|Primary script unknown|Out of memory: Kill|Memory cgroup out of memory|oom-kill:|nf_conntrack: |\[pool [^\]]{1,100}\] (?:server|seems|child)|WORKER TIMEOUT)/
/** Prefixes of wrapped or bare text: docker compose, kubectl, CRI, syslog, journald. */
const PREFIX =
  /^(?:\[(?:pod|container)\/[^\]]{1,200}\] |[\w.-]{1,80} {1,20}\| |\d{4}-\d\d-\d\dT[\d:.,]{8,20}(?:Z|[+-]\d\d:?\d\d)? (?:(?:stdout|stderr) [FP] )?|(?:<\d{1,3}>)?[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d (?:[\w.-]{1,100} )?[\w./@-]{1,60}(?:\[\d{1,10}\])?: )/
const CONTINUATION =
  /^(?:while |client: |, |server: |request: |upstream: |subrequest: |host: |referrer: |failed \(|\(\d{1,5}: |"|in \/|reading |connecting |\w+ to upstream)/

/**
 * Turns what a person pasted into one text per nginx entry: prefixes of journald, syslog, docker and kubectl, JSON, quoting,
 * terminal codes are taken off, and lines that a screen or a person wrapped are joined. Text that looks like nothing nginx
 * writes is left out. At most 1,000,000 characters and 2,000 lines are read.
 */
export function unwrapPasted(text: string): readonly string[] {
  const physical = text
    .slice(0, MAX_TEXT)
    .split(/\r\n|\n|\u2028/u)
    .slice(0, MAX_LINES)
  const wrapWidth = hardWrapWidth(physical)
  const entries: string[] = []
  let hard = false
  for (const raw of physical) {
    const begun = hard && !BEGINNING.test(raw.slice(0, 600)) ? null : entryOf(raw)
    if (begun !== null) entries.push(begun)
    else join(entries, continuationOf(raw), hard)
    // An entry most often ends in a quote: two whole entries of the same length are no wrapped text.
    hard = wrapWidth !== null && raw.length === wrapWidth && !raw.endsWith('"')
  }
  return entries.map((entry) => entry.trim())
}

/** The entry that begins on this physical line, or null. */
function entryOf(raw: string): string | null {
  const cleaned = cleanPasted(raw)
  const inner = textOfJson(cleaned)
  const text = inner === null ? cleaned : cleanPasted(inner)
  const plain = hasEscapedFields(text) ? unescaped(text) : text
  const at = beginningOf(plain)
  return at === -1 ? null : plain.slice(at).replace(/\\n"?$|\n+$/, '')
}

/**
 * Where nginx's text begins; -1 when there is none. Only a prefix of a log shipper may stand before it: once a message or a
 * field has begun, a second beginning is text that a client sent.
 */
function beginningOf(line: string): number {
  const message = MESSAGE.exec(line.slice(0, 600))
  const head = BEGINNING.exec(line.slice(0, 600))
  if (head !== null && (message === null || head.index < message.index)) {
    const before = line.slice(0, head.index)
    return /, client: | failed \(| while |request: "/.test(before) ? -1 : head.index
  }
  if (message === null) return -1
  const before = line.slice(0, message.index)
  return before.trim() === '' ||
    PREFIX.test(before) ||
    /[\]:|>*•-]\s*$/u.test(before) ||
    /^[\w ,.]{0,60}[ "'(]$/.test(before)
    ? message.index
    : -1
}

function continuationOf(raw: string): string {
  const text = cleanPasted(raw)
  return text.replace(PREFIX, ' ')
}

function join(entries: string[], text: string, hard: boolean): void {
  const last = entries.at(-1)
  if (last === undefined || text.trim() === '' || last.length > 4096) return
  if (!hard && !isOpen(last) && !CONTINUATION.test(text.trim())) return
  const glue = hard || /\s$/.test(last) || /^\s/.test(text) ? '' : ' '
  entries[entries.length - 1] = hard ? last + text : `${last.trimEnd()}${glue === '' ? ' ' : glue}${text.trim()}`
}

/** An entry that cannot be whole yet: a quote is open, or it stops where nginx never stops. */
function isOpen(entry: string): boolean {
  const quotes = entry.split('"').length - 1
  return quotes % 2 === 1 || /(?:[,:(]|\bwhile|\bfailed|\bto|\bin) *$/.test(entry)
}

/** Width at which a terminal broke the text: at least two lines of exactly the greatest length, 60 or more. */
function hardWrapWidth(lines: readonly string[]): number | null {
  const width = Math.max(0, ...lines.map((line) => line.length))
  return width >= 60 && lines.filter((line) => line.length === width).length >= 2 ? width : null
}
