import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { allInForce, nearest, type InForce, type Scope } from '../nginx/config-scope.ts'
import { rootOf } from '../nginx/served-root.ts'
import { eventsOfKind, type Event } from '../symptoms/events.ts'
import { lineText, replaceInLine } from './config-line.ts'
import { defineRule, eventEvidence, impactOfEvent, type Knowledge, seenBy } from './knowledge.ts'
import { requestedPath } from '../nginx/requested-path.ts'
import { scopeFor, serversNamed } from './named-servers.ts'
import { loadedSince } from './notice-course.ts'

type Seen = View<Knowledge, 'events' | 'host' | 'nginx-config' | 'nginx-processes', 'served-paths'>

/** What sends a request round and round. */
interface Turn {
  readonly directive: InForce
  readonly name: 'try_files' | 'error_page' | 'rewrite'
  /** Where it sends the request: "/index.html". */
  readonly target: string
}

/**
 * Notice: an internal redirect leads back to where it began; nginx gives up after ten rounds and answers 500.
 * Tell-tale: "rewrite or internal redirection cycle", and in the location that serves the path a try_files, error_page or rewrite that leads there again.
 * Look-alike: proxy-loop (nginx sends the request to itself over a connection; here no upstream is asked).
 */
export const redirectCycle = defineRule({
  id: 'redirect-cycle',
  needs: ['events', 'host', 'nginx-config', 'nginx-processes'],
  settles: ['served-paths'],
  judge: (seen) => onePerServer(eventsOfKind(seen.events, 'rewrite-cycle')).map((event) => claimOf(event, seen)),
})

/** The message carries the path, so that one mistake gives many events. */
function onePerServer(events: readonly Event[]): readonly Event[] {
  return [...new Map(events.toReversed().map((event) => [event.sites.join(' '), event])).values()]
}

function claimOf(event: Event, seen: Seen): Claim {
  const config = seen['nginx-config']
  const site = event.sites[0] ?? ''
  const server = serversNamed([site], config.model)[0]
  const target = /while (?:internally redirecting to|processing) "([^"]*)"?/
    .exec(event.line.message)?.[1]
    ?.replace(/\?.*/, '')
  const scope = server ? scopeFor(server, target ?? requestedPath(event.line)) : null
  const turn = scope && turnIn(scope, target ?? '')
  const { file = null, line = null } = turn?.directive ?? {}
  const gone = turn && scope ? missingTarget(turn, scope, seen) : null
  const diff = turn ? diffFor(turn, seen) : null
  return {
    summary: `an internal redirect of ${site === '' ? 'a server without a name' : site} runs in a circle${turn ? `: ${turn.name} ${turn.directive.value} (${file ?? ''}:${line ?? 0}) leads to ${turn.target}, which is served by the same block` : ''}${gone === null ? '' : `, and ${gone} does not exist`}. nginx answers 500`,
    subject: file !== null && line !== null ? { file, line, ...(gone !== null && { path: gone }) } : {},
    failingNow: event.now && !loadedSince(event, seen.host, seen['nginx-processes']),
    impact: impactOfEvent(event, seen.host),
    evidence: [
      eventEvidence(event),
      ...(file !== null && line !== null ? [seenBy('nginx-config', 'nginx -T', lineText(config, file, line))] : []),
      ...(gone === null ? [] : [seenBy('served-paths', `ls -l ${gone}`, `${gone} does not exist`)]),
    ],
    unlike: [ruledOut('proxy-loop', 'the circle is inside nginx: no upstream is asked')],
    steps: [
      gone === null
        ? 'break the circle: let the last step end in a status or in another location'
        : `put ${gone} back if it is missing by mistake; else end the line with =404`,
      'nginx -t && systemctl reload nginx',
    ],
    ...(diff !== null && { diff }),
  }
}

/** The directive of this block that sends a request to a path that the block serves itself. */
function turnIn(scope: Scope, target: string): Turn | null {
  const server = nearest(scope, 'server')
  for (const name of ['try_files', 'error_page'] as const) {
    for (const directive of allInForce(scope, name)) {
      const end = directive.args.at(-1)?.replace(/\?.*/, '') ?? ''
      if (end.startsWith('/') && (end === target || end.replace(/\$\w+/g, '') === target))
        return { directive, name, target: end }
    }
  }
  const rewrites = [scope, server].flatMap((each) =>
    each ? each.directives.filter(({ name }) => name === 'rewrite') : [],
  )
  const rewrite = rewrites.find(({ args }) => args[2] !== 'break' && args[2] !== 'redirect' && args[2] !== 'permanent')
  return rewrite
    ? {
        directive: { args: rewrite.args, value: rewrite.args.join(' '), file: rewrite.file, line: rewrite.line },
        name: 'rewrite',
        target: rewrite.args[1] ?? '',
      }
    : null
}

function missingTarget({ name, target }: Turn, scope: Scope, { 'served-paths': served }: Seen): string | null {
  const root = rootOf(scope)
  if (name === 'rewrite' || root === null || !served.known || target.includes('$')) return null
  const path = `${root.path.replace(/\/$/, '')}${target}`
  return served.value.paths.some((each) => each.path === path && each.missing !== null) ? path : null
}

/** try_files ends in a status instead; a rewrite stays in its location. */
function diffFor({ name, directive, target }: Turn, { 'nginx-config': config }: Seen): string | null {
  const { file, line, args } = directive
  if (file === null || line === null) return null
  if (name === 'try_files') return replaceInLine(config, file, line, `${args.at(-1) ?? target};`, '=404;')
  if (name === 'rewrite' && args[2] === 'last') return replaceInLine(config, file, line, ' last;', ' break;')
  return null
}
