import { overUnixSocket, usualKinds, type BackendKind } from './kinds.ts'
import { fileStyles, type Layout, type LogStyle, type Neighbour } from './layout.ts'
import { draw } from './seeded.ts'

const applications = [
  'billing',
  'orders',
  'tickets',
  'catalogue',
  'payments',
  'basket',
  'booking',
  'quotes',
  'members',
  'stock',
] as const
const endings = ['-api', '-web', '', '-app', '-backend'] as const
const domains = ['acme.example', 'harbour.example.net', 'example.org', 'north.example.com', 'kiosk.test'] as const
const shopNames = ['api', 'store', 'app', 'portal', 'my', 'pay'] as const
const blogNames = ['news', 'journal', 'press', 'stories'] as const
const wwwNames = ['www', 'static', 'home'] as const
const paths = ['/', '/', '/api/', '/v2/', '/app/'] as const
const logStyles: readonly LogStyle[] = ['default', 'per-site', 'elsewhere']

/** Numbers that scripts of faults use for things of their own, or that somebody reading a log would take for another program. */
const takenPorts = new Set([22, 80, 443, 3306, 5000, 5432, 6379, 8443, 9000, 9090, 9100, 9443, 11211])

/** What a fault cannot do without. */
export interface Wants {
  readonly upstream?: 'named' | 'literal'
  readonly shopPath?: '/'
}

/**
 * The layout that follows from a seed; null is the host as it is described in README.md, whatever the kind of its backend.
 * The same seed and kind give the same layout on every machine.
 */
export function layoutFrom(
  seed: number | null,
  kind: BackendKind = kindFrom(seed, usualKinds),
  wants: Wants = {},
): Layout {
  if (seed === null) return { ...shippedLayout(kind), ...(wants.upstream === 'literal' && { upstream: null }) }
  const pick = (purpose: string) => draw(seed, purpose)
  const application = `${pick('application').from(applications)}${pick('ending').from(endings)}`
  const domain = pick('domain').from(domains)
  const port = freePort(seed, 'port')
  const folder = `${pick('folder').from(['/srv', '/opt', '/var/lib', '/home/deploy'])}/${application}`
  const blogPool = pick('blog pool').from(['www', 'journal', 'blog'])
  return {
    seed,
    kind,
    shopSite: `${pick('shop').from(shopNames)}.${domain}`,
    blogSite: `${pick('blog').from(blogNames)}.${domain}`,
    wwwSite: `${pick('www').from(wwwNames)}.${domain}`,
    shopPath: wants.shopPath ?? pick('path').from(paths),
    application,
    title: `${application} of ${domain}`,
    user: pick('user').from([application.split('-')[0] ?? application, 'deploy', 'webapp']),
    folder,
    ...endpoint(kind, application, port, pick('unit').from([application, `${application}-server`])),
    role: 'whole',
    upstream: isNamed(seed, wants)
      ? `${application.replaceAll('-', '_')}_${pick('group').from(['nodes', 'pool', 'servers'])}`
      : null,
    sparePorts: [port + 1, port + 2],
    blogPool,
    blogSocket: blogPool === 'www' ? '/run/php/php8.2-fpm.sock' : `/run/php/${blogPool}.sock`,
    files: pick('files').from(fileStyles),
    logs: pick('logs').from(logStyles),
    indent: pick('indent').from(['    ', '    ', '  ', '\t']),
    dualListen: pick('dual').from([true, false]),
    neighbours: neighboursFrom(seed, domain, application),
  }
}

function isNamed(seed: number, { upstream }: Wants): boolean {
  return upstream === undefined ? draw(seed, 'named').from([true, true, false]) : upstream === 'named'
}

/** Which of the kinds a fault may have this seed stands for; the first of them where there is no seed. */
export function kindFrom(seed: number | null, kinds: readonly BackendKind[]): BackendKind {
  return seed === null ? (kinds[0] ?? 'gunicorn') : draw(seed, 'kind').from(kinds)
}

function shippedLayout(kind: BackendKind): Layout {
  return {
    seed: null,
    kind,
    shopSite: 'shop.example.com',
    blogSite: 'blog.example.com',
    wwwSite: 'www.example.com',
    shopPath: '/',
    application: 'checkout-api',
    title: 'Checkout API of shop.example.com',
    user: 'checkout',
    folder: '/srv/checkout-api',
    ...endpoint(kind, 'checkout-api', 8080, 'checkout-api'),
    role: 'whole',
    upstream: 'checkout_api',
    sparePorts: [8081, 8082],
    blogSocket: '/run/php/php8.2-fpm.sock',
    blogPool: 'www',
    files: 'sites',
    logs: 'default',
    indent: '    ',
    dualListen: false,
    neighbours: [],
  }
}

function endpoint(
  kind: BackendKind,
  application: string,
  port: number,
  name: string,
): Pick<Layout, 'unit' | 'port' | 'address' | 'bind'> {
  if (overUnixSocket(kind)) {
    const socket = `unix:/run/${application}/${application}.sock`
    return { unit: `${name}.service`, port: null, address: socket, bind: socket }
  }
  const address = `127.0.0.1:${port}`
  const where = { port, address, bind: address }
  // A template instance is named after its port, as deployments of several workers do; Apache is one unit for all it serves.
  if (kind === 'template') return { unit: `${name}@${port}.service`, ...where }
  return { unit: kind === 'apache' ? 'apache2.service' : `${name}.service`, ...where }
}

/** A layout shared by two hosts: nginx on one of them connects to the other one's address. Kinds over TCP only. */
export function pairFrom(layout: Layout, backAddress: string): { readonly front: Layout; readonly back: Layout } {
  if (layout.port === null) throw new Error(`${layout.kind} listens on a unix socket: not for two hosts`)
  const shared = { ...layout, address: `${backAddress}:${layout.port}`, bind: `0.0.0.0:${layout.port}` }
  return { front: { ...shared, role: 'front' }, back: { ...shared, role: 'back', neighbours: [] } }
}

/** Below the ports that Linux gives out by itself (32768), and with two free ones above it. */
function freePort(seed: number, purpose: string): number {
  const ports = draw(seed, purpose)
  const [low, high] = ports.from([
    [3000, 3990],
    [4000, 4990],
    [7000, 7990],
    [8083, 8420],
    [8500, 8990],
    [9200, 9420],
    [20000, 29990],
  ] as const)
  const port = ports.between(low, high)
  return [port, port + 1, port + 2].some((each) => takenPorts.has(each)) ? port + 5 : port
}

function neighboursFrom(seed: number, domain: string, application: string): readonly Neighbour[] {
  const names = ['status', 'docs', 'search'].filter((name) => !application.startsWith(name))
  const count = draw(seed, 'neighbours').between(0, 2)
  return names.slice(0, count).map((name, index) => ({
    site: `${name}.${domain}`,
    unit: `${name}-server.service`,
    port: 30000 + draw(seed, name).between(0, 900) * 2 + index,
  }))
}
