import type { Policy } from './policy.ts'

/** Who mutes; the id decides. */
export interface WouldMute {
  readonly userId: string
  /** Which of these user groups have him as a member at this moment. Rejects when nobody can tell. */
  readonly memberOf: (groups: readonly string[]) => Promise<readonly string[]>
  /** Why he is no full member of the workspace (a guest, deactivated, of another organisation, an app), or null. Rejects when nobody can tell. */
  readonly whyNoMember: () => Promise<string | null>
}

/**
 * Why this person may not mute alerts, in words; null when he may. A diagnosis shows something, a mute hides it from everybody: guests, who may ask
 * for diagnoses where nothing else is said, never mute.
 */
export async function whyNotMute({ mute, source }: Policy, who: WouldMute): Promise<string | null> {
  try {
    const stranger = await who.whyNoMember()
    if (stranger !== null) return stranger
    if (mute === null || mute.users.includes(who.userId)) return null
    const member = mute.groups.length === 0 ? [] : await who.memberOf(mute.groups)
    return mute.groups.some((group) => member.includes(group))
      ? null
      : `${source} lets only some people mute (mute.people), and does not name you`
  } catch {
    // Fails closed: what cannot be asked allows nothing.
    return 'Slack did not say who you are, and without that nobody may; try again in a minute'
  }
}
