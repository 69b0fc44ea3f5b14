import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { FileSystem } from '../probes/disk.ts'
import { inWords } from '../symptoms/time.ts'
import { ailingUnits } from './ailing-units.ts'
import { largestEvidence, stepsForRoom, systemEvidence } from './disk-room.ts'
import { defineRule, impactOfEvent, type Knowledge, seenBy } from './knowledge.ts'
import { isOwnEntry } from './own-entry.ts'
import { scarceClaims } from './disk-scarce.ts'
import { startDiskFull } from './start-disk-full.ts'
import { unitDiskFull } from './unit-disk-full.ts'
import { fileSystemOf, fullWords, isFull, type WriteFailure, writeFailures } from './write-failures.ts'

type Seen = View<
  Knowledge,
  'place' | 'host' | 'troubles',
  | 'disk'
  | 'events'
  | 'nginx-paths'
  | 'nginx-processes'
  | 'backend-units'
  | 'error-log'
  | 'largest-paths'
  | 'starting'
  | 'nginx-config'
  | 'nginx-unit'
>

/** ENOSPC. */
const NO_SPACE = 28

/**
 * Cause: no space, or no inode, where nginx or a backend must write.
 * Tell-tale: (28) in nginx's log or "No space left on device" in the backend's, and df of that place; a full folder of logs takes the
 * lines with it, so there df alone tells.
 * Look-alike: temp-path-permission (13: there is room, but the folder is not the worker's).
 */
export const diskFull = defineRule({
  id: 'disk-full',
  needs: ['place', 'host', 'troubles'],
  settles: [
    'disk',
    'events',
    'nginx-paths',
    'nginx-processes',
    'backend-units',
    'error-log',
    'largest-paths',
    'starting',
    'nginx-config',
    'nginx-unit',
  ],
  atBackend: true,
  judge: (seen) => [
    ...(seen.place.of === 'nginx' ? [...nginxClaims(seen), ...startClaims(seen)] : []),
    ...ailingUnits(seen.troubles, seen['backend-units'], seen.host, seen['error-log'], 'disk-full').map((each) =>
      unitDiskFull(each, seen),
    ),
  ],
})

function startClaims(seen: Seen): Claim[] {
  const { starting, 'nginx-processes': processes } = seen
  if (!starting.known || !processes.known) return []
  return startDiskFull({ ...seen, starting: starting.value, 'nginx-processes': processes.value })
}

/** One claim for each file system: what could not be written there, or the folder of logs that nothing can be written to. */
function nginxClaims(seen: Seen): Claim[] {
  const failures = seen.events.known ? writeFailures(seen.events.value, seen['nginx-paths'], NO_SPACE) : []
  const places = new Map<string, { readonly system: FileSystem; readonly failures: WriteFailure[] }>()
  for (const failure of failures) {
    const system = failure.place?.fileSystem ?? (seen.disk.known ? fileSystemOf(failure.path, seen.disk.value) : null)
    if (!system) continue
    const place = places.get(system.mount) ?? { system, failures: [] }
    place.failures.push(failure)
    places.set(system.mount, place)
  }
  const told = [...places.keys()]
  const paths = seen['nginx-paths']
  return [
    ...[...places.values()].map((place) => failingClaim(place.system, place.failures, seen)),
    ...logClaims(seen, told),
    ...(paths.known ? scarceClaims(paths.value, seen['largest-paths'], told) : []),
  ]
}

function failingClaim(system: FileSystem, failures: readonly WriteFailure[], seen: Seen): Claim {
  const [newest] = failures
  const full = isFull(system) !== null
  const processes = seen['nginx-processes']
  const sure = processes.known && failures.some(({ event }) => isOwnEntry(event, processes.value))
  const what = newest ? usedFor(newest) : 'files'
  return {
    summary: full
      ? `${fullWords(system)}: nginx cannot write ${what}`
      : `${system.mount} ran full while nginx wrote ${what} (${newest ? inWords(newest.event.lastAgo) : ''} ago); ${Math.round(system.freeKb / 1024)} MB are free again`,
    subject: { path: system.mount },
    failingNow: newest?.event.now === true,
    impact: newest ? impactOfEvent(newest.event, seen.host) : null,
    evidence: [
      ...(newest ? [seenBy('error-log', `tail ${newest.group.log}`, newest.group.text)] : []),
      systemEvidence(system),
      ...largestEvidence(system, seen['largest-paths']),
    ],
    unlike: [
      ruledOut('temp-path-permission', 'the kernel said "no space left" (28), not "permission denied" (13)'),
      ...(sure ? [] : [notJudged('disk-full', 'no live worker signed these lines, so they could be text of a client')]),
    ],
    // With room again, and its sites serving as if nothing were, nobody knows whether it is over.
    ...(!full && { atMost: sure && newest?.event.outlived === false ? ('likely' as const) : ('possible' as const) }),
    explains: ['app-error', 'no-live-upstreams'],
    steps: stepsForRoom(system),
  }
}

/** A folder of logs without room: nginx goes on serving, and nobody can read what it would have written. */
function logClaims(seen: Seen, told: readonly string[]): Claim[] {
  if (!seen['nginx-paths'].known) return []
  const logs = seen['nginx-paths'].value.paths.filter(
    ({ use, fileSystem }) =>
      use === 'log' && fileSystem !== null && isFull(fileSystem) !== null && !told.includes(fileSystem.mount),
  )
  return [...new Map(logs.map((each) => [each.fileSystem?.mount, each])).values()].flatMap(({ path, fileSystem }) =>
    fileSystem
      ? [
          {
            summary: `${fullWords(fileSystem)}: nginx cannot write its logs in ${path}, and what failed since is not to be read there`,
            subject: { path: fileSystem.mount },
            failingNow: true,
            impact: null,
            evidence: [systemEvidence(fileSystem), ...largestEvidence(fileSystem, seen['largest-paths'])],
            unlike: [ruledOut('temp-path-permission', 'df shows no room, whatever the modes are')],
            steps: stepsForRoom(fileSystem),
          },
        ]
      : [],
  )
}

function usedFor({ place, path }: WriteFailure): string {
  switch (place?.use) {
    case 'client-body':
      return `uploads to ${place.path}`
    case 'proxy':
    case 'fastcgi':
    case 'uwsgi':
    case 'scgi':
      return `answers that are too large for its buffers to ${place.path}`
    case 'cache':
      return `its cache in ${place.path}`
    case 'log':
      return `its logs in ${place.path}`
    default:
      return path
  }
}
