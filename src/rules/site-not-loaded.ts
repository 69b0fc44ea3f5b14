import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { endpointsOf } from '../nginx/config-endpoints.ts'
import type { AccessCounts, AnswerCount } from '../probes/access-log.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import { serversLoggingTo } from '../symptoms/answering-servers.ts'
import { isGuessed } from '../symptoms/guessed-part.ts'
import { clockAgo, inWords, instantAgo } from '../symptoms/time.ts'
import { type WaitingSite, waitingSites } from '../symptoms/waiting-sites.ts'
import {
  type Changed,
  changedEvidence,
  configAlike,
  type LoadSeen,
  reloadFix,
  unitOfMaster,
} from './changed-since-load.ts'
import { type Knowledge, liveEvidence, seenBy } from './knowledge.ts'
import { loadedSince } from './notice-course.ts'

type Seen = LoadSeen & View<Knowledge, never, 'live-requests' | 'access-log'>

/** Fewer in ten minutes are visitors who guess; of so many all but one in five find nothing, and they are a good part of what is asked there. */
const LEAST = 20
const MOST_OF_PART = 0.8
const MUCH_OF_LOG = 0.2

/** Seconds: stamps of logs are whole ones, and people may try before the file is written to its end. */
const SLACK = 5

/**
 * A site is on disk and nginx does not know its name: a request for it is answered as another server at that address answers, by nginx itself or with
 * that server's own file, where what is written passes everything on; and people who ask there find nothing.
 */
export function siteNotLoaded(changed: readonly Changed[], seen: Seen): Claim[] {
  const { 'live-requests': live, 'nginx-config': config } = seen
  if (!live.known) return []
  const files = changed.map(({ stat }) => stat.path)
  return waitingSites(files, config.model).flatMap((site) => {
    const first = changed.find(({ stat }) => stat.path === site.server.file)
    const through = live.value.answers.find((each) => isFor(each, site))
    const instead = through && live.value.answers.find((each) => isInstead(each, through, site))
    const lost = first ? lostIn(site, first, seen) : null
    return first && through && instead && lost ? [claimOf(site, { through, instead, lost, first }, seen)] : []
  })
}

function isFor({ way, host, path }: LiveAnswer, site: WaitingSite): boolean {
  return way === 'nginx' && host === site.name && path === site.path
}

/** The same answer of another server there: its very file, or "not found" by nginx itself. */
function isInstead(answer: LiveAnswer, through: LiveAnswer, { others, name }: WaitingSite): boolean {
  const { way, host, endpoint, path, status, nginxPage, etag } = answer
  const there = host === 'localhost' || others.some(({ names }) => names.includes(host))
  if (way !== 'nginx' || host === name || !there || endpoint !== through.endpoint || path !== through.path) return false
  if (status === null || status !== through.status || nginxPage !== through.nginxPage) return false
  return etag === undefined ? status === 404 && nginxPage && through.etag === undefined : etag === through.etag
}

interface Lost {
  readonly log: AccessCounts
  readonly answer: AnswerCount
}

/** Where those other servers write what they answered: a part in which next to everybody gets 404 since the file is there, and not one that scanners ask for. */
function lostIn(
  { others }: WaitingSite,
  { ago }: Changed,
  { 'access-log': access, 'nginx-config': config, 'nginx-processes': processes, host }: Seen,
): Lost | null {
  if (!access.known) return null
  const found = access.value.logs.flatMap((log) => {
    if (!serversLoggingTo(log.path, config.model).some((server) => others.includes(server))) return []
    return log.answers
      .filter(
        ({ status, count, segment }) => status === 404 && count >= LEAST && segment !== null && !isGuessed(segment),
      )
      .filter(({ firstAgo, count }) => firstAgo <= ago + SLACK && count >= MUCH_OF_LOG * log.total)
      .filter((answer) => !loadedSince(answer, host, processes))
      .filter(({ site, segment, count }) => {
        const all = log.asked.find((each) => each.site === site && each.segment === segment)
        return all !== undefined && count >= MOST_OF_PART * all.count
      })
      .map((answer) => ({ log, answer }))
  })
  return found.toSorted((a, b) => b.answer.count - a.answer.count)[0] ?? null
}

interface Proof {
  readonly through: LiveAnswer
  readonly instead: LiveAnswer
  readonly lost: Lost
  readonly first: Changed
}

function claimOf(site: WaitingSite, { through, instead, lost, first }: Proof, seen: Seen): Claim {
  const { server, name } = site
  const direct = directTo(site, seen)
  const unit = unitOfMaster(seen)
  const { log, answer } = lost
  return {
    summary: `nginx does not know ${name} yet: ${server.file} changed at ${clockAgo(seen.host, first.ago)} and was not reloaded, so that ${instead.host === 'localhost' ? 'the default server' : instead.host} answers for it`,
    since: instantAgo(seen.host, first.ago),
    subject: { file: server.file, line: server.line, ...(unit && { unit: unit.id }) },
    failingNow: true,
    impact: null,
    evidence: [
      liveEvidence(through),
      liveEvidence(instead),
      ...(direct ? [liveEvidence(direct)] : []),
      changedEvidence(first, seen),
      seenBy(
        'access-log',
        `tail ${log.path}`,
        `${answer.count} requests to ${answer.segment ?? ''} are answered 404, the last ${inWords(answer.lastAgo)} ago`,
      ),
    ],
    unlike: [
      configAlike(seen),
      backendAlike(direct, through),
      notJudged('proxy-pass-path', 'which name those requests had is in no log'),
    ],
    ...((isSame(direct, through) || isBehindAnother(direct, through)) && { atMost: 'possible' as const }),
    ...reloadFix(seen),
  }
}

function directTo({ pass, name, path }: WaitingSite, seen: Seen): LiveAnswer | null {
  const { 'live-requests': live, 'nginx-config': config } = seen
  const behind = endpointsOf(config.model).filter(({ usedBy }) => usedBy.some((use) => use.pass === pass))
  const answers = live.known ? live.value.answers : []
  return (
    answers.find(
      (each) =>
        each.way === 'direct' &&
        each.host === name &&
        each.path === path &&
        each.status !== null &&
        behind.some(({ address }) => address === each.endpoint),
    ) ?? null
  )
}

/** What the backend says as well, or may say, is no proof that it was not asked. */
function isSame(direct: LiveAnswer | null, through: LiveAnswer): boolean {
  return direct === null || (direct.status === through.status && direct.etag === through.etag)
}

/** The page "404 Not Found" of nginx is also that of a backend that is one, and that may have got another name to look for. */
function isBehindAnother(direct: LiveAnswer | null, { etag }: LiveAnswer): boolean {
  return etag === undefined && direct !== null && /^(?:nginx|openresty|angie|freenginx|tengine)/i.test(direct.server)
}

function backendAlike(direct: LiveAnswer | null, through: LiveAnswer): LookAlike {
  if (direct === null) return notJudged('app-error', 'what the backend answers was not seen')
  return isSame(direct, through)
    ? notJudged('app-error', 'the backend answers the same')
    : ruledOut('app-error', `asked directly, the backend of ${direct.host} answers otherwise (${direct.status ?? ''})`)
}
