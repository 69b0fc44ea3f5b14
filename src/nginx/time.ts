const UNIT_SECONDS: ReadonlyMap<string, number> = new Map([
  ['y', 31_536_000],
  ['M', 2_592_000],
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
  ['', 1],
  ['ms', 0.001],
])

/** Seconds of an nginx time ("60s", "1h 30m", "1h30m", "500ms", "90"); null when it is none. Units: nginx.org, "Configuration file measurement units". */
export function seconds(value: string): number | null {
  const parts = [...value.matchAll(/(?<count>\d{1,12})(?<unit>ms|[yMwdhms]?) ?/g)]
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== value) return null
  return parts.reduce(
    (sum, part) => sum + Number(part.groups?.['count']) * (UNIT_SECONDS.get(part.groups?.['unit'] ?? '') ?? 0),
    0,
  )
}

/** Instant of a host-local stamp ('YYYY-MM-DDTHH:MM:SS') in a zone given as "+01:00", "+0100" or "Z"; null when either is malformed. */
export function instant(local: string, offset: string): string | null {
  const zone = /^(?:Z|(?<sign>[+-])(?<hours>\d\d):?(?<minutes>\d\d))$/.exec(offset)
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(local) ? Date.parse(`${local}Z`) : Number.NaN
  if (zone === null || Number.isNaN(at)) return null
  const minutes = Number(zone.groups?.['hours'] ?? 0) * 60 + Number(zone.groups?.['minutes'] ?? 0)
  return new Date(at - (zone.groups?.['sign'] === '-' ? -minutes : minutes) * 60_000)
    .toISOString()
    .replace('.000Z', 'Z')
}
