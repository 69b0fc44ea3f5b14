const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** Longest look back, in seconds: a week, what a log directory usually still holds unpacked. */
const longest = 7 * 86_400

export interface SinceReading {
  /** The words without the `since ...` part. */
  readonly rest: readonly string[]
  readonly sinceSeconds?: number
  /** Set when "since" was typed but the time behind it cannot be read. */
  readonly problem?: string
}

/** Reads `since 2h`, `since 90 min`, `since 1d` anywhere in the words; seconds, between a minute and a week. */
export function readSince(words: readonly string[]): SinceReading {
  const at = words.findIndex((word) => /^-{0,2}since$/i.test(word))
  if (at === -1) return { rest: words }
  const found = readDuration(words[at + 1] ?? '', words[at + 2])
  if (found === null) {
    return { rest: words.slice(0, at), problem: 'How far back? Write it like "since 30m", "since 2h" or "since 1d".' }
  }
  const rest = [...words.slice(0, at), ...words.slice(at + 1 + found.words)]
  if (found.seconds < 60 || found.seconds > longest) {
    return { rest, problem: 'I look back between a minute and seven days: "since 30m", "since 2h", "since 1d".' }
  }
  return { rest, sinceSeconds: found.seconds }
}

/** "2h", "90min" or "90 min" at the begin of these words: seconds, and how many words that took. */
export function readDuration(
  first: string,
  second: string | undefined,
): { readonly seconds: number; readonly words: number } | null {
  const joined = /^(\d{1,6})([smhd])[a-z]*$/i.exec(first)
  if (joined !== null) return { seconds: seconds(joined[1], joined[2]), words: 1 }
  const unit = /^([smhd])[a-z]*$/i.exec(second ?? '')
  if (/^\d{1,6}$/.test(first) && unit !== null) return { seconds: seconds(first, unit[1]), words: 2 }
  return null
}

function seconds(count = '0', unit = 's'): number {
  return Number(count) * (units[unit.toLowerCase()] ?? 1)
}
