import type { Fact } from '../diagnosis/fact.ts'
import type { LookAlike } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { GATEWAY_ERRORS, isMadeOf } from '../nginx/error-pages.ts'
import type { ErrorLogs } from '../probes/error-log.ts'
import type { Host } from '../probes/host.ts'
import type { TellingKind } from '../probes/telling-kinds.ts'
import type { TellingLine } from '../probes/unit-telling.ts'
import { isLocal } from '../symptoms/address.ts'
import { agoOf } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { freshLines, logUnseen, shortened, statusesOf } from './answered-by.ts'
import { neededService } from './needed-service.ts'
import type { TiedUnit } from './tied-units.ts'

/** The backend gave such an answer when it was asked without nginx. */
export function directProof({ live }: Trouble): string | null {
  // nginx's own page is the word of an nginx in between, of this one perhaps.
  const direct = live.find((each) => each.way === 'direct' && (each.status ?? 0) >= 500 && !each.nginxPage)
  return direct ? `asked directly, ${direct.endpoint} answers ${direct.status ?? ''}` : null
}

/** nginx passed such an answer on, and nothing in the configuration could have given it. */
export function passedProof({ live }: Trouble): string | null {
  const passed = live.find((each) => each.passedOn === true)
  return passed
    ? `${passed.host}${passed.path} is answered ${passed.status ?? ''} with a page that nginx does not have, and no error_page or return is set for it`
    : null
}

/** Nothing in its log, which was read to the end, tells of a process that ended, and it runs since before the trouble began. */
export function livesOn(trouble: Trouble, tied: TiedUnit | null, host: Host): boolean {
  if (!tied || tied.unit.telling.unknown !== null || tied.unit.startedAt === null) return false
  return (
    agoOf(tied.unit.startedAt, host) + STAMP_SECONDS >= (trouble.firstAgo ?? 0) &&
    freshLines(tied, host, ...endings).length === 0
  )
}

/** Stamps of the error log are whole seconds, and so is the host's clock beside them. */
const STAMP_SECONDS = 2

const endings: readonly TellingKind[] = [
  'main-killed',
  'main-exited',
  'restarted',
  'failed',
  'worker-died',
  'worker-timeout',
  'segfault',
  'uncaught',
  'oom-killed',
  'out-of-memory',
]

const errors: readonly TellingKind[] = ['exception', 'uncaught', 'stack-trace', 'out-of-memory', 'kernel-table-full']

/**
 * What the backend's own log says of an error. A line that has the level of one and nothing more counts when it was written while the
 * answers failed: some programs write such lines all day.
 */
export function errorLine(trouble: Trouble, tied: TiedUnit | null, host: Host): TellingLine | null {
  const { firstAgo, lastAgo } = trouble
  const during = freshLines(tied, host, 'error').find(({ at }) => {
    const ago = at === null ? null : host.epoch - at
    return ago !== null && firstAgo !== null && lastAgo !== null && ago <= firstAgo + SLACK && ago >= lastAgo - SLACK
  })
  return freshLines(tied, host, ...errors)[0] ?? during ?? null
}

/** Seconds between an answer and the program's line about it: buffered logs, and the time between two probes. */
const SLACK = 10

/**
 * 502 and 504 are what nginx says of a backend that broke off or was late, and so is what an error_page makes of them: only its own log
 * tells those from answers of the backend.
 */
export function isBreakOff(trouble: Trouble): boolean {
  const scopes = trouble.endpoints.flatMap(({ usedBy }) => usedBy.map(({ pass }) => pass.scope))
  return statusesOf(trouble).some(
    (status) => GATEWAY_ERRORS.includes(status) || scopes.some((scope) => isMadeOf(status, GATEWAY_ERRORS, scope)),
  )
}

/** A backend that dies leaves nginx without an answer, which is a 502; a whole answer of 500 or 503 comes from one that lives. */
export function crashedAlike(trouble: Trouble, tied: TiedUnit | null, proof: string | null, host: Host): LookAlike {
  if (trouble.kind === 'closed')
    return ruledOut('backend-crashed', 'none of its processes ended: it runs since before, and its log says so of none')
  const died = freshLines(tied, host, 'main-killed', 'worker-died', 'segfault')[0]
  if (died && proof === null) return notJudged('backend-crashed', `its log says: ${shortened(died.newest)}`)
  const statuses = statusesOf(trouble)
  if (statuses.length > 0 && !isBreakOff(trouble))
    return ruledOut(
      'backend-crashed',
      `the answers are ${statuses.join(' and ')}, not the 502 of a connection that broke off`,
    )
  if (directProof(trouble) !== null) return ruledOut('backend-crashed', 'it answers a direct request to the end')
  if (passedProof(trouble) !== null) return ruledOut('backend-crashed', 'it answers a request through nginx to the end')
  if (trouble.kind === 'error-answer')
    return ruledOut('backend-crashed', 'the script ends with an error, the backend goes on')
  return notJudged('backend-crashed', 'whether its processes died was not seen')
}

/**
 * What it says of its errors could not be read: an error of its own, a full disk and a service that it misses look the same from outside.
 * A script below FastCGI says it on its standard error, which nginx writes into the error log.
 */
export function isUnheard(
  trouble: Trouble,
  tied: TiedUnit | null,
  told: string | null,
  seen: { readonly host: Host; readonly 'error-log': Fact<ErrorLogs> },
): boolean {
  if (told !== null || trouble.address === null) return false
  const fastcgi = trouble.endpoints.some(({ usedBy }) => usedBy.some(({ pass }) => pass.protocol === 'fastcgi'))
  if (fastcgi && logUnseen(seen['error-log']) !== null) return true
  return isLocal(trouble.address, seen.host.addresses) && (tied === null || tied.unit.telling.unknown !== null)
}

export function dependencyAlike(tied: TiedUnit | null, told: string | null, line: TellingLine | null): LookAlike {
  if (line?.kind === 'error')
    return notJudged('backend-dependency-down', `its log does not say where this comes from: ${shortened(line.newest)}`)
  if (line && neededService(line.newest) !== null)
    return notJudged('backend-dependency-down', `the error names a service: ${shortened(line.newest)}`)
  if (told !== null) return ruledOut('backend-dependency-down', 'the error names no service that it cannot reach')
  return notJudged(
    'backend-dependency-down',
    tied
      ? (tied.unit.telling.unknown ?? 'its log says nothing of these errors')
      : 'the log of the application is not known',
  )
}
