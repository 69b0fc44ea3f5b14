import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Upstream } from '../nginx/config-upstreams.ts'
import { isRunning } from '../probes/unit-state.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { isAtLeast, nginxVersion } from '../symptoms/upstream-tls.ts'
import { insertAfterLine, lineText, replaceInLine } from './config-line.ts'
import { deathsOf, nobodyDied } from './ending/deaths.ts'
import { missingFor } from './keepalive-ineffective.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { tiedUnits } from './tied-units.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'nginx-config' | 'nginx-build' | 'live-requests',
  'backend-units' | 'kernel-log'
>

/** keepalive_timeout in an upstream block (CHANGES of 1.15.3). */
const WITH_TIMEOUT = [1, 15, 3] as const

/**
 * Cause: the backend closes idle connections earlier than nginx stops reusing them, and now and then a request meets the closing.
 * Tell-tale: sporadic 104 or "prematurely closed" while the backend answers well, nginx keeps connections to it (`keepalive` that works), and
 * an idle connection that was watched is closed by the backend sooner than nginx's keepalive_timeout (60 s by default).
 * Look-alikes: backend-crashed, backend-killed-by-timeout, backend-oom-killed (then a process ends), websocket-headers-missing.
 */
export const keepaliveRace = defineRule({
  id: 'keepalive-race',
  needs: ['troubles', 'host', 'nginx-config', 'nginx-build', 'live-requests'],
  settles: ['backend-units', 'kernel-log'],
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  if (trouble.kind !== 'closed' || address === null || trouble.count === 0) return []
  const upstream = keepingUpstream(trouble, seen)
  const idle = idleSecondsOf(address, seen)
  const answers = seen['live-requests'].answers.some(
    ({ way, endpoint, status }) => way === 'direct' && endpoint === address && status !== null,
  )
  if (upstream === null || idle === null || !answers || idle.seconds >= upstream.keepaliveTimeout.seconds) return []
  return [claimOf(trouble, address, upstream, idle, seen)]
}

/** The upstream block through which the address is reached, if nginx keeps connections to it open. */
function keepingUpstream(trouble: Trouble, seen: Seen): Upstream | null {
  const uses = trouble.endpoints.flatMap((endpoint) => endpoint.usedBy)
  for (const use of uses) {
    const upstream = seen['nginx-config'].model.upstreams.find(({ name }) => name === use.upstream)
    if (!upstream || use.pass.protocol !== 'proxy' || (upstream.keepalive ?? 0) === 0) continue
    if (missingFor(use.pass, upstream, seen['nginx-build'].version).length === 0) return upstream
  }
  return null
}

/** Sooner than this, in seconds, it may as well not keep connections at all, or curl was the one that ended. */
const AT_ONCE = 1

interface Idle {
  readonly seconds: number
  readonly text: string
}

/** How long the backend keeps an idle connection: seen, else as its Keep-Alive header says. */
function idleSecondsOf(address: string, seen: Seen): Idle | null {
  const { watches, idles } = seen['live-requests']
  const watch = watches.find((each) => each.endpoint === address && each.idleSeconds !== null)
  if (watch?.idleSeconds != null) {
    const text = `the backend was the first to close ${watch.idleClosed} idle connection${watch.idleClosed === 1 ? '' : 's'}, after ${watch.idleSeconds.toFixed(1)} s`
    return { seconds: watch.idleSeconds, text }
  }
  const held = idles.find((each) => each.endpoint === address && each.connection !== 'close')
  if (held?.closedAfter != null && held.closedAfter >= AT_ONCE)
    return {
      seconds: held.closedAfter,
      text: `the backend closed a connection that was held open after ${held.closedAfter.toFixed(1)} s`,
    }
  const promised = idles.find((each) => each.endpoint === address)?.promised ?? null
  return promised === null ? null : { seconds: promised, text: `Keep-Alive: timeout=${promised}` }
}

function claimOf(trouble: Trouble, address: string, upstream: Upstream, idle: Idle, seen: Seen): Claim {
  const units = seen['backend-units'].known ? tiedUnits(address, seen['backend-units'].value) : []
  const unit = units.find((each) => isRunning(each.unit))?.unit
  const deaths = unit ? deathsOf(unit, trouble, seen.host, seen['kernel-log']) : []
  const alive = unit ? nobodyDied(unit, trouble, seen.host) : null
  const nginxKeeps = upstream.keepaliveTimeout.seconds
  const diff = diffFor(upstream, idle.seconds, seen)
  const place = upstream.keepaliveTimeout.line ?? upstream.keepaliveLine ?? upstream.line
  const died = (cause: 'backend-crashed' | 'backend-killed-by-timeout' | 'backend-oom-killed') =>
    deaths.length > 0
      ? notJudged(cause, deaths[0]?.text.slice(0, 160) ?? '')
      : alive?.sure === true
        ? ruledOut(cause, alive.because)
        : notJudged(cause, alive?.because ?? `no unit is tied to ${address}`)
  return {
    summary: `${unit?.id ?? address} closes idle connections after about ${idle.seconds.toFixed(1)} s, and nginx reuses them for up to ${nginxKeeps} s: a request now and then meets the closing`,
    subject: { upstream: address, ...(unit && { unit: unit.id }), file: upstream.file, line: place },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('live-requests', `ss -tina   # a connection to ${address}, left idle`, idle.text),
      seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], upstream.file, place)),
    ],
    unlike: [died('backend-crashed'), died('backend-killed-by-timeout'), died('backend-oom-killed')],
    ...(deaths.length > 0 && { atMost: 'possible' as const }),
    steps: [
      `let the backend keep idle connections longer than nginx does (gunicorn --keep-alive, Node.js server.keepAliveTimeout, KeepAliveTimeout): more than ${nginxKeeps} s`,
      ...(diff === null ? [] : ['or let nginx give them up first, as in the diff; nginx -t && systemctl reload nginx']),
    ],
    ...(diff !== null && { diff }),
  }
}

/** keepalive_timeout of the upstream block a second below the backend's; a backend that keeps less than two seconds leaves no room. */
function diffFor(upstream: Upstream, idle: number, seen: Seen): string | null {
  const { keepaliveTimeout, keepaliveLine, file } = upstream
  const below = Math.ceil(idle) - 1
  const version = nginxVersion(seen['nginx-build'])
  if (below < 1 || version === null || !isAtLeast(version, WITH_TIMEOUT)) return null
  if (keepaliveTimeout.line !== null && keepaliveTimeout.value !== null)
    return replaceInLine(seen['nginx-config'], file, keepaliveTimeout.line, keepaliveTimeout.value, `${below}s`)
  return keepaliveLine === null
    ? null
    : insertAfterLine(seen['nginx-config'], file, keepaliveLine, [`keepalive_timeout ${below}s;`])
}
