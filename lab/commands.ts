import { labHost } from './host.ts'
import { attach } from './host-handle.ts'
import { removeStaleHosts, takeDown } from './take-down.ts'
import { faultIds, readFault } from './fault.ts'
import { allRecords, readRecord, type HostRecord } from './host-record.ts'
import { inventoryText } from './inventory-text.ts'
import type { LabUser } from './keys.ts'
import { prepare } from './prepare.ts'
import { isAlive } from './process-identity.ts'
import { record } from './record.ts'
import { ssh } from './ssh.ts'
import { verifyFault } from './verify.ts'

const session = 'cli'
const stop = new AbortController()

/** Ctrl-C: everything in progress is broken off and taken back, then the command ends. A second one ends it at once. */
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => stop.abort(new Error(`stopped by ${name}`)))
}

export function interrupted(): boolean {
  return stop.signal.aborted
}

export async function prepareMachine(): Promise<void> {
  await prepare(progress, stop.signal)
}

interface UpOptions {
  readonly fault?: string
  readonly ipSuffix: string
}

export async function up(name: string, { fault, ipSuffix }: UpOptions): Promise<void> {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) throw new Error(`${name} is no host name: small letters, digits and -, at most 31`)
  if (fault !== undefined) readFault(fault) // A misspelt fault is said before a host is booted for it.
  const started = Date.now()
  const host = await labHost({
    name,
    session,
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

export function faults(): void {
  const rows = faultIds().map((id) => {
    const { expect } = readFault(id)
    return [id, expect.verdict, expect.cause ?? '-', expect.description]
  })
  print(table([['FAULT', 'VERDICT', 'CAUSE', 'WHAT IS TRUE'], ...rows]))
}

export async function inventory({ user }: { readonly user: LabUser }): Promise<void> {
  print((await inventoryText(running(), user)).trimEnd())
}

export async function verify(ids: readonly string[]): Promise<void> {
  for (const id of ids.length === 0 ? faultIds() : ids) {
    const seen = await verifyFault(id, stop.signal)
    print(
      `${seen.mismatches.length === 0 ? 'ok  ' : 'FAIL'} ${id}  boot ${seen.bootMs} ms, break ${seen.breakMs} ms, HTTP ${seen.statuses}`,
    )
    print(`       ${seen.logLine ?? '(nothing in the error log)'}`)
    for (const mismatch of seen.mismatches) print(`     - ${mismatch}`)
    if (seen.mismatches.length > 0) process.exitCode = 1
  }
}

interface RecordOptions {
  readonly out: string
  readonly after: boolean
  readonly user: LabUser
}

export async function recordFault(fault: string, { out, after, user }: RecordOptions): Promise<void> {
  await record({ fault, into: out, user, after, progress, signal: stop.signal })
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

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Steps go to standard error, so that what is printed for a pipe stays clean. */
function progress(step: string): void {
  process.stderr.write(`${step}\n`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
