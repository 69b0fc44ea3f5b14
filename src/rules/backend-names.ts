import type { Endpoint } from '../nginx/config-endpoints.ts'
import type { Pass } from '../nginx/config-passes.ts'
import { allInForce, inForce } from '../nginx/config-scope.ts'
import type { Unit } from '../probes/unit-state.ts'

/** "shop" of shop.service and of shop@8080.service. */
export function nameOf({ id }: Unit): string {
  return id.replace(/(@[^@]*)?\.service$/, '')
}

/** "8080" of shop@8080.service (%i of systemd.unit(5)): a service that runs under the name of a port was meant to serve it. */
export function instanceOf({ id }: Unit): string | null {
  return /@([^@]+)\.service$/.exec(id)?.[1] ?? null
}

/** The names under which the configuration knows the backend: the upstream block, the location, the site. */
export function namesOf(endpoint: Endpoint): ReadonlySet<string> {
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
export function isMoved(wanted: string | null, address: string): boolean {
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
export function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}
