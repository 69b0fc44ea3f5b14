import type { SlackParts } from './parts.ts'
import type { Web } from './web.ts'

/** What people call a user, for texts that must not mention anyone. Asked once an hour at most; ids decide, names are only shown. */
export type NameOf = (userId: string) => Promise<string>

const keptMs = 3_600_000
const most = 1000

export function createNames(web: Pick<Web, 'userName'>, { now, log }: Pick<SlackParts, 'now' | 'log'>): NameOf {
  const known = new Map<string, { readonly name: string; readonly until: number }>()
  return async (userId) => {
    const at = now().getTime()
    const kept = known.get(userId)
    if (kept !== undefined && kept.until > at) return kept.name
    try {
      const name = (await web.userName(userId)) ?? unnamed(userId)
      if (known.size >= most) known.clear()
      known.set(userId, { name, until: at + keptMs })
      return name
    } catch (error) {
      // A name is decoration: without it the id is shown.
      log.warn({ err: error }, 'could not ask slack for the name of a user')
      return unnamed(userId)
    }
  }
}

/** "Anna" or "Anna and Ben". */
export async function namesOf(nameOf: NameOf, userIds: readonly string[]): Promise<string> {
  return (await Promise.all(userIds.map(nameOf))).join(' and ')
}

function unnamed(userId: string): string {
  return `user ${userId}`
}
