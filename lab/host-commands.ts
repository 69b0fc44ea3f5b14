import { seedOf, type LayoutOptions } from './fault-commands.ts'
import { layoutForFault } from './fault-layout.ts'
import { attach } from './host-handle.ts'
import { allRecords, readRecord, type HostRecord } from './host-record.ts'
import { labHost } from './host.ts'
import { inventoryText } from './inventory-text.ts'
import type { LabUser } from './keys.ts'
import { prepare } from './prepare.ts'
import { isAlive } from './process-identity.ts'
import { ssh } from './ssh.ts'
import { removeStaleHosts, takeDown } from './take-down.ts'
import { print, progress, stop, table } from './terminal.ts'

/** Hosts of the command line share one session, so that a later command finds them. */
const session = 'cli'

export async function prepareMachine(): Promise<void> {
  await prepare(progress, stop.signal)
}

interface UpOptions extends LayoutOptions {
  readonly fault?: string
  readonly ipSuffix: string
}

export async function up(name: string, { fault, ipSuffix, ...options }: UpOptions): Promise<void> {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name))
    throw new Error(`${name} is no host name: small letters, digits and -, at most 31`)
  // A misspelt fault is said before a host is booted for it.
  const layout = layoutForFault(fault ?? null, seedOf(options), options.kind)
  const started = Date.now()
  const host = await labHost({
    name,
    session,
    layout,
    keep: true,
    progress,
    signal: stop.signal,
    ...(fault !== undefined && { fault }),
    ...(ipSuffix !== 'auto' && { subnetNumber: suffix(ipSuffix) }),
  })
  progress(`${name} is up at ${host.address} after ${((Date.now() - started) / 1000).toFixed(1)} s`)
  print(`npm run lab -- ssh ${name}`)
}

export function list(): void {
  const rows = running().map((host) => [host.name, host.address, host.faults.join(',') || '-', host.startedAt])
  print(table([['HOST', 'ADDRESS', 'FAULTS', 'SINCE'], ...rows]))
}

export async function login(
  name: string,
  command: readonly string[],
  { user }: { readonly user: LabUser },
): Promise<void> {
  process.exitCode = await ssh(found(name), user, command)
}

export async function breakHost(name: string, fault: string): Promise<void> {
  const host = await attach(found(name))
  progress(`breaking ${name}: ${fault}`)
  await host.break(fault)
}

export async function cureHost(name: string, fault: string): Promise<void> {
  const host = await attach(found(name))
  progress(`curing ${name}: ${fault}`)
  await host.cure(fault)
}

export async function down(name: string | undefined, { all }: { readonly all?: true }): Promise<void> {
  if (name === undefined && all !== true) throw new Error('name a host, or --all')
  if (all === true) await removeStaleHosts()
  const hosts = all === true ? running() : [found(name ?? '')]
  for (const host of hosts) {
    progress(`taking ${host.name} down`)
    await takeDown(host)
  }
}

export async function inventory({ user }: { readonly user: LabUser }): Promise<void> {
  print((await inventoryText(running(), user)).trimEnd())
}

function running(): readonly HostRecord[] {
  return allRecords().filter((host) => host.session === session && isAlive(host.container.init))
}

function found(name: string): HostRecord {
  const host = readRecord(session, name)
  if (host !== null && isAlive(host.container.init)) return host
  const names = running().map((each) => each.name)
  throw new Error(`no host ${name} is up${names.length === 0 ? '' : `; up: ${names.join(', ')}`}`)
}

function suffix(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= 254) return number
  throw new Error(`--ip-suffix ${text}: a number from 1 to 254, or auto`)
}
