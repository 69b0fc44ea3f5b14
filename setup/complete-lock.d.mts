/** Types of complete-lock.mjs for the tests. */
export interface Lock {
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}
export function missingEntries(lock: Lock): Readonly<Record<string, Readonly<Record<string, unknown>>>>
