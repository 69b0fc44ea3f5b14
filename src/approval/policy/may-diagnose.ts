import type { Policy } from './policy.ts'

/** Who asks, where, and how his membership is learned. */
interface WouldDiagnose {
  readonly userId: string
  readonly channel: string
  /** Which of these user groups have him as a member at this moment. Rejects when nobody can tell. */
  readonly memberOf: (groups: readonly string[]) => Promise<readonly string[]>
}

/** Why this person may not ask here, in words; null when he may. Slack is asked only about people that the policy does not name by their id. */
export async function whyNotDiagnose({ diagnose, source }: Policy, who: WouldDiagnose): Promise<string | null> {
  if (diagnose === null) return null
  const { anyone, users, groups, channels } = diagnose
  if (channels !== null && !channels.includes(who.channel))
    return `Diagnoses are not allowed in this channel (diagnose.channels in ${source}).`
  if (anyone || users.includes(who.userId)) return null
  if (groups.length === 0) return `You may not ask for diagnoses (diagnose.people in ${source}).`
  const member = await who.memberOf(groups).catch(() => null)
  if (member === null)
    return `Slack did not say which user groups you are in, and ${source} lets only some ask for diagnoses. Try again in a minute.`
  return groups.some((group) => member.includes(group))
    ? null
    : `You may not ask for diagnoses: you are in none of the user groups that ${source} names (diagnose.people).`
}
