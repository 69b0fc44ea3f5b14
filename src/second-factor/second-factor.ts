import type { RedisClient } from '../redis.ts'
import { checkCode, type Checked, type CheckParts, isEnrolled } from './check-code.ts'
import { createTries } from './tries.ts'

export interface SecondFactorOfBot {
  readonly isEnrolled: (userId: string) => Promise<boolean>
  readonly check: (userId: string, code: string) => Promise<Checked>
}

/** `client`: an `ask` client, because a person waits. */
export function createSecondFactor(client: RedisClient, parts: Omit<CheckParts, 'tries'>): SecondFactorOfBot {
  const all = { ...parts, tries: createTries(client) }
  return {
    isEnrolled: (userId) => isEnrolled(all, userId),
    check: (userId, code) => checkCode(all, userId, code),
  }
}
