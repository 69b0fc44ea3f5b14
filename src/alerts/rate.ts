/** Lets through `most` per minute, evenly refilled; more are refused until there is room again. */
export function createRate(most: number): (now: Date) => boolean {
  let room = most
  let last: number | null = null
  return (now) => {
    const at = now.getTime()
    room = Math.min(most, room + ((at - (last ?? at)) / 60_000) * most)
    last = at
    if (room < 1) return false
    room -= 1
    return true
  }
}
