/**
 * A time as the host's own clock shows it, with its zone: "03:04 +01:00", "03:04 UTC"; with the date when it is not the day of `now`.
 * Both instants are ISO, the zone is "+01:00".
 */
export function hostClock(iso: string, timezone: string, now: string): string {
  const local = (instant: string): string =>
    new Date(Date.parse(instant) + offsetSeconds(timezone) * 1000).toISOString()
  const then = local(iso)
  const day = then.slice(0, 10) === local(now).slice(0, 10) ? '' : `${then.slice(0, 10)} `
  return `${day}${then.slice(11, 16)} ${timezone === '+00:00' ? 'UTC' : timezone}`
}

/** "+01:00" -> 3600. */
export function offsetSeconds(timezone: string): number {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(timezone)
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60)
}
