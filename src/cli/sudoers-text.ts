import { nginxUnits } from '../actions/permission.ts'
import { rootCommands } from '../probes/root.ts'
import type { OwnNginx } from './sudoers-nginx.ts'

/** What the generated file is for. Users and units come from the inventory or the command line, never from a host. */
export interface SudoersRequest {
  /** The user that reads. */
  readonly user: string
  readonly hosts: readonly SudoersHost[]
  /** Further programs that are nginx, beside those at the usual places. */
  readonly ownNginx?: readonly OwnNginx[]
}

export interface SudoersHost {
  readonly name: string
  /** Absent on a read-only host. */
  readonly act?: { readonly user: string; readonly units: readonly string[]; readonly nginx: boolean } | undefined
}

/** A name that sudoers would read as something other than one user or one unit. */
export class SudoersNameError extends Error {
  constructor(what: string, name: string) {
    super(`${JSON.stringify(name)} cannot be the name of a ${what} in a sudoers file`)
    this.name = 'SudoersNameError'
  }
}

/**
 * Where distributions keep each program: Debian and RHEL differ, and unmerged systems have /sbin and /bin. sudo takes the path that is
 * there. Nothing in a folder that an ordinary user could write to.
 */
const places: Readonly<Record<(typeof rootCommands)[number][0] | 'systemctl', readonly string[]>> = {
  nginx: [
    '/usr/sbin/nginx',
    '/usr/local/openresty/nginx/sbin/nginx',
    '/usr/local/nginx/sbin/nginx',
    '/usr/local/sbin/nginx',
    '/opt/nginx/sbin/nginx',
  ],
  angie: ['/usr/sbin/angie'],
  ss: ['/usr/bin/ss', '/usr/sbin/ss', '/bin/ss'],
  nft: ['/usr/sbin/nft', '/sbin/nft'],
  'iptables-save': ['/usr/sbin/iptables-save', '/sbin/iptables-save'],
  'ip6tables-save': ['/usr/sbin/ip6tables-save', '/sbin/ip6tables-save'],
  'firewall-cmd': ['/usr/bin/firewall-cmd'],
  dmesg: ['/usr/bin/dmesg', '/bin/dmesg'],
  podman: ['/usr/bin/podman'],
  docker: ['/usr/bin/docker'],
  systemctl: ['/usr/bin/systemctl', '/bin/systemctl'],
}

/**
 * A sudoers file with the least that is needed: the read user may run the commands of src/probes/root.ts and nothing else, each act user
 * the actions on the units that the inventory names. Whole commands only, no wildcard. Throws SudoersNameError.
 */
export function sudoersFor({ user, hosts, ownNginx = [] }: SudoersRequest): string {
  const actors = sorted(hosts.flatMap((host) => host.act?.user ?? []))
  return [
    '# Made by "gatemedic sudoers". Install with: visudo -cf FILE && install -m 0440 FILE /etc/sudoers.d/gatemedic',
    '# Looking only; "" means: without any argument.',
    ...rule(user, 'GATEMEDIC_READ', readLines(ownNginx)),
    ...actors.flatMap((actor, index) => actingRule(actor, `GATEMEDIC_ACT_${index + 1}`, hosts, ownNginx)),
    '',
  ].join('\n')
}

/** What the read user may run, as it stands in the file. */
export function readLines(ownNginx: readonly OwnNginx[]): readonly string[] {
  return [...rootCommands.flatMap(commandLines), ...ownNginx.map((each) => ownLine(each, '-T'))]
}

/** What the act user of these hosts may run, as it stands in the file; nothing when the inventory names nothing to act on. */
export function actLines(hosts: readonly SudoersHost[], ownNginx: readonly OwnNginx[]): readonly string[] {
  const units = hosts.flatMap((host) => host.act?.units ?? [])
  const nginx = hosts.some((host) => host.act?.nginx)
  const own = ownNginx.flatMap((each) => ['-t', '-T'].map((flag) => ownLine(each, flag)))
  const all = sorted([...units, ...(nginx ? nginxUnits : [])])
  return [...all.flatMap(unitCommands), ...(nginx ? [...nginxTests(), ...own] : [])]
}

function actingRule(
  actor: string,
  alias: string,
  hosts: readonly SudoersHost[],
  ownNginx: readonly OwnNginx[],
): readonly string[] {
  const granting = hosts.filter((host) => host.act?.user === actor)
  const commands = actLines(granting, ownNginx)
  if (commands.length === 0) return []
  const names = sorted(granting.map((host) => host.name)).join(', ')
  return ['', `# Actions after approval, for: ${names}`, ...rule(actor, alias, commands)]
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1))
}

function rule(user: string, alias: string, commands: readonly string[]): readonly string[] {
  // ALL, %group, +netgroup and #uid would be more than one user
  if (!/^[A-Za-z_][A-Za-z0-9_.-]{0,31}\$?$/.test(user) || user === 'ALL') throw new SudoersNameError('user', user)
  return [
    `Cmnd_Alias ${alias} = \\`,
    ...commands.map((command, index) => `    ${command}${index === commands.length - 1 ? '' : ', \\'}`),
    `Defaults:${user} !requiretty`,
    `${user} ALL=(root) NOPASSWD: ${alias}`,
  ]
}

function commandLines([program, ...args]: readonly [keyof typeof places, ...(readonly string[])]): readonly string[] {
  const words = args.length === 0 ? '""' : args.map(escape).join(' ')
  return places[program].map((path) => `${path} ${words}`)
}

function ownLine({ program, options }: OwnNginx, flag: string): string {
  return [program, flag, ...options.map(escape)].join(' ')
}

function unitCommands(unit: string): readonly string[] {
  if (!/^[A-Za-z0-9_][A-Za-z0-9:_.@\\-]{0,240}\.[a-z]+$/.test(unit)) throw new SudoersNameError('unit', unit)
  const verbs = unit.endsWith('.socket') ? ['start', 'reset-failed'] : ['start', 'restart', 'reload', 'reset-failed']
  return verbs.flatMap((verb) => commandLines(['systemctl', verb, unit]))
}

function nginxTests(): readonly string[] {
  return [...commandLines(['nginx', '-t']), ...commandLines(['nginx', '-T'])]
}

/** What sudoers(5) wants escaped in an argument; a backslash twice, once for the file and once for fnmatch(3). */
function escape(word: string): string {
  return word.replaceAll('\\', '\\\\\\\\').replace(/[,:=]/g, String.raw`\$&`)
}
