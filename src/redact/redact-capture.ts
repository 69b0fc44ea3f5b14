import { redactText } from './redact-text.ts'

/** Probes whose answer holds nothing but numbers, addresses and names; there a placeholder could only do harm. */
const plain: ReadonlySet<string> = new Set(['sockets', 'unix-sockets', 'disk', 'pressure', 'kernel-limits', 'routes'])

/** One stream of a probe's answer as it may be written to a snapshot: same lines, same fields, and it still parses to the same facts. */
export function redactCapture(text: string, probe: string): string {
  return plain.has(probe) ? text : redactText(text)
}
