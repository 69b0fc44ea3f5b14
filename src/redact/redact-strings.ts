import { redactDiff } from './redact-diff.ts'
import { redactText } from './redact-text.ts'

/**
 * The same value with every text in it redacted, however deep; under the key `diff` as redactDiff does. Ids, names, times and numbers
 * hold nothing that a redaction would touch.
 */
export function redactStrings<T>(value: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the walk keeps every key and every type
  return redactValue(value, '') as T
}

function redactValue(value: unknown, key: string): unknown {
  if (typeof value === 'string') return key === 'diff' ? redactDiff(value) : redactText(value)
  if (Array.isArray(value)) return value.map((each) => redactValue(each, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redactValue(each, name)]))
}
