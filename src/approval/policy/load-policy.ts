import { readFile } from 'node:fs/promises'
import { ConfigError } from '../../config-error.ts'
import { parsePolicy } from './parse-policy.ts'
import type { Policy, PolicyHost } from './policy.ts'

/** Reads the policy file. Throws ConfigError. */
export async function loadPolicy(path: string, hosts: readonly PolicyHost[]): Promise<Policy> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const why = missing ? 'does not exist' : 'cannot be read'
    throw new ConfigError(`${path} ${why}: make it, or name another file as policy in gatemedic.yml`, { cause: error })
  })
  return parsePolicy(content, path, hosts)
}
