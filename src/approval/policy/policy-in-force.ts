import type { Logger } from '../../log.ts'
import { approversOnly } from './approvers-only.ts'
import { loadPolicy } from './load-policy.ts'
import type { Policy, PolicyHost } from './policy.ts'

/** The policy that holds at this moment, and a way to read its file again. */
export interface PolicyInForce {
  readonly current: () => Policy
  /** A file that cannot be used is refused with a line in the log, and what held before goes on to hold. */
  readonly reload: () => Promise<void>
}

interface Sources {
  /** null: there is none, the short list of approvers is the policy. */
  readonly path: string | null
  readonly approvers: readonly string[]
  readonly hosts: () => readonly PolicyHost[]
  readonly log: Logger
}

/** Throws ConfigError when the first reading fails: without a policy nothing may start. */
export async function openPolicy({ path, approvers, hosts, log }: Sources): Promise<PolicyInForce> {
  if (path === null) {
    const policy = approversOnly(approvers)
    const nothing = (): Promise<void> =>
      Promise.resolve(log.warn('there is no policy file to read again; approvers of gatemedic.yml need a restart'))
    return { current: () => policy, reload: nothing }
  }
  let current = await loadPolicy(path, hosts())
  let last: Promise<void> = Promise.resolve()
  async function readAgain(file: string): Promise<void> {
    try {
      current = await loadPolicy(file, hosts())
      log.info({ policy: file, rules: current.rules.length }, 'the new policy is in force')
    } catch (error) {
      log.error({ policy: file, err: error }, 'the new policy was refused, the one before stays in force')
    }
  }
  return {
    current: () => current,
    // One after the other: of two signals the later reading must win.
    reload: () => (last = last.then(() => readAgain(path))),
  }
}
