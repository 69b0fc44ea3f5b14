import type { BackendAnswer } from '../probes/backend-answer.ts'

/** What in the answer to a plain GET nginx rejects; null when this answer is fine (another path may still give a bad one). */
export function flawOf(answer: BackendAnswer, version: readonly number[] | null): string | null {
  const line = answer.firstLine
  if (line === null) return null
  // ngx_http_parse_status_line: HTTP/1.N and three digits.
  if (!/^HTTP\/\d{1,3}\.\d{1,3} {1,}\d{3}(?: |$)/.test(line)) return `the status line "${line}"`
  const broken = answer.headers.find(
    (header) => header.flaw !== null || !/^[!-9;-~]+$/.test(header.name) || header.name.includes('\\x'),
  )
  if (broken)
    return `the header line "${broken.name}"${broken.flaw === 'nul' ? ' with a NUL byte' : broken.flaw === 'no-colon' ? ' without a colon' : ''}`
  return version === null ? null : duplicateIn(answer, version)
}

/** Since 1.23 for Transfer-Encoding and Content-Length twice, since 1.29.7 for both at once (CHANGES). */
function duplicateIn({ headers }: BackendAnswer, version: readonly number[]): string | null {
  const count = (name: string): number => headers.filter((header) => header.name.toLowerCase() === name).length
  const [major = 0, minor = 0, patch = 0] = version
  const number = major * 1e6 + minor * 1e3 + patch
  if (number >= 1_023_000)
    for (const name of ['transfer-encoding', 'content-length']) if (count(name) > 1) return `${name} twice`
  if (number >= 1_029_007 && count('transfer-encoding') > 0 && count('content-length') > 0)
    return 'Content-Length and Transfer-Encoding at once'
  return null
}
