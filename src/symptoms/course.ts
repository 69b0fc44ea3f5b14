import type { Facts } from '../probes/index.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import { askedSince, type Lined } from './asked-since.ts'
import { isGone } from './gone-site.ts'
import { directKind, liveFailed } from './kind.ts'
import { areOfOlderWorkers } from './older-workers.ts'
import { startedSlowly } from './slow-start.ts'
import { isLater, startedAgain } from './started-again.ts'
import { agoOf, inWords } from './time.ts'
import type { Course, Trouble } from './trouble.ts'

/** Errors of this age or younger count as going on. */
export const recentSeconds = 600

/** The machine that a backend runs on, where it is another one than nginx's and was asked. */
export interface Behind {
  readonly host: Facts['host']
  readonly 'backend-units': Facts['backend-units']
}

interface Sighting {
  readonly address: string | null
  readonly recent: number
  readonly lastAgo: number | null
  /** false: its lines are stamped in the future of the host's clock, and may be of any age. */
  readonly dated?: boolean
  readonly live: readonly LiveAnswer[]
  /** What the error log says of it. */
  readonly logged?: Pick<Trouble, 'kind' | 'sites' | 'firstAgo' | 'groups'>
  /** For a failure that leaves a line each time. */
  readonly lined?: Lined | null
}

/** Is it failing now, healed, or history? A live check that passes heals nothing by itself: what ended the trouble must be seen too. */
export function courseOf(
  sighting: Sighting,
  facts: Facts,
  behind?: Behind,
): { readonly course: Course; readonly because: string; readonly livePasses: boolean } {
  const through = sighting.live.filter((answer) => answer.way === 'nginx')
  const direct = sighting.live.filter((answer) => answer.way !== 'nginx')
  const failed = [...through.filter(liveFailed), ...direct.filter((answer) => directKind(answer) !== null)][0]
  const unheard = isUnheard([...through.map(({ host }) => host), ...(sighting.logged?.sites ?? [])], facts)
  const livePasses = through.length > 0 && !unheard && !through.some(liveFailed)
  const answer = (course: Course, because: string) => ({ course, because, livePasses })

  if (failed) return answer('now', liveSentence(failed))
  if (sighting.lastAgo === null) return answer('unsure', 'no log line and no live request tells')
  if (sighting.dated === false)
    return answer(
      'unsure',
      "its log lines are stamped in the future of the host's clock, so nobody can tell how old they are",
    )
  // Where no request could be made at all, nothing says that it goes on; nor is such a host called healthy.
  const ended = livePasses || unheard ? endedBy(sighting, sighting.lastAgo, facts, behind) : null
  const calm = ended ?? (livePasses ? servedAfterStart(sighting, sighting.lastAgo, facts, behind) : null)
  if (calm) return answer('healed', calm)
  const loaded = loadedAgain(sighting, sighting.lastAgo, facts)
  if (loaded && isGone(sighting.logged?.sites ?? [], sighting.address, facts))
    return answer('healed', `${loaded}, which has neither these sites nor that address any more`)
  const asked = sighting.lined == null ? null : askedSince(sighting.lined, facts)
  if (asked !== null)
    return answer('healed', `${asked} requests came after the last of them, and none left such a line`)
  if (sighting.recent > 0 || sighting.lastAgo <= recentSeconds)
    return answer('now', `last error ${inWords(sighting.lastAgo)} ago`)
  if (livePasses)
    return answer('past', `no such error for ${inWords(sighting.lastAgo)}, and a request through nginx passes`)
  if (servedSince(facts))
    return answer('past', `no such error for ${inWords(sighting.lastAgo)} while requests were served`)
  return answer('unsure', `no such error for ${inWords(sighting.lastAgo)}, and no request since`)
}

/** What was asked beside them was not answered here: the one that fails may be among those. */
function isUnheard(hosts: readonly string[], { 'live-requests': live }: Facts): boolean {
  if (!live.known || live.value.cut) return true
  return live.value.lost.some(({ way, host }) => way === 'nginx' && hosts.includes(host))
}

function liveSentence(answer: LiveAnswer): string {
  const where =
    answer.way === 'nginx'
      ? `a request through nginx to ${answer.host}${answer.path}`
      : `a request straight to ${answer.endpoint}`
  if (answer.status !== null) return `${where} is answered ${answer.status}`
  return `${where} fails: ${answer.message.replace(/^curl: \(\d+\) /, '') || `curl exit code ${answer.exitCode}`}`
}

function endedBy(sighting: Sighting, lastAgo: number, facts: Facts, behind: Behind = facts): string | null {
  return startedAgain(sighting.address, lastAgo, behind) ?? loadedAgain(sighting, lastAgo, facts)
}

function servedAfterStart(
  { address, logged }: Sighting,
  lastAgo: number,
  facts: Facts,
  behind: Behind = facts,
): string | null {
  return logged ? startedSlowly({ ...logged, address, lastAgo }, facts, behind) : null
}

function loadedAgain({ logged }: Sighting, lastAgo: number, facts: Facts): string | null {
  const { host, 'nginx-processes': processes } = facts
  const loaded = processes.known ? processes.value.oldestWorker?.startedAt : undefined
  return host.known &&
    loaded !== undefined &&
    (isLater(loaded, lastAgo, host.value) || areOfOlderWorkers(logged?.groups ?? [], lastAgo, facts))
    ? `nginx loaded its configuration ${inWords(agoOf(loaded, host.value))} ago, after the last error`
    : null
}

function servedSince(facts: Facts): boolean {
  const access = facts['access-log']
  return access.known && access.value.logs.some((log) => log.lastGoodAgo !== null && log.lastGoodAgo < recentSeconds)
}

/** Worth a diagnosis: it hurts now, or it cannot be told that it does not. */
export function isOpen(trouble: Trouble): boolean {
  return trouble.course === 'now' || trouble.course === 'unsure'
}
