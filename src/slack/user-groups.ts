import type { WebClient } from '@slack/web-api'
import { platformCode } from './slack-errors.ts'

/** Members of a user group at this moment; null: there is no such group. One that is gone must not keep out who is named by his id or in another group. */
export async function membersOf(client: WebClient, usergroup: string): Promise<readonly string[] | null> {
  try {
    return (await client.usergroups.users.list({ usergroup })).users ?? []
  } catch (error) {
    if (platformCode(error) === 'no_such_subteam') return null
    throw error
  }
}

/** Which of these user groups have this person as a member; an id that is no group has nobody. */
export async function groupsWith(
  userId: string,
  groups: readonly string[],
  membersIn: (group: string) => Promise<readonly string[] | null>,
): Promise<readonly string[]> {
  const asked = groups.map(async (group) => ((await membersIn(group))?.includes(userId) === true ? [group] : []))
  return (await Promise.all(asked)).flat()
}
