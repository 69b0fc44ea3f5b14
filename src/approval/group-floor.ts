/** How another member of a group was seen just now. Only what was seen healthy is. */
export interface MemberSeen {
  readonly host: string
  readonly healthy: boolean
  /** "diagnosed: checkout-api.service is down", "not reachable". */
  readonly said: string
}

/** Why interrupting this member would leave too few healthy ones of its group; null when enough are left. Pure. */
export function whyBelowFloor(
  keepHealthy: number,
  host: string,
  group: string,
  others: readonly MemberSeen[],
): string | null {
  const healthy = others.filter((member) => member.healthy)
  if (healthy.length >= keepHealthy) return null
  const rest = others
    .filter((member) => !member.healthy)
    .slice(0, 4)
    .map(({ host: name, said }) => `${name} (${said.slice(0, 120)})`)
  const left =
    healthy.length === 0
      ? `none of the other members of ${group} was seen healthy`
      : `only ${healthy.length} other members of ${group} were seen healthy`
  const floor = keepHealthy === 1 ? 'one must stay' : `${keepHealthy} must stay`
  return `${host} still serves, ${left}, and ${floor}${rest.length === 0 ? '' : `: ${rest.join('; ')}`}`
}
