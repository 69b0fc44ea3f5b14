/** Aborted by Ctrl-C. */
export const stop = new AbortController()

/** Ctrl-C: everything in progress is broken off and taken back, then the command ends. A second one ends it at once. */
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => stop.abort(new Error(`stopped by ${name}`)))
}

export function interrupted(): boolean {
  return stop.signal.aborted
}

export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Steps go to standard error, so that what is printed for a pipe stays clean. */
export function progress(step: string): void {
  process.stderr.write(`${step}\n`)
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
