import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Pass } from '../nginx/config-passes.ts'
import { allInForce, inForce } from '../nginx/config-scope.ts'
import { passesFor } from '../nginx/location-match.ts'
import { passesConnection, passesUpgrade } from '../nginx/websocket-headers.ts'
import type { UpgradeAnswer } from '../probes/watch.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { isAtLeast, nginxVersion } from '../symptoms/upstream-tls.ts'
import { lineText } from './config-line.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { EFFECTIVE_BY_DEFAULT } from './keepalive-ineffective.ts'
import { type Setting, settingsDiff } from './location-diff.ts'

type Seen = View<Knowledge, 'nginx-config' | 'live-requests', 'troubles' | 'host' | 'nginx-build'>

/** 101 Switching Protocols: the handshake is taken (RFC 6455). */
const SWITCHING = 101

/**
 * Cause: a location with a websocket behind it is proxied without HTTP/1.1 and the Upgrade and Connection headers, which nginx does not pass on
 * by itself (nginx.org, WebSocket proxying), so the backend never sees the handshake.
 * Tell-tale: a handshake straight to the backend is answered 101, the same through nginx is not, and the location lacks those directives.
 * Look-alikes: backend-crashed and the like, when the backend closes on a request without Upgrade: it takes the direct handshake.
 */
export const websocketHeadersMissing = defineRule({
  id: 'websocket-headers-missing',
  needs: ['nginx-config', 'live-requests'],
  settles: ['troubles', 'host', 'nginx-build'],
  judge: (seen) => {
    const { upgrades } = seen['live-requests']
    return upgrades
      .filter(({ through, status }) => through === 'nginx' && status !== SWITCHING)
      .flatMap((answer) => {
        const pass = passOf(answer, seen)
        const straight =
          pass &&
          upgrades.find((each) => each.through === 'direct' && each.host === answer.host && isBehind(each, pass, seen))
        return pass && straight?.status === SWITCHING ? [claimOf(answer, straight, pass, seen)] : []
      })
  },
})

/** The location that was asked: by the name and the literal prefix that the question was made from. */
function passOf(answer: UpgradeAnswer, seen: Seen): Pass | null {
  const fitting = seen['nginx-config'].model.passes.filter(
    ({ protocol, server, location }) =>
      protocol === 'proxy' &&
      server?.names.includes(answer.host) === true &&
      (location?.path === answer.path.replace(/\?.*$/, '') ||
        (answer.path === '/' && /^[~@]/.test(location?.modifier ?? ''))),
  )
  const [asked = ''] = answer.path.split('?')
  const { model } = seen['nginx-config']
  // A path of ours below a location for pages.
  const around = model.servers
    .filter(({ names }) => names.includes(answer.host))
    .flatMap((server) => passesFor(model, server, asked))
  const those = fitting.length > 0 ? fitting : around.filter(({ protocol }) => protocol === 'proxy')
  return those.find((pass) => lacking(pass, seen).length > 0) ?? null
}

function isBehind(answer: UpgradeAnswer, pass: Pass, seen: Seen): boolean {
  const { target } = pass
  if (target.kind === 'unix') return answer.endpoint === `unix:${target.path}`
  if (target.kind === 'address') return answer.endpoint === `${target.host}:${target.port ?? ''}`
  const peers =
    seen['nginx-config'].model.upstreams.find((each) => target.kind === 'upstream' && each.name === target.name)
      ?.peers ?? []
  return peers.some(
    ({ unix, host, port }) => answer.endpoint === (unix !== null ? `unix:${unix}` : `${host ?? ''}:${port ?? ''}`),
  )
}

/** What must stand there for a handshake to get through; HTTP/1.1 need not be written where it is the default. */
function lacking({ scope }: Pass, { 'nginx-build': build }: Seen): readonly Setting[] {
  const nginx = build.known ? nginxVersion(build.value) : null
  const version =
    inForce(scope, 'proxy_http_version')?.value ??
    (nginx !== null && isAtLeast(nginx, EFFECTIVE_BY_DEFAULT) ? '1.1' : undefined)
  return [
    ...(version === '1.1' || version === '2' ? [] : [{ name: 'proxy_http_version', value: '1.1' }]),
    ...(passesUpgrade(scope) ? [] : [{ name: 'proxy_set_header', value: 'Upgrade $http_upgrade', first: 'Upgrade' }]),
    ...(passesConnection(scope)
      ? []
      : [{ name: 'proxy_set_header', value: 'Connection "upgrade"', first: 'Connection' }]),
  ]
}

function claimOf(answer: UpgradeAnswer, straight: UpgradeAnswer, pass: Pass, seen: Seen): Claim {
  const config = seen['nginx-config']
  const missing = lacking(pass, seen)
  const words = missing.map(({ name, value }) => `${name} ${value};`).join(' ')
  const trouble = seen.troubles.known ? troubleOf(straight.endpoint, seen.troubles.value) : undefined
  const diff = settingsDiff(config, pass, withInherited(pass, missing))
  return {
    summary: `websockets at ${answer.host}${answer.path} do not get through nginx: ${pass.file}:${pass.line} lacks ${words}`,
    subject: { upstream: straight.endpoint, file: pass.file, line: pass.line, path: answer.path },
    failingNow: true,
    ...(trouble && { about: troubleKey(trouble) }),
    impact: trouble && seen.host.known ? impactOf(trouble, seen.host.value) : null,
    evidence: [
      ...(trouble ? troubleEvidence(trouble) : []),
      upgradeEvidence(straight),
      upgradeEvidence(answer),
      seenBy('nginx-config', 'nginx -T', lineText(config, pass.file, pass.line)),
    ],
    unlike: [
      ruledOut('backend-crashed', `${straight.endpoint} takes a handshake that reaches it`),
      ruledOut('keepalive-race', 'the handshake fails through nginx and not straight to the backend'),
    ],
    steps: [`${pass.file}:${pass.line}: ${words}`, 'nginx -t && systemctl reload nginx'],
    ...(diff !== null && { diff }),
  }
}

function troubleOf(address: string, troubles: readonly Trouble[]): Trouble | undefined {
  return troubles.find((trouble) => trouble.kind === 'closed' && trouble.address === address)
}

/** A proxy_set_header in the block ends the inheritance of those around it: they are written into the block as well. */
function withInherited({ scope }: Pass, settings: readonly Setting[]): readonly Setting[] {
  if (scope.directives.some(({ name }) => name === 'proxy_set_header')) return settings
  const around = allInForce(scope, 'proxy_set_header')
    .filter(({ args }) => !/^(?:upgrade|connection)$/i.test(args[0] ?? ''))
    .map(({ args }) => ({ name: 'proxy_set_header', value: args.map(quoted).join(' '), first: args[0] ?? '' }))
  return [...around, ...settings]
}

function quoted(arg: string): string {
  return arg === '' || /[\s;{}"']/.test(arg) ? `"${arg.replaceAll('"', '\\"')}"` : arg
}

function upgradeEvidence({ through, endpoint, host, path, status }: UpgradeAnswer) {
  const where = endpoint.startsWith('unix:')
    ? `--unix-socket ${endpoint.slice(5)} http://localhost${path}`
    : `http://${endpoint}${path}`
  const words = status === null ? 'no answer' : `HTTP ${status}`
  return seenBy(
    'live-requests',
    `curl --http1.1 -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Host: ${host}' ${where}`,
    through === 'nginx' ? `through nginx: ${words}` : `straight: ${words}`,
  )
}
