export interface ReadersZone {
  /** "Europe/Berlin". */
  readonly name: string
  readonly offsetSeconds: number
}

export function offsetWords({ offsetSeconds }: ReadersZone): string {
  const minutes = Math.round(Math.abs(offsetSeconds) / 60)
  return `${offsetSeconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function two(part: number): string {
  return `${part}`.padStart(2, '0')
}

/** "2026-11-21 03:08:11 (04:08)". */
export function momentIn(iso: string, zone: ReadersZone | null): string {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return 'unknown time'
  const utc = new Date(at).toISOString().slice(0, 19).replace('T', ' ')
  if (zone === null || zone.offsetSeconds === 0) return utc
  return `${utc} (${new Date(at + zone.offsetSeconds * 1000).toISOString().slice(11, 16)})`
}
