import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut, type LookAlike } from '../diagnosis/rule.ts'
import type { Pass } from '../nginx/config-passes.ts'
import { allInForce, inForce } from '../nginx/config-scope.ts'
import { addressText } from '../nginx/config-address.ts'
import type { Upstream } from '../nginx/config-upstreams.ts'
import { isOpen } from '../symptoms/course.ts'
import { isAtLeast, nginxVersion } from '../symptoms/upstream-tls.ts'
import { type ClosingMap, closingMap } from './closing-map.ts'
import { lineText, replaceInLine } from './config-line.ts'
import { defineRule, type Knowledge, seenBy } from './knowledge.ts'
import { type Setting, settingsDiff } from './location-diff.ts'

type Seen = View<Knowledge, 'nginx-config' | 'nginx-build' | 'host', 'sockets' | 'troubles'>

/** proxy_http_version 1.1 and no "Connection: close" are the default from here on (CHANGES of 1.29.7). */
export const EFFECTIVE_BY_DEFAULT = [1, 29, 7] as const

/**
 * Latent: `keepalive` stands in an upstream block, and the locations that use it end each connection all the same, because they speak
 * HTTP/1.0 or send "Connection: close" (nginx's defaults before 1.29.7), or FastCGI without fastcgi_keep_conn.
 * Tell-tale: the parsed configuration, with the version of nginx.
 * Look-alikes: port-exhaustion (then it hurts already, and is said there).
 */
export const keepaliveIneffective = defineRule({
  id: 'keepalive-ineffective',
  needs: ['nginx-config', 'nginx-build', 'host'],
  settles: ['sockets', 'troubles'],
  judge: (seen) =>
    seen['nginx-config'].model.upstreams.flatMap((upstream) => {
      const version = nginxVersion(seen['nginx-build'])
      if (version === null) return []
      const passes = seen['nginx-config'].model.passes.filter(
        ({ target }) => target.kind === 'upstream' && target.name === upstream.name,
      )
      const lacking = passes.flatMap((pass) => {
        const settings = missingFor(pass, upstream, version)
        return settings.length > 0 ? [{ pass, settings }] : []
      })
      const [first] = lacking
      if (first) return [claimOf(upstream, first, lacking.length, seen)]
      const closing = passes
        .filter(({ protocol }) => protocol === 'proxy')
        .map((pass) => ({ pass, map: closingMap(pass) }))
      const [mapped] = (upstream.keepalive ?? 0) > 0 && upstream.protocol === 'http' ? closing : []
      return mapped?.map && closing.every(({ map }) => map !== null)
        ? [byMap(upstream, mapped.pass, mapped.map, seen)]
        : []
    }),
})

interface Lacking {
  readonly pass: Pass
  readonly settings: readonly Setting[]
}

/** What this location must say for `keepalive` to work; nothing when it does work, or when nobody asked for it. */
export function missingFor(pass: Pass, upstream: Upstream, version: readonly number[]): readonly Setting[] {
  if (upstream.protocol !== 'http' || (upstream.keepalive ?? 0) === 0) return []
  if (pass.protocol === 'fastcgi')
    return inForce(pass.scope, 'fastcgi_keep_conn')?.value === 'on' ? [] : [{ name: 'fastcgi_keep_conn', value: 'on' }]
  if (pass.protocol !== 'proxy') return []
  const modern = isAtLeast(version, EFFECTIVE_BY_DEFAULT)
  const http = inForce(pass.scope, 'proxy_http_version')?.value ?? (modern ? '1.1' : '1.0')
  const connection = allInForce(pass.scope, 'proxy_set_header').find(
    (each) => each.args[0]?.toLowerCase() === 'connection',
  )
  const value = connection?.args[1] ?? (modern ? '' : 'close')
  // "upgrade" and a variable belong to websockets; what a map makes of it is not known here.
  const closes = value.toLowerCase() === 'close'
  return [
    ...(http === '1.0' ? [{ name: 'proxy_http_version', value: '1.1' }] : []),
    ...(closes ? [{ name: 'proxy_set_header', value: 'Connection ""', first: 'Connection' }] : []),
  ]
}

function claimOf(upstream: Upstream, { pass, settings }: Lacking, locations: number, seen: Seen): Claim {
  const config = seen['nginx-config']
  const words = settings.map(({ name, value }) => `${name} ${value};`).join(' ')
  const diff = inheritedAsWell(pass, settings)
    ? settingsDiff(config, pass, withInherited(pass, settings))
    : settingsDiff(config, pass, settings)
  const others = locations > 1 ? ` (and ${locations - 1} more)` : ''
  const closed = closedConnections(upstream, seen)
  return {
    summary: `keepalive ${upstream.keepalive ?? 0} of upstream ${upstream.name} has no effect: ${pass.file}:${pass.line}${others} lacks ${words}`,
    subject: { upstream: upstream.name, file: pass.file, line: pass.line },
    failingNow: false,
    impact: null,
    evidence: [
      seenBy('nginx-config', 'nginx -T', keepaliveText(upstream, config.files.get(upstream.file) ?? '')),
      seenBy('nginx-config', 'nginx -T', lineText(config, pass.file, pass.line)),
      seenBy('nginx-build', 'nginx -V', seen['nginx-build'].product),
      ...(closed === null ? [] : [seenBy('sockets', `ss -Htan | sort | uniq -c`, closed)]),
    ],
    unlike: [exhaustionAlike(upstream, seen)],
    steps: [`${pass.file}:${pass.line}: ${words}`, 'nginx -t && systemctl reload nginx'],
    ...(diff !== null && { diff }),
  }
}

/** "Connection: close" comes out of a map, for every request that is no websocket. */
function byMap(upstream: Upstream, pass: Pass, { variable, file, line }: ClosingMap, seen: Seen): Claim {
  const config = seen['nginx-config']
  const diff = replaceInLine(config, file, line, ' close;', " '';")
  return {
    ...claimOf(upstream, { pass, settings: [] }, 1, seen),
    summary: `keepalive ${upstream.keepalive ?? 0} of upstream ${upstream.name} has no effect: $${variable} makes "Connection: close" of every request without an upgrade (${file}:${line})`,
    evidence: [
      seenBy('nginx-config', 'nginx -T', keepaliveText(upstream, config.files.get(upstream.file) ?? '')),
      seenBy('nginx-config', 'nginx -T', lineText(config, file, line)),
    ],
    steps: [
      `${file}:${line}: '' in place of close, so that no Connection header is sent`,
      'nginx -t && systemctl reload nginx',
    ],
    ...(diff !== null && { diff }),
  }
}

/** A proxy_set_header in the block would end the inheritance of those around it (reference of proxy_set_header). */
export function inheritedAsWell(pass: Pass, settings: readonly Setting[]): boolean {
  return (
    settings.some((each) => each.name === 'proxy_set_header') &&
    !pass.scope.directives.some((each) => each.name === 'proxy_set_header') &&
    allInForce(pass.scope, 'proxy_set_header').length > 0
  )
}

export function withInherited(pass: Pass, settings: readonly Setting[]): readonly Setting[] {
  const around = allInForce(pass.scope, 'proxy_set_header')
    .filter((each) => each.args[0]?.toLowerCase() !== 'connection')
    .map((each) => ({ name: 'proxy_set_header', value: each.args.map(quoted).join(' '), first: each.args[0] ?? '' }))
  return [...around, ...settings]
}

function quoted(arg: string): string {
  return arg === '' || /[\s;{}"']/.test(arg) ? `"${arg.replaceAll('"', '\\"')}"` : arg
}

function keepaliveText(upstream: Upstream, text: string): string {
  const lines = text.split('\n')
  const at = lines.findIndex((line, index) => index >= upstream.line - 1 && /^\s*keepalive\s/.test(line))
  return at < 0
    ? `${upstream.file}:${upstream.line}: upstream ${upstream.name}`
    : `${upstream.file}:${at + 1}: ${(lines[at] ?? '').trim()}`
}

function closedConnections(upstream: Upstream, seen: Seen): string | null {
  if (!seen.sockets.known) return null
  const peers = upstream.peers.map(addressText)
  const waiting = seen.sockets.value.connections.filter(
    (each) => each.state === 'TIME-WAIT' && peers.includes(each.peer),
  )
  const count = waiting.reduce((sum, each) => sum + each.count, 0)
  return count === 0 ? null : `${count} connections to ${peers.join(', ')} in TIME-WAIT`
}

function exhaustionAlike(upstream: Upstream, seen: Seen): LookAlike {
  if (!seen.troubles.known) return notJudged('port-exhaustion', seen.troubles.reason)
  const peers = upstream.peers.map(addressText)
  const hurts = seen.troubles.value.some(
    (each) => each.kind === 'no-local-port' && isOpen(each) && each.address !== null && peers.includes(each.address),
  )
  return hurts
    ? notJudged('port-exhaustion', 'connections to it fail for want of a local port')
    : ruledOut('port-exhaustion', 'no connection to it fails for want of a local port')
}
