import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { inForce, type Scope } from '../nginx/config-scope.ts'
import { pathOfPart } from '../nginx/location-match.ts'
import { type ConfiguredAnswer, configuredAnswers } from '../nginx/switches.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import { isOpen } from '../symptoms/course.ts'
import { eventsOfKind } from '../symptoms/events.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { lineText, removeLine, replaceInLine } from './config-line.ts'
import { defineRule, impactOf, type Knowledge, liveEvidence, seenBy, troubleKey } from './knowledge.ts'
import { scopeFor, serversNamed } from './named-servers.ts'
import { type Switched, switchedBy } from './switched.ts'
import { logUnseen } from './answered-by.ts'
import { countedAnswers } from './failing-words.ts'

type Seen = View<Knowledge, 'troubles' | 'host' | 'nginx-config', 'served-paths' | 'events' | 'error-log'>

interface Found {
  readonly trouble: Trouble
  readonly answer: ConfiguredAnswer
  readonly scope: Scope
  readonly switched: Switched
  readonly live: LiveAnswer | null
}

/**
 * Cause: the configuration itself answers 5xx here, like a maintenance switch that somebody forgot.
 * Tell-tale: return 5xx (or =5xx of error_page, try_files) where the failing path is served, its condition true now, and the answer that comes
 * has that status; no upstream is asked.
 * Look-alikes: rate-limited (nginx's own 503 by limit_req, with a line in the log), app-error (the application's own 503).
 */
export const configuredError = defineRule({
  id: 'configured-error',
  needs: ['troubles', 'host', 'nginx-config'],
  settles: ['served-paths', 'events', 'error-log'],
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => {
      const found = findAnswer(trouble, seen)
      return found ? [claimOf(found, seen)] : []
    }),
})

/** The configured answer that fits what fails: status and place; a switch that is off does not count. */
export function configuredFor(
  trouble: Trouble,
  seen: Pick<Seen, 'nginx-config' | 'served-paths'>,
): Omit<Found, 'trouble'> | null {
  const { model } = seen['nginx-config']
  const live = trouble.live.filter((each) => each.way === 'nginx' && (each.status ?? 0) >= 500)
  const places = [
    ...live.map((each) => ({ path: each.path, status: each.status ?? 0, live: each })),
    ...(trouble.answers ?? []).map(({ segment, status }) => ({ path: segment ?? '/', status, live: null })),
  ]
  for (const server of serversNamed(trouble.sites, model)) {
    for (const place of places) {
      const scope = scopeFor(server, place.live ? place.path : pathOfPart(server, place.path))
      if (scope === null) continue
      for (const answer of configuredAnswers(scope).filter(({ status }) => status === place.status)) {
        const switched = switchedBy(answer, scope, seen['served-paths'], place.live?.path ?? null)
        if (switched.state !== 'off') return { answer, scope, switched, live: place.live }
      }
    }
  }
  return null
}

function findAnswer(trouble: Trouble, seen: Seen): Found | null {
  if (trouble.kind !== 'failing-answer' && trouble.kind !== 'gateway-error') return null
  const found = configuredFor(trouble, seen)
  return found && { trouble, ...found }
}

function claimOf(found: Found, seen: Seen): Claim {
  const { trouble, answer, switched, live } = found
  const { file, line, status } = answer
  const site = trouble.sites[0] ?? ''
  const why = answer.conditions.length === 0 ? '' : `, because ${switched.because}`
  // Without an answer of this moment the file on disk may not be what runs; without a condition that is known to hold it may be another's answer.
  const unsure = live === null || (switched.state === 'unknown' && !live.nginxPage && !noUpstreamAsked(trouble))
  return {
    summary: `the configuration itself answers ${status} for ${site}${live && live.path !== '/' ? live.path : ''}: ${answer.text.slice(0, 80)} (${file}:${line})${why}`,
    about: troubleKey(trouble),
    subject: { file, line, ...(switched.path !== null && { path: switched.path }) },
    failingNow: isOpen(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...(live ? [liveEvidence(live)] : []),
      ...countedAnswers(trouble),
      seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], file, line)),
      ...answer.conditions.map(({ text, at }) =>
        seenBy('nginx-config', 'nginx -T', `${at.file}:${at.line}: if ${text}`),
      ),
      ...(switched.path === null ? [] : [seenBy('served-paths', `ls -l ${switched.path}`, switched.because)]),
    ],
    unlike: [limitAlike(found, seen), applicationAlike(found)],
    ...(unsure && { atMost: live === null && switched.state === 'on' ? ('likely' as const) : ('possible' as const) }),
    ...cureOf(found, seen),
  }
}

function noUpstreamAsked({ answers = [] }: Trouble): boolean {
  return answers.some(({ noUpstream }) => noUpstream > 0) && !answers.some(({ fromUpstream }) => fromUpstream > 0)
}

function limitAlike({ scope, trouble }: Found, seen: Seen): LookAlike {
  const limits = ['limit_req', 'limit_conn'].filter((name) => inForce(scope, name) !== null)
  if (limits.length === 0) return ruledOut('rate-limited', 'no limit_req or limit_conn holds there')
  if (!seen.events.known) return notJudged('rate-limited', seen.events.reason)
  const limited = eventsOfKind(seen.events.value, 'limiting').some(
    (event) => event.now && event.sites.some((site) => trouble.sites.includes(site)),
  )
  const unseen = logUnseen(seen['error-log'])
  if (unseen !== null && !limited) return notJudged('rate-limited', unseen)
  return limited
    ? notJudged('rate-limited', `${limits.join(' and ')} refuses requests there as well`)
    : ruledOut('rate-limited', `${limits.join(' and ')} holds there, and no line says that it refused a request`)
}

function applicationAlike({ answer, switched, live, trouble }: Found): LookAlike {
  if (switched.state === 'on' && answer.text.startsWith('return '))
    return ruledOut('app-error', 'return answers before anything is passed on')
  if (live?.nginxPage) return ruledOut('app-error', "the answer is nginx's own page")
  if (noUpstreamAsked(trouble)) return ruledOut('app-error', 'no upstream was asked for these answers')
  const direct = trouble.live.find((each) => each.way === 'direct' && each.status !== null)
  if (direct && (direct.status ?? 0) < 500)
    return ruledOut('app-error', `asked directly, the application answers ${direct.status ?? ''}`)
  return notJudged('app-error', 'whether the application was asked is not known')
}

function cureOf({ answer, switched, scope }: Found, seen: Seen): Pick<Claim, 'steps' | 'diff'> {
  const { file, line, conditions } = answer
  const config = seen['nginx-config']
  if (switched.path !== null) {
    return {
      steps: [
        `if the maintenance is over, take the switch away: rm ${switched.path}`,
        'no reload is needed: nginx looks for the file at each request',
      ],
    }
  }
  const { assignment } = switched
  const written =
    assignment === null ? [] : [` ${assignment.value};`, ` "${assignment.value}";`, ` '${assignment.value}';`]
  const off =
    written
      .map((text) => assignment && replaceInLine(config, assignment.file, assignment.line, text, ' 0;'))
      .find((diff) => diff !== null) ?? null
  if (assignment !== null && off !== null)
    return {
      steps: [`switch it off at ${assignment.file}:${assignment.line}`, 'nginx -t && systemctl reload nginx'],
      diff: off,
    }
  // What stays behind must still answer: an application, or files of its own.
  const serves =
    scope.directives.some(({ name }) => /_pass$|^(?:root|alias|try_files)$/.test(name)) || scope.name === 'server'
  const gone =
    conditions.length === 0 && serves && answer.text.startsWith('return ') ? removeLine(config, file, line) : null
  return {
    steps: [
      `see who put it there and whether it is still meant: ${file}:${line}`,
      'nginx -t && systemctl reload nginx',
    ],
    ...(gone !== null && { diff: gone }),
  }
}
