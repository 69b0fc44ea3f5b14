/** What a script may rely on; `diagnose` exits 0 whatever the verdict is. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, unreachable: 3, interrupted: 130 } as const

/** Wrong use of the command line or of the inventory; the message is one line that says what to write instead. Ends with exit code 2. */
export class UsageError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'UsageError'
  }
}
