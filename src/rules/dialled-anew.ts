import type { Fact } from '../diagnosis/fact.ts'
import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Endpoint, EndpointUse } from '../nginx/config-endpoints.ts'
import { allInForce } from '../nginx/config-scope.ts'
import type { Containers } from '../probes/containers.ts'
import type { Host } from '../probes/host.ts'
import type { ConfigOnDisk } from '../probes/nginx-config.ts'
import { agoOf, clockAgo } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { seenBy } from './knowledge.ts'
import type { OtherListener } from './other-listener.ts'

interface Seen {
  readonly host: Host
  readonly 'nginx-config': ConfigOnDisk
  readonly containers: Fact<Containers>
}

/** Stamps of logs are whole seconds, as those of files may be. */
const SLACK = 2

/** Seconds between the edit and the first visitor who met it: nobody has to be there at once. */
const SOON = 600

/**
 * That nginx was told another address, and not the backend: the site is PHP, the only php-fpm that nobody uses runs unchanged since before the file
 * with the address was written, and the first connection was refused after that. A pool or an application that was taken away leaves the same
 * listeners, but not that order. null where it is not so, or not to be seen.
 */
export function dialledAnew(
  { firstAgo }: Trouble,
  endpoint: Endpoint,
  other: OtherListener,
  seen: Seen,
): Evidence | null {
  if (other.because !== 'protocol' || other.unit === null || other.unit.changedAt === null || firstAgo === null)
    return null
  if (endpoint.usedBy.length === 0 || !endpoint.usedBy.every(isPhp) || !noContainers(seen.containers)) return null
  const file = seen['nginx-config'].stats.find(({ path }) => path === endpoint.file)
  if (!file) return null
  const ago = seen.host.epoch - file.ctime
  const sinceWritten = ago - firstAgo
  const isNewer = agoOf(other.unit.changedAt, seen.host) > ago + SLACK
  if (!isNewer || sinceWritten < -SLACK || sinceWritten > SOON) return null
  return seenBy(
    'nginx-config',
    `stat ${endpoint.file}`,
    `changed at ${clockAgo(seen.host, ago)}, before the first of these errors; ${other.unit.id} runs unchanged since ${clockAgo(seen.host, agoOf(other.unit.changedAt, seen.host))}`,
  )
}

/** `location ~ \.php$`, or a script that is named: no other FastCGI application is meant. */
function isPhp({ location, pass }: EndpointUse): boolean {
  const script = allInForce(pass.scope, 'fastcgi_param').find(({ args }) => args[0] === 'SCRIPT_FILENAME')?.args[1]
  return /\.php/.test(location ?? '') || (script ?? '').endsWith('.php')
}

/** One that stopped may have been the php-fpm that is missed. */
function noContainers(containers: Fact<Containers>): boolean {
  return (
    containers.known &&
    containers.value.containers.length === 0 &&
    containers.value.engines.every(({ state }) => state !== 'unknown')
  )
}
