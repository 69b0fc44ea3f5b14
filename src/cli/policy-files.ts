import { approversOnly } from '../approval/policy/approvers-only.ts'
import { loadPolicy } from '../approval/policy/load-policy.ts'
import type { Policy, PolicyHost } from '../approval/policy/policy.ts'
import { policyHostsOf } from '../approval/policy/policy-host.ts'
import { ConfigError } from '../config-error.ts'
import { type ConfigFile, loadConfigFile } from '../config-file.ts'
import { UsageError } from './exit-codes.ts'
import { needInventory } from './options.ts'

export interface PolicyFiles {
  readonly config: string
  readonly policy?: string
  readonly inventory?: string
}

/** The policy that holds with these files, and the hosts that it is for. Every way in which they cannot be used is a UsageError of one line. */
export async function readPolicyFiles(
  options: PolicyFiles,
): Promise<{ readonly policy: Policy; readonly hosts: readonly PolicyHost[] }> {
  try {
    const named = options.policy !== undefined && options.inventory !== undefined
    const config: Partial<ConfigFile> = named ? {} : await loadConfigFile(options.config)
    const inventory = await needInventory(options.inventory ?? config.inventory)
    const hosts = policyHostsOf(inventory)
    const path = options.policy ?? config.policy
    return { policy: path === undefined ? approversOnly(config.approvers ?? []) : await loadPolicy(path, hosts), hosts }
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message, error)
    throw error
  }
}
