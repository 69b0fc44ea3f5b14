import type { ErrorLine } from './error-line.ts'

/** The path of the request, or of the subrequest that the line is about, without its arguments. The client's word: it only chooses among places that are configured. */
export function requestedPath(line: ErrorLine): string {
  const target = line.subrequest ?? /^\S+ (\S+)/.exec(line.request ?? '')?.[1] ?? '/'
  const path = target.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '')
  return path.startsWith('/') ? path : '/'
}
