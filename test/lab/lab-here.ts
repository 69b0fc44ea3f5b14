import { labAvailable } from '../../lab/available.ts'

/**
 * Whether tests on lab hosts run here; when not, the reason is printed once per file, and where GATEMEDIC_LAB=required (CI)
 * leaving them out is a failure instead.
 */
export function labHere(): boolean {
  const available = labAvailable()
  if (available.ok) return true
  if (process.env['GATEMEDIC_LAB'] === 'required') throw new Error(available.reason)
  console.warn(available.reason)
  return false
}
