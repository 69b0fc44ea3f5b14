import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import { redactDiff } from './redact-diff.ts'
import { redactText } from './redact-text.ts'

/**
 * A diagnosis that may leave the worker's memory. Every text in it is redacted, also those that a later version adds; ids, names,
 * times and numbers have nothing that a redaction would touch. Nothing else changes, and a second pass changes nothing.
 */
export function redactDiagnosis(diagnosis: Diagnosis): Diagnosis {
  // The walk keeps every key and every type.
  return redactValue(diagnosis, '') as Diagnosis
}

function redactValue(value: unknown, key: string): unknown {
  if (typeof value === 'string') return key === 'diff' ? redactDiff(value) : redactText(value)
  if (Array.isArray(value)) return value.map((each) => redactValue(each, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redactValue(each, name)]))
}
