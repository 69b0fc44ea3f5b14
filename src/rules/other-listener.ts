import type { Fact } from '../diagnosis/fact.ts'
import { type Endpoint, endpointsOf } from '../nginx/config-endpoints.ts'
import type { Pass } from '../nginx/config-passes.ts'
import { allInForce, inForce } from '../nginx/config-scope.ts'
import type { BackendUnits } from '../probes/backend-units.ts'
import type { ConfigOnDisk } from '../probes/nginx-config.ts'
import type { Sockets } from '../probes/sockets.ts'
import type { UnixListener } from '../probes/unix-sockets.ts'
import type { Unit } from '../probes/unit-state.ts'
import { formatAddress, hostOf, portOf } from '../symptoms/address.ts'
import { listenerText } from './listening.ts'
import { isNamedFor, poolOf } from './pool-name.ts'
import { heldElsewhere, type TiedUnit, tiedUnits, unitOfPid } from './tied-units.ts'

/** Something that listens where nginx is not told to connect, and that may be the backend that is missed elsewhere. */
export interface OtherListener {
  readonly address: string
  readonly process: string
  readonly unit: Unit | null
  /** The php-fpm pool that it is, where that is known. */
  readonly pool: string | null
  readonly text: string
  /**
   * files: the unit's own files name the missed address; name: unit, php-fpm pool or folder of the socket is called like the upstream, the
   * site or the missed socket; protocol: some php-fpm for fastcgi_pass, perhaps of another site; alone: nothing else is there.
   */
  readonly because: 'files' | 'name' | 'protocol' | 'alone'
}

/** Something says that it is the application that is missed. */
export function isTheSame({ because }: OtherListener): boolean {
  return because === 'files' || because === 'name'
}

interface Seen {
  readonly sockets: Sockets
  readonly 'unix-sockets': Fact<{ readonly listeners: readonly UnixListener[] }>
  readonly 'nginx-config': ConfigOnDisk
  readonly 'backend-units': BackendUnits
}

/** Daemons that every host has and that no nginx proxies to. */
const notBackends =
  /^(nginx|openresty|angie|sshd|systemd|dbus|init|ssh|chronyd|ntpd|master|exim4|rpcbind|cupsd|avahi|named|dnsmasq|unbound|redis|valkey|memcached|mysqld|mariadbd|postgres|containerd|dockerd|docker-proxy|conmon|rootlessport|slirp4netns)/

/**
 * The strongest kind of candidates for a missed endpoint: tied by files, by name, by protocol; else the one that is left over. `dialled` is the
 * address that nginx uses, where the endpoint has a name.
 */
export function otherListeners(
  endpoint: Endpoint,
  seen: Seen,
  dialled: string = endpoint.address,
): readonly OtherListener[] {
  const all = unused(seen, dialled)
  const owners = tiedUnits(endpoint.address, seen['backend-units'])
  const held = owners.flatMap((each) => heldFor(each, seen, dialled))
  if (held.length > 0) return held
  const tied = new Set(owners.map(({ unit }) => unit.id))
  const wanted = namesOf(endpoint)
  const fastcgi = endpoint.usedBy.some((use) => use.pass.protocol === 'fastcgi')
  const byFiles = all.filter((each) => each.unit !== null && tied.has(each.unit.id))
  const byName = all.filter(
    (each) =>
      (each.unit !== null &&
        (wanted.has(plain(nameOf(each.unit))) || instanceOf(each.unit) === String(endpoint.port))) ||
      isMoved(endpoint.unix, each.address) ||
      (fastcgi && each.pool !== null && isNamedFor(each.pool, endpoint, wanted)),
  )
  const byProtocol = fastcgi ? all.filter((each) => each.process.startsWith('php-fpm')) : []
  if (byFiles.length > 0) return byFiles.map((each) => ({ ...each, because: 'files' as const }))
  if (byName.length > 0) return byName.map((each) => ({ ...each, because: 'name' as const }))
  if (byProtocol.length > 0) return byProtocol.map((each) => ({ ...each, because: 'protocol' as const }))
  return fastcgi
    ? []
    : all
        .filter(
          (each) => each.unit !== null && !each.process.startsWith('php-fpm') && !each.address.startsWith('unix:'),
        )
        .map((each) => ({ ...each, because: 'alone' as const }))
}

/** systemd itself listens for a service that does not run yet. */
function heldFor(tied: TiedUnit, seen: Seen, dialled: string): readonly OtherListener[] {
  return heldElsewhere(tied, seen['backend-units']).map(({ endpoint, text }) => {
    const at = endpoint.replace(/^tcp:/, '')
    const address = at.startsWith('unix:') ? at : formatAddress(reachable(hostOf(at), hostOf(dialled)), portOf(at))
    return { address, process: 'systemd', unit: tied.unit, pool: null, text, because: 'files' }
  })
}

type Candidate = Omit<OtherListener, 'because'>

function unused(seen: Seen, dialled: string): readonly Candidate[] {
  const endpoints = endpointsOf(seen['nginx-config'].model)
  const ports = new Set(endpoints.map((endpoint) => endpoint.port))
  const paths = new Set(endpoints.map((endpoint) => endpoint.unix))
  const tcp = seen.sockets.listeners
    .filter((listener) => !ports.has(listener.port))
    .flatMap((listener) =>
      candidate(
        seen,
        listener.owners[0],
        formatAddress(reachable(listener.address, hostOf(dialled)), listener.port),
        listenerText(listener),
      ),
    )
  const unix = seen['unix-sockets'].known
    ? seen['unix-sockets'].value.listeners
        .filter((listener) => !paths.has(listener.path))
        .flatMap((listener) =>
          candidate(
            seen,
            listener.owners[0],
            `unix:${listener.path}`,
            `${listener.path} (${listener.owners[0]?.name ?? 'owner not seen'})`,
          ),
        )
    : []
  return [...tcp, ...unix].filter(
    (each, index, list) => list.findIndex((other) => other.address === each.address) === index,
  )
}

function candidate(
  seen: Seen,
  owner: { readonly name: string; readonly pid: number } | undefined,
  address: string,
  text: string,
): Candidate[] {
  if (!owner || notBackends.test(owner.name)) return []
  const tied = unitOfPid(owner.pid, seen['backend-units'])
  return [{ address, process: owner.name, unit: tied?.unit ?? null, pool: tied ? poolOf(tied.tie.text) : null, text }]
}

/** Where a listener is reached: a wildcard ("[::]" takes IPv6 only, "*" both) at the address that nginx dials already, else at loopback. */
function reachable(address: string, dialled: string): string {
  const family = dialled.includes(':') ? 6 : /^\d+(?:\.\d+){3}$/.test(dialled) ? 4 : null
  if (address === '*') return family === null ? '127.0.0.1' : dialled
  if (address === '0.0.0.0') return family === 4 ? dialled : '127.0.0.1'
  if (address === '::') return family === 6 ? dialled : '::1'
  return address
}

/** "shop" of shop.service and of shop@8080.service. */
function nameOf({ id }: Unit): string {
  return id.replace(/(@[^@]*)?\.service$/, '')
}

/** "8080" of shop@8080.service (%i of systemd.unit(5)): a service that runs under the name of a port was meant to serve it. */
function instanceOf({ id }: Unit): string | null {
  return /@([^@]+)\.service$/.exec(id)?.[1] ?? null
}

/** The names under which the configuration knows the backend: the upstream block, the location, the site. */
function namesOf(endpoint: Endpoint): ReadonlySet<string> {
  const names = endpoint.usedBy.flatMap((use) => [
    use.upstream ?? '',
    (use.location ?? '').replaceAll('/', ''),
    ...use.serverNames.map((name) => name.split('.')[0] ?? ''),
    ...foldersOf(use.pass),
  ])
  return new Set(names.map(plain).filter((name) => name.length > 2 && name !== 'www'))
}

/** Folders that many applications are in. */
const usual = new Set([
  'srv',
  'var',
  'www',
  'html',
  'home',
  'opt',
  'usr',
  'share',
  'local',
  'lib',
  'data',
  'public',
  'web',
  'htdocs',
  'current',
])

/** "orders" of "root /srv/orders/public" and of "fastcgi_param SCRIPT_FILENAME /srv/orders/index.php": whose files the pool is to run. */
function foldersOf({ protocol, scope }: Pass): readonly string[] {
  if (protocol !== 'fastcgi') return []
  const script = allInForce(scope, 'fastcgi_param').find(({ args }) => args[0] === 'SCRIPT_FILENAME')?.args[1] ?? ''
  const path = script.startsWith('/') ? script : (inForce(scope, 'root')?.value ?? '')
  return path.split('/').filter((part) => !/[$.]/.test(part) && !usual.has(part))
}

/** Folders of sockets that say nothing of whose they are. */
const anyones = new Set([
  ...usual,
  'run',
  'tmp',
  'sock',
  'socks',
  'socket',
  'sockets',
  'shared',
  'php',
  'php-fpm',
  'gunicorn',
  'uwsgi',
])

/** "/srv/apps/orders/app.sock" for "/srv/volume2/apps/orders/app.sock": file and folder are called the same, the place is another one. */
function isMoved(wanted: string | null, address: string): boolean {
  const [file, folder = ''] = (wanted ?? '').split('/').toReversed()
  const [other, around] = address
    .replace(/^unix:/, '')
    .split('/')
    .toReversed()
  return (
    wanted !== null &&
    address.startsWith('unix:') &&
    file === other &&
    folder === around &&
    folder.length > 2 &&
    !anyones.has(folder)
  )
}

/** "checkout_api", "Checkout-API" -> "checkoutapi". */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}
