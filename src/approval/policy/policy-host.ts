import type { PolicyHost } from './policy.ts'

/** The part of an inventory that a policy looks at. */
interface Hosts {
  readonly hosts: ReadonlyMap<string, Omit<PolicyHost, 'name'>>
}

/** A host as the policy sees it; null: the inventory of this moment does not have it. */
export function policyHostOf(inventory: () => Hosts): (name: string) => PolicyHost | null {
  return (name) => {
    const host = inventory().hosts.get(name)
    return host ? { name, groups: host.groups, labels: host.labels } : null
  }
}

export function policyHostsOf({ hosts }: Hosts): readonly PolicyHost[] {
  return [...hosts].map(([name, { groups, labels }]) => ({ name, groups, labels }))
}
