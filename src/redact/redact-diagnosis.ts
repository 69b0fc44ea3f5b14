import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import { redactStrings } from './redact-strings.ts'

/**
 * A diagnosis that may leave the worker's memory. Every text in it is redacted, also those that a later version adds. Nothing else
 * changes, and a second pass changes nothing.
 */
export function redactDiagnosis(diagnosis: Diagnosis): Diagnosis {
  return redactStrings(diagnosis)
}
