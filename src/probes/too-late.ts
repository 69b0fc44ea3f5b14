import type { Fact } from '../diagnosis/fact.ts'

/** The host had no time for it: it was cut off, or its turn did not come within the round. */
export function cameTooLate(fact: Fact<unknown>): boolean {
  return (
    !fact.known &&
    /did not end within \d+ s|time for this round was used up|no answer within the round's/.test(fact.reason)
  )
}
