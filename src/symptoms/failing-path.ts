import type { Server } from '../nginx/config-servers.ts'
import { locationFor, pathOfPart } from '../nginx/location-match.ts'
import type { Trouble } from './trouble.ts'

/** The literal beginning of the location that most of the failing requests went to, for a request of our own; a client's own path is never asked again. */
export function failingPath(server: Server, trouble: Trouble): string {
  const most = (trouble.answers ?? []).toSorted((a, b) => b.count - a.count)[0]
  const { location } = locationFor(server, pathOfPart(server, most?.segment ?? null))
  const deeper =
    location ?? server.locations.find((each) => most?.segment != null && each.path.startsWith(`${most.segment}/`))
  return deeper && /^(=|\^~)?$/.test(deeper.modifier) ? deeper.path : '/'
}
