import { posix } from 'node:path'
import type { EndpointUse } from '../nginx/config-endpoints.ts'
import { inForce } from '../nginx/config-scope.ts'
import type { Facts } from '../probes/index.ts'
import { concernedUse } from '../symptoms/concerned-use.ts'
import { prefixOf } from '../symptoms/endpoints-behind.ts'
import { refusedAnswers } from '../symptoms/refused-answers.ts'
import { nginxVersion, tlsOf } from '../symptoms/upstream-tls.ts'
import type { Trouble, TroubleKind } from '../symptoms/trouble.ts'
import { isPlainAddress, isPlainName } from './plain.ts'

/** Troubles that another protocol on the listener can make: what it says first tells. */
const doubtfulAnswers: ReadonlySet<TroubleKind> = new Set([
  'invalid-answer',
  'header-too-big',
  'bad-answer',
  'tls-failed',
  'closed',
  'answer-timeout',
  'gateway-error',
])

const tlsTroubles: ReadonlySet<TroubleKind> = new Set([
  'tls-failed',
  'tls-rejected',
  'answer-timeout',
  'closed',
  'gateway-error',
])

/** Most backends that are talked to in several protocols, and most with several handshakes. */
const MOST = 2

interface Doubted {
  readonly address: string
  readonly use: EndpointUse
}

/** Arguments of the probe backend-answer: the configured addresses whose answers nginx cannot use, the busiest trouble first. */
export function answerAsks(facts: Facts, troubles: readonly Trouble[], healthPath: string | null): readonly string[] {
  const { 'access-log': access, 'nginx-config': config } = facts
  const refused = access.known && config.known ? refusedAnswers(access.value, config.value.model) : []
  return [...doubted(troubles, isDoubtful), ...refused]
    .filter(
      ({ address }, index, all) =>
        isPlainAddress(address) && all.findIndex((each) => each.address === address) === index,
    )
    .filter(({ use }) => use.pass.protocol !== 'stream' && use.pass.protocol !== 'memcached')
    .slice(0, MOST)
    .map(({ address, use }) => {
      const name = use.serverNames.find(isPlainName) ?? 'localhost'
      const path = healthPath ?? prefixOf(use)
      const version = inForce(use.pass.scope, `${use.pass.protocol}_http_version`)?.value === '1.1' ? '1.1' : '1.0'
      return [address, name, /^\/[A-Za-z0-9_.~/%+-]{0,200}$/.test(path) ? path : '/', version].join('|')
    })
}

/** Arguments of the probe backend-tls: the addresses that nginx speaks TLS to and that are in trouble. */
export function tlsAsks(troubles: readonly Trouble[], facts: Facts): readonly string[] {
  const build = facts['nginx-build']
  const version = build.known ? nginxVersion(build.value) : null
  // A relative path starts at the directory of the main file (ngx_conf_full_name).
  const directory = posix.dirname(
    facts['nginx-config'].known ? facts['nginx-config'].value.main : '/etc/nginx/nginx.conf',
  )
  return doubted(troubles, ({ kind }) => tlsTroubles.has(kind))
    .flatMap(({ address, use }) => {
      const tls = tlsOf(use, version)
      if (tls === null) return []
      const trusted = tls.verify && tls.trustedFile !== '' ? posix.resolve(directory, tls.trustedFile) : ''
      const words = [tls.sni, tls.verify ? tls.name : '', tls.protocols ?? '', tls.ciphers, trusted]
      const plain = words.every((word) => /^[A-Za-z0-9_./:+!@=*,"' -]{0,400}$/.test(word) && !word.startsWith('-'))
      return plain ? [[address, ...words, tls.candidates.join(',')].join('|')] : []
    })
    .slice(0, MOST)
}

/** An address of the configuration, never one that a log line alone gives. */
function doubted(troubles: readonly Trouble[], concerns: (trouble: Trouble) => boolean): readonly Doubted[] {
  const found = new Map<string, Doubted>()
  for (const trouble of troubles.toSorted((a, b) => b.recent - a.recent || b.count - a.count)) {
    const use = concernedUse(trouble)
    const { address } = trouble
    if (!concerns(trouble) || address === null || use === null || !isPlainAddress(address)) continue
    if (!found.has(address)) found.set(address, { address, use })
  }
  return [...found.values()]
}

/** Also a 502 of nginx's own of which no log says why: a quiet one. */
function isDoubtful({ kind, answers = [] }: Trouble): boolean {
  return doubtfulAnswers.has(kind) || (kind === 'failing-answer' && answers.some(({ status }) => status === 502))
}
