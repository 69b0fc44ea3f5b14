import type { Ran } from './command.ts'
import { execInside } from './exec-inside.ts'
import { readFault } from './fault.ts'
import { writeRecord, type HostRecord } from './host-record.ts'
import type { Layout } from './layout/layout.ts'
import { userKeys, type LabUser } from './keys.ts'
import { takeDown } from './take-down.ts'

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
  readonly layout: Layout
  /** Runs bash as root inside, without SSH. A bad exit is an answer, not an error. */
  readonly exec: (script: string, signal?: AbortSignal) => Promise<Ran>
  /** Runs bash as root; an Error with the script's words when it fails, else what it printed. */
  readonly run: (what: string, script: string, signal?: AbortSignal) => Promise<string>
  /**
   * Breaks the host; resolves when the fault's traffic has passed, to the HTTP statuses it got while broken (000 is no answer).
   * An Error with the script's words when it fails.
   */
  readonly break: (fault: string, signal?: AbortSignal) => Promise<readonly string[]>
  /** Does what a person would do about that fault. */
  readonly cure: (fault: string) => Promise<void>
  /** Takes the host down and leaves nothing of it. Safe to call twice. */
  readonly down: () => Promise<void>
}

/** The handle of a host that runs already. */
export async function attach(initial: HostRecord): Promise<LabHost> {
  let record = initial
  const keys = await userKeys()
  const exec = (script: string, signal?: AbortSignal): Promise<Ran> =>
    execInside(record.container.init.pid, script, signal)
  const run = async (what: string, script: string, signal?: AbortSignal): Promise<string> =>
    succeeded(what, await exec(script, signal))
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
    layout: record.layout,
    exec,
    run,
    break: async (fault, signal) => {
      remember([...record.faults, fault])
      const said = await run(`breaking ${fault}`, readFault(fault).breakScript, signal)
      return said.split('\n').filter((line) => /^\d{3}$/.test(line))
    },
    cure: async (fault) => {
      await run(`curing ${fault}`, readFault(fault).cureScript)
      remember(record.faults.filter((id) => id !== fault))
    },
    down: () => takeDown(record),
  }
}

function succeeded(what: string, ran: Ran): string {
  if (ran.exitCode !== 0)
    throw new Error(`${what} ended with ${ran.exitCode}: ${(ran.stderr || ran.stdout).trim().slice(-1000)}`)
  return ran.stdout
}
