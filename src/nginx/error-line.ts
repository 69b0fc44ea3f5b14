import { lineFields, type LineFields } from './line-fields.ts'

const LEVELS = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug'] as const
export type Level = (typeof LEVELS)[number]

/**
 * One entry of nginx's error log (layout: ngx_log_error_core in src/core/ngx_log.c, fields: ngx_http_log_error_handler in
 * src/http/ngx_http_request.c). A field that the entry does not have is null. Everything in quotes is text that a client or a
 * backend chose: see `headTrusted` and `upstreamTrusted` before you believe it.
 */
export interface ErrorLine extends LineFields {
  /** nginx's own stamp as 'YYYY-MM-DDTHH:MM:SS', in the host's local time: nginx writes no zone. */
  readonly time: string | null
  /** null only for a message pasted without its beginning. */
  readonly level: Level | null
  readonly pid: number | null
  readonly tid: number | null
  readonly connection: number | null
  /** What happened, without the errno, the phase and the fields. */
  readonly message: string
  /** Kernel error number as the host's kernel counts; `linuxErrno` turns it into Linux's. */
  readonly errno: number | null
  /** Code of nginx's resolver, "(3: Host not found)": looks like an errno and is none. */
  readonly dnsCode: number | null
  /** OpenSSL's text, from "(SSL: ...)". */
  readonly ssl: string | null
  /** What nginx was doing: "connecting to upstream". */
  readonly phase: string | null
  /** The configuration file and line that a start-up message names. */
  readonly config: { readonly file: string; readonly line: number } | null
  /** The entry stops before its end: nginx cuts at 2,048 bytes without a mark, people cut by hand. */
  readonly truncated: boolean
}

/** nginx's NGX_MAX_ERROR_STR less the line feed; a longer text is not one entry of nginx. */
const MAX_ENTRY_BYTES = 2047
/** Beyond this nothing of a line is read, whatever wrote it. */
const MAX_READ_CHARS = 8192

const HEAD =
  /^(?<program>(?:nginx|angie|freenginx|openresty): )?(?:(?<stamp>\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d)(?:\.\d{1,9})? |(?<masked>[\dXYMDHS/-]{8,12} [\dXHMS:.]{5,12}) )?\[(?<level>emerg|alert|crit|error|warn|notice|info|debug)\] (?:(?<pid>\d{1,10}|[Xx]{1,10})#(?<tid>\d{1,10}|[Xx]{1,10}): )?/
const CONNECTION = /^\*(?<id>\d{1,16}|[Xx]{1,16}) /
const ERRNO = / ?\((?<errno>\d{1,6}): [^()]{0,120}\)?$/
const CONFIG = / in (?<file>\/?[^":]{1,512}):(?<line>\d{1,7})$/
const PHASE = /^[A-Za-z][A-Za-z0-9/ .:[\]]{2,80}$/

/** Reads one entry that has its beginning (time stamp or "[level] pid#tid:" or "nginx: [level]"); null when it has not. */
export function parseErrorLine(line: string): ErrorLine | null {
  const found = HEAD.exec(line)
  const head = found?.groups
  if (found === null || head === undefined) return null
  if ((head['stamp'] ?? head['masked'] ?? head['pid'] ?? head['program']) === undefined) return null
  return readBody(line, found[0].length, head)
}

/** Reads a message that was pasted without its beginning: "connect() failed (111: ...) while connecting to upstream, ...". */
export function parseBareMessage(text: string): ErrorLine {
  return readBody(text, 0, {})
}

function readBody(line: string, start: number, head: Readonly<Record<string, string | undefined>>): ErrorLine {
  const read = line.slice(start, start + MAX_READ_CHARS)
  const connection = CONNECTION.exec(read)
  const body = connection === null ? read : read.slice(connection[0].length)
  const split = lineFields(body)
  const parts = splitHead(split.head)
  const overlong = read.length < line.length - start || Buffer.byteLength(line) >= MAX_ENTRY_BYTES

  return {
    ...split.fields,
    ...parts,
    // What nginx says outside of a connection (start, reload, workers) quotes the configuration, never a client.
    headTrusted: split.fields.headTrusted || (connection === null && split.fields.client === null),
    // nginx names the upstream in these phases, so the one field there is, is its own; in any other phase, or when the end
    // with the real field is cut off, the one field could be a client's.
    upstreamTrusted: split.fields.upstreamTrusted && !overlong && /upstream|prox/.test(parts.phase ?? ''),
    time: isoStamp(head['stamp']),
    level: LEVELS.find((level) => level === head['level']) ?? null,
    pid: whole(head['pid']),
    tid: whole(head['tid']),
    connection: whole(connection?.groups?.['id']),
    truncated: split.unclosed || overlong,
  }
}

type HeadParts = Pick<ErrorLine, 'message' | 'errno' | 'dnsCode' | 'ssl' | 'phase' | 'config'>

/** Takes the part before the fields apart from its right end, where nginx appends: [message][ (SSL: ..)][ (N: ..)][ while ..| in FILE:LINE]. */
function splitHead(head: string): HeadParts {
  const trimmed = head.replace(/[.… ]{1,12}$/u, '')
  const config = CONFIG.exec(trimmed.slice(-600))
  const placed = config === null ? trimmed : trimmed.slice(0, -config[0].length)
  const phase = phaseOf(placed)
  const told = phase === null ? placed : placed.slice(0, placed.lastIndexOf(' while '))
  const number = ERRNO.exec(told.slice(-200))
  const text = number === null ? told : told.slice(0, -number[0].length)
  const code = whole(number?.groups?.['errno'])
  const resolver = text.endsWith('could not be resolved')
  const ssl = text.indexOf(' (SSL: ')

  return {
    message: ssl === -1 ? text : text.slice(0, ssl),
    errno: resolver ? null : code,
    dnsCode: resolver ? code : null,
    ssl: ssl === -1 ? null : text.slice(ssl + 7).replace(/\)$/, ''),
    phase,
    config:
      config === null ? null : { file: config.groups?.['file'] ?? '', line: Number(config.groups?.['line'] ?? '0') },
  }
}

function phaseOf(head: string): string | null {
  const at = head.lastIndexOf(' while ')
  const phase = at === -1 ? '' : head.slice(at + 7)
  return PHASE.test(phase) ? phase : null
}

function isoStamp(stamp: string | undefined): string | null {
  return stamp === undefined ? null : stamp.replaceAll('/', '-').replace(' ', 'T')
}

function whole(digits: string | undefined): number | null {
  return digits === undefined || !/^\d+$/.test(digits) ? null : Number(digits)
}
