import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Layout } from './layout/layout.ts'
import { stateFolder } from './places.ts'
import { isAlive, ownIdentity, processIdentity } from './process-identity.ts'

const hostRecord = z.object({
  /** Hosts of the command line live in the session `cli`; each test run has one of its own. */
  session: z.string(),
  name: z.string(),
  subnetNumber: z.number(),
  /** Shared with the other host of a pair. */
  bridge: z.string().nullable().default(null),
  address: z.string(),
  address6: z.string(),
  /** `ssh-ed25519 AAAA...`, as an inventory pins it. */
  hostKey: z.string(),
  /** nspawn on this machine, and the init inside as seen from here. */
  container: z.object({ nspawn: processIdentity, init: processIdentity }),
  /** The process that takes the host down when it ends; null when it stays until `down`. */
  owner: processIdentity.nullable(),
  /** Names, ports and files of the host; written by `startHost` alone, so its form is not checked again. */
  layout: z.custom<Layout>((value) => typeof value === 'object' && value !== null),
  /** Faults that were broken and not cured, oldest first. */
  faults: z.array(z.string()).readonly(),
  startedAt: z.string(),
})

/** What is remembered of a running host, so that a later command finds it. */
export type HostRecord = Readonly<z.infer<typeof hostRecord>>

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
  if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true })
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (cause) {
    throw new Error(`host ${name} exists already (${folder}); take it down first`, { cause })
  }
  writeFileSync(join(folder, 'claim.json'), JSON.stringify(ownIdentity()))
  return folder
}

/** Claimed by a process that died before its host had a record. */
function isAbandoned(folder: string): boolean {
  if (existsSync(join(folder, 'host.json'))) return false
  try {
    return !isAlive(processIdentity.parse(JSON.parse(readFileSync(join(folder, 'claim.json'), 'utf8'))))
  } catch {
    return false // No such folder, or it is being claimed this moment.
  }
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
    return hostRecord.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null // Being written, or of an older checkout that remembered other things.
  }
}
