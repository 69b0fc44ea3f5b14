import type { Fact } from '../diagnosis/fact.ts'
import type { Claim } from '../diagnosis/rule.ts'
import type { BackendUnits } from '../probes/backend-units.ts'
import type { ErrorLogs } from '../probes/error-log.ts'
import type { Host } from '../probes/host.ts'
import { type TellingKind, tellingKindOf } from '../probes/telling-kinds.ts'
import type { Unit } from '../probes/unit-state.ts'
import type { TellingLine } from '../probes/unit-telling.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { backendUnitOf, freshLines, isScriptError, scriptWords } from './answered-by.ts'
import { impactOf, troubleEvidence, troubleKey } from './knowledge.ts'

/** A unit behind an upstream in trouble that says in its own log, of this moment, what ails it. */
export interface AilingUnit {
  readonly trouble: Trouble
  readonly address: string
  /** null when nobody could tell which one it is. */
  readonly unit: Unit | null
  readonly line: TellingLine
}

/** One for each trouble whose unit wrote such a line while it went on; the words of the unit's own processes, not of its clients. */
export function ailingUnits(
  troubles: readonly Trouble[],
  units: Fact<BackendUnits>,
  host: Host,
  logs: Fact<ErrorLogs>,
  ...kinds: readonly TellingKind[]
): readonly AilingUnit[] {
  return troubles.flatMap((trouble) => {
    const { address } = trouble
    if (address === null || trouble.endpoints.length === 0 || !isOpen(trouble)) return []
    const tied = backendUnitOf(trouble, units)
    const line = freshLines(tied, host, ...kinds)[0] ?? scriptLine(trouble, kinds, logs)
    return line ? [{ trouble, address, unit: tied?.unit ?? null, line }] : []
  })
}

/** A script's own words on its standard error, which nginx writes down for it, and which end the request. */
function scriptLine(trouble: Trouble, kinds: readonly TellingKind[], logs: Fact<ErrorLogs>): TellingLine | null {
  const fastcgi = trouble.endpoints.some(({ usedBy }) => usedBy.some(({ pass }) => pass.protocol === 'fastcgi'))
  if (!fastcgi || (trouble.kind !== 'error-answer' && trouble.kind !== 'failing-answer')) return null
  const words = scriptWords(trouble, logs)
  const said = words && /FastCGI sent in stderr: "?(.*)/.exec(words.text)?.[1]
  const kind = said ? tellingKindOf(said) : null
  if (!words || !said || kind === null || !kinds.includes(kind) || !isScriptError(said)) return null
  return { kind, from: 'unit', count: 1, newest: said.slice(0, 400), at: null, firstAt: null, log: words.log }
}

/** What claims about such units have in common. */
export function unitClaim(
  { trouble, address, unit }: Omit<AilingUnit, 'line'>,
  host: Host,
): Pick<Claim, 'subject' | 'about' | 'failingNow' | 'impact' | 'evidence'> {
  return {
    subject: { upstream: address, ...(unit && { unit: unit.id }) },
    about: troubleKey(trouble),
    failingNow: true,
    impact: impactOf(trouble, host),
    evidence: troubleEvidence(trouble),
  }
}

/** "checkout-api.service", or what is known of it. */
export function nameOf({ unit, address }: Omit<AilingUnit, 'line'>): string {
  return unit?.id ?? `the backend at ${address}`
}
