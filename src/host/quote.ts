/**
 * One word of POSIX sh that stands for exactly this value. Inside single quotes the shell interprets nothing, so only the
 * single quote itself needs care (POSIX.1-2017, XCU 2.2.2). This is the only place where a value becomes shell text.
 *
 * Throws RangeError for a NUL byte: no shell and no argv can carry one.
 */
export function quote(value: string): string {
  if (value.includes('\0')) throw new RangeError('a value with a NUL byte cannot be passed to a shell')
  return `'${value.replaceAll("'", String.raw`'\''`)}'`
}

/** The words of a command line that runs exactly this argv. */
export function quoteAll(argv: readonly string[]): string {
  return argv.map(quote).join(' ')
}
