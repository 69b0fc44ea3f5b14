import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { hasSizeOf } from './body-size.ts'
import { configuredFor, type Found } from './configured-answer.ts'
import { lineText, removeLine, replaceInLine } from './config-line.ts'
import { defineRule, impactOf, type Knowledge, liveEvidence, seenBy, troubleKey } from './knowledge.ts'
import { countedAnswers } from './failing-words.ts'
import { limitAlike, limitsOf, saysNothing } from './limit-alike.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'nginx-config',
  'served-paths' | 'events' | 'error-log' | 'nginx-build'
>

/**
 * Cause: the configuration itself answers 5xx here, like a maintenance switch that somebody forgot.
 * Tell-tale: return 5xx (or =5xx of error_page, try_files) where the failing path is served, its condition true now, and the answer that comes
 * has that status; no upstream is asked.
 * Look-alikes: rate-limited (nginx's own 503 by limit_req, with a line in the log), app-error (the application's own 503).
 */
export const configuredError = defineRule({
  id: 'configured-error',
  needs: ['troubles', 'host', 'nginx-config'],
  settles: ['served-paths', 'events', 'error-log', 'nginx-build'],
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => {
      const found = findAnswer(trouble, seen)
      return found ? [claimOf(found, seen)] : []
    }),
})

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
  const own = !isNginxBehind(trouble) && hasSizeOf(answer, found.scope, trouble.answers ?? [], seen['nginx-build'])
  const application = own
    ? ruledOut('app-error', `the answers have the very size of what ${file}:${line} says`)
    : applicationAlike(found)
  const limit = limitAlike(found.scope, trouble, seen)
  const limits = limitsOf(found.scope)
  const seenNot = live?.nginxPage !== true && !noUpstreamAsked(trouble)
  const unsure = live === null || (switched.state === 'unknown' && (seenNot || saysNothing(found.scope, limits)))
  const fits = (live === null && switched.state === 'on') || ((live !== null || own) && limits.length === 0)
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
    unlike: [limit, application],
    ...(unsure && {
      atMost:
        fits && application.out && (own || found.guessed !== true || !isUsual(status))
          ? ('likely' as const)
          : ('possible' as const),
    }),
    ...cureOf(found, seen),
  }
}

/** Another nginx has pages of the same size. */
function isNginxBehind({ live }: Trouble): boolean {
  return live.some(({ way, server }) => way === 'direct' && /^(nginx|openresty|angie|freenginx|Tengine)/i.test(server))
}

function noUpstreamAsked({ answers = [] }: Trouble): boolean {
  return answers.some(({ noUpstream }) => noUpstream > 0) && !answers.some(({ fromUpstream }) => fromUpstream > 0)
}

/** What applications, and nginx for them, say of any failure. */
function isUsual(status: number): boolean {
  return status === 500 || (status >= 502 && status <= 504)
}

function applicationAlike({ answer, switched, live, trouble, guessed }: Found): LookAlike {
  if (guessed !== true && switched.state === 'on' && answer.text.startsWith('return '))
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
    conditions.length === 0 && answer.named !== true && serves && answer.text.startsWith('return ')
      ? removeLine(config, file, line)
      : null
  return {
    steps: [
      `see who put it there and whether it is still meant: ${file}:${line}`,
      'nginx -t && systemctl reload nginx',
    ],
    ...(gone !== null && { diff: gone }),
  }
}
