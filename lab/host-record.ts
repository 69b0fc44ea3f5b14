import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Container } from './boot.ts'
import { stateFolder } from './places.ts'
import { isAlive, type ProcessIdentity } from './process-identity.ts'

/** What is remembered of a running host, so that a later command finds it. */
export interface HostRecord {
  /** Hosts of the command line live in the session `cli`; each test run has one of its own. */
  readonly session: string
  readonly name: string
  readonly subnetNumber: number
  readonly address: string
  readonly address6: string
  /** `ssh-ed25519 AAAA...`, as an inventory pins it. */
  readonly hostKey: string
  readonly container: Container
  /** The process that takes the host down when it ends; null when it stays until `down`. */
  readonly owner: ProcessIdentity | null
  /** Faults that were broken and not cured, oldest first. */
  readonly faults: readonly string[]
  readonly startedAt: string
}

/** The name under which nspawn knows the host: unique over all sessions. */
export function machineName(session: string, name: string): string {
  return `gml-${session}-${name}`
}

export function hostFolder(session: string, name: string): string {
  return join(stateFolder('hosts'), machineName(session, name))
}

/** Takes the name by making its folder; an Error when a host of that name is there. */
export function claimHostFolder(session: string, name: string): string {
  const folder = hostFolder(session, name)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (cause) {
    throw new Error(`host ${name} exists already (${folder}); take it down first`, { cause })
  }
  return folder
}

export function writeRecord(record: HostRecord): void {
  const path = join(hostFolder(record.session, record.name), 'host.json')
  writeFileSync(`${path}.new`, JSON.stringify(record, null, 2))
  renameSync(`${path}.new`, path)
}

/** Null when there is no such host. */
export function readRecord(session: string, name: string): HostRecord | null {
  return parse(join(hostFolder(session, name), 'host.json'))
}

/** Every recorded host of every session, by name, whether it still runs or not. */
export function allRecords(): readonly HostRecord[] {
  const folder = stateFolder('hosts')
  return readdirSync(folder)
    .toSorted()
    .map((name) => parse(join(folder, name, 'host.json')))
    .filter((record) => record !== null)
}

export function forgetHost(session: string, name: string): void {
  rmSync(hostFolder(session, name), { recursive: true, force: true })
}

/** A host whose init has ended, or whose owner died without taking it down. */
export function isStale(record: HostRecord): boolean {
  return !isAlive(record.container.init) || (record.owner !== null && !isAlive(record.owner))
}

function parse(path: string): HostRecord | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as HostRecord // Written by `writeRecord` alone.
  } catch {
    return null
  }
}
