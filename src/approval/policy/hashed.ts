import { createHash } from 'node:crypto'
import type { Policy } from './policy.ts'

/** The policy with the hash of what it says; what the file is called, its comments and line numbers do not matter. */
export function hashed(policy: Omit<Policy, 'hash'>): Policy {
  const { diagnose, freezes, limits, mute, rules } = policy
  const said = JSON.stringify({ diagnose, freezes, limits, mute, rules }, (key, value: unknown) =>
    key === 'where' ? undefined : value,
  )
  return { ...policy, hash: createHash('sha256').update(said).digest('hex') }
}

/** Why an approval that was decided by another policy does not count, or null. */
export function whyOtherPolicy(bot: string | undefined, { hash, source }: Policy): string | null {
  if (bot === hash) return null
  return `bot and worker read different policy files (${source} of the worker: ${short(hash)}, the bot's: ${short(bot)}); give both the same one and send both SIGHUP`
}

function short(hash: string | undefined): string {
  return hash?.slice(0, 12) ?? 'none'
}
