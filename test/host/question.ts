import type { Question } from '../../src/probes/probe.ts'

/** A question with a script of the test's own. */
export function question(
  id: string,
  script: string,
  options: { readonly seconds?: number; readonly cap?: number; readonly args?: readonly string[] } = {},
): Question {
  const { seconds = 5, cap = 65_536, args = [] } = options
  return { probe: { id, command: id, script, seconds, cap, parse: () => ({ ok: true, value: null }) }, args }
}
