const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long, as one says it: "4 h", "35 min", "3 days". */
export function spanWords(ms: number): string {
  if (ms < minute) return 'less than a minute'
  if (ms < 90 * minute) return `${Math.round(ms / minute)} min`
  if (ms < 36 * hour) return `${Math.round(ms / hour)} h`
  return `${Math.round(ms / day)} days`
}
