/** What users.info says of a person (docs.slack.dev, "User object"), as far as it decides whether he may approve or mute. */
export interface Standing {
  readonly id: string
  readonly team_id?: string
  readonly deleted?: boolean
  readonly is_bot?: boolean
  readonly is_restricted?: boolean
  readonly is_ultra_restricted?: boolean
  readonly is_stranger?: boolean
  readonly enterprise_user?: { readonly teams?: readonly string[] }
}

/** Why this person is no full member here, who alone may do that, or null. `ownTeam`: of the app itself, by auth.test. What Slack leaves out counts against him. */
export function whyNoMember(user: Standing, ownTeam: string, doing: 'approve' | 'mute'): string | null {
  if (user.deleted !== false) return 'your Slack account is deactivated'
  if (user.is_bot !== false) return `an app may not ${doing}`
  if (user.is_stranger === true) return 'you belong to another organisation'
  const teams = [user.team_id, ...(user.enterprise_user?.teams ?? [])]
  if (!teams.includes(ownTeam)) return 'you belong to another organisation'
  const guest = user.is_restricted !== false || user.is_ultra_restricted !== false
  return guest ? `guests of this workspace may not ${doing}` : null
}
