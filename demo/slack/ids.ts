/** Makes the ids of one stand-in: readable, unique, in the shapes Slack uses. */
export interface IdSource {
  /** Next time stamp, "seconds.microseconds", always later than the one before. */
  ts(): string
  /** "Ev000001" and so on. */
  next(prefix: string): string
}

export function createIds(now: () => number): IdSource {
  let lastMicros = 0
  let count = 0

  return {
    ts() {
      lastMicros = Math.max(Math.floor(now() * 1000), lastMicros + 1)
      const seconds = Math.floor(lastMicros / 1_000_000)
      return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, '0')}`
    },
    next(prefix) {
      count += 1
      return `${prefix}${String(count).padStart(6, '0')}`
    },
  }
}
