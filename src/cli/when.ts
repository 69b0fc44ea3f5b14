/** An instant in the host's own time, with the date only where it is not the day of `now`: "03:04:11", "2026-11-20 23:50:02". */
export function hostTime(instant: string, timezone: string, now: string): string {
  const local = shifted(instant, timezone)
  if (local === null) return instant
  const today = shifted(now, timezone)?.slice(0, 10)
  return local.slice(0, 10) === today ? local.slice(11, 19) : `${local.slice(0, 10)} ${local.slice(11, 19)}`
}

function shifted(instant: string, timezone: string): string | null {
  const at = Date.parse(instant)
  const offset = /^([+-])(\d\d):(\d\d)$/.exec(timezone)
  if (Number.isNaN(at)) return null
  const minutes = offset === null ? 0 : (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? -1 : 1)
  return new Date(at + minutes * 60_000).toISOString()
}

/** 0.843 -> "84 %", a share too small to round is not 0 %. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return 'less than 1 %'
  return `${share < 1 && share > 0.995 ? 99 : Math.round(share * 100)} %`
}
