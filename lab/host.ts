import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { labAvailable } from './available.ts'
import { boot, stopContainer } from './boot.ts'
import type { Ran } from './command.ts'
import { removeControlGroups } from './control-groups.ts'
import { execInside } from './exec-inside.ts'
import { readFault } from './fault.ts'
import {
  allRecords,
  claimHostFolder,
  forgetHost,
  isStale,
  machineName,
  writeRecord,
  type HostRecord,
} from './host-record.ts'
import { imageRoot } from './image/build.ts'
import { keyPair, userKeys, type LabUser } from './keys.ts'
import { dropOwned, ownHost } from './owned-hosts.ts'
import { identify } from './process-identity.ts'
import { silent, type Progress } from './progress.ts'
import { untilReady } from './ready.ts'
import { handOver, releaseSubnet, reserveSubnet, subnet } from './subnet.ts'

export interface LabHostOptions {
  /** Default `web-1`. */
  readonly name?: string
  /** Broken right after the host is ready. */
  readonly fault?: string
  /** Default: one per process, so that two test runs never meet. */
  readonly session?: string
  /** N of 10.77.N.2; default the first free one. */
  readonly subnetNumber?: number
  /** Taken down when this process ends (default), or left until somebody does. */
  readonly keep?: boolean
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

/** A running Debian host to break, diagnose and cure. */
export interface LabHost {
  readonly name: string
  readonly address: string
  readonly address6: string
  readonly sshPort: number
  /** `ssh-ed25519 AAAA...`, to be pinned. */
  readonly hostKey: string
  /** The private key of root. */
  readonly identityFile: string
  /** Private key by user name; every one may log in. */
  readonly users: Readonly<Record<LabUser, { readonly user: string; readonly identityFile: string }>>
  readonly record: HostRecord
  /** Runs bash as root inside, without SSH. A bad exit is an answer, not an error. */
  readonly exec: (script: string, signal?: AbortSignal) => Promise<Ran>
  /**
   * Breaks the host; resolves when the fault's traffic has passed, to the HTTP statuses it got while broken (000 is no answer).
   * An Error with the script's words when it fails.
   */
  readonly break: (fault: string) => Promise<readonly string[]>
  /** Does what a person would do about that fault. */
  readonly cure: (fault: string) => Promise<void>
  /** Takes the host down and leaves nothing of it. Safe to call twice. */
  readonly down: () => Promise<void>
}

const ownSession = `t${process.pid.toString(36)}${randomBytes(2).toString('hex')}`

/** Boots a host from the lab's image (about 2 s; the first call of a recipe builds the image, about a minute). */
export async function labHost(options: LabHostOptions = {}): Promise<LabHost> {
  const available = labAvailable()
  if (!available.ok) throw new Error(available.reason)
  const { name = 'web-1', session = ownSession, progress = silent, signal } = options
  const root = await imageRoot(progress, signal)
  await removeStaleHosts()
  progress(`booting ${name}`)
  const record = await start(root, name, session, options)
  const host = await attach(record)
  if (options.keep !== true) ownHost(record)
  try {
    await untilReady(host.address, host.exec, signal)
    if (options.fault !== undefined) {
      progress(`breaking ${name}: ${options.fault}`)
      await host.break(options.fault)
    }
  } catch (cause) {
    await host.down()
    throw cause
  }
  signal?.throwIfAborted()
  return host
}

async function start(root: string, name: string, session: string, options: LabHostOptions): Promise<HostRecord> {
  const { signal, keep = false, subnetNumber } = options
  const folder = claimHostFolder(session, name)
  const net = takeSubnet(session, name, subnetNumber)
  const machine = machineName(session, name)
  try {
    const hostKey = await keyPair(join(folder, 'ssh_host_ed25519_key'))
    const identity = { hostname: name, hostKey, users: await userKeys() }
    const container = await boot({ root, machine, folder, subnet: net, identity, ...(signal && { signal }) })
    handOver(net.number, container.nspawn)
    const record: HostRecord = {
      session,
      name,
      subnetNumber: net.number,
      address: net.hostAddress,
      address6: net.hostAddress6,
      hostKey: hostKey.publicKey,
      container,
      owner: keep ? null : identify(process.pid),
      faults: [],
      startedAt: new Date().toISOString(),
    }
    writeRecord(record)
    return record
  } catch (cause) {
    removeControlGroups(machine)
    releaseSubnet(net.number)
    forgetHost(session, name)
    throw cause
  }
}

function takeSubnet(session: string, name: string, wanted: number | undefined): ReturnType<typeof subnet> {
  try {
    return reserveSubnet(wanted ?? 'auto')
  } catch (cause) {
    forgetHost(session, name)
    throw cause
  }
}

/** The handle of a host that runs already. */
export async function attach(initial: HostRecord): Promise<LabHost> {
  let record = initial
  const keys = await userKeys()
  const exec = (script: string, signal?: AbortSignal): Promise<Ran> =>
    execInside(record.container.init.pid, script, signal)
  const remember = (faults: readonly string[]): void => writeRecord((record = { ...record, faults }))
  const login = (user: LabUser) => ({ user, identityFile: keys[user].identityFile })
  return {
    name: record.name,
    address: record.address,
    address6: record.address6,
    sshPort: 22,
    hostKey: record.hostKey,
    identityFile: keys.root.identityFile,
    users: { root: login('root'), medic: login('medic'), plain: login('plain') },
    record,
    exec,
    break: async (fault) => {
      remember([...record.faults, fault])
      const ran = await exec(readFault(fault).breakScript)
      succeed(`breaking ${fault}`, ran)
      return ran.stdout.split('\n').filter((line) => /^\d{3}$/.test(line))
    },
    cure: async (fault) => {
      succeed(`curing ${fault}`, await exec(readFault(fault).cureScript))
      remember(record.faults.filter((id) => id !== fault))
    },
    down: () => takeDown(record),
  }
}

/** Ends a host and removes everything it had: processes, interface, control groups, subnet, folder. */
export async function takeDown(record: HostRecord): Promise<void> {
  await stopContainer(record.container)
  removeControlGroups(machineName(record.session, record.name))
  releaseSubnet(record.subnetNumber)
  forgetHost(record.session, record.name)
  dropOwned(record)
}

/** Takes down hosts whose owner died without doing it (a test run killed by force). */
export async function removeStaleHosts(): Promise<void> {
  await Promise.all(
    allRecords()
      .filter(isStale)
      .map((record) => takeDown(record)),
  )
}

function succeed(what: string, ran: Ran): void {
  if (ran.exitCode !== 0)
    throw new Error(`${what} ended with ${ran.exitCode}: ${(ran.stderr || ran.stdout).trim().slice(-1000)}`)
}
