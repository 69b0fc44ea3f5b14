import type { TellingLine } from '../probes/unit-telling.ts'
import type { Trouble } from '../symptoms/trouble.ts'

/** Written since the trouble began, with a minute to spare for clocks and the age of the first request. */
export function isOfThisTime(
  line: TellingLine,
  trouble: Trouble,
  seen: { readonly host: { readonly epoch: number } },
): boolean {
  if (line.at === null) return false
  return line.at >= seen.host.epoch - (trouble.firstAgo ?? 600) - 90
}
