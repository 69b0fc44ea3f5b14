import { nearest } from '../../../commands/nearest.ts'
import type { ConfigError } from '../../config-error.ts'
import type { HostMatch, PolicyHost } from './policy.ts'

export type Complain = (what: string) => ConfigError

interface Known {
  /** That nobody has it: "no host of the inventory has that name". */
  readonly none: string
  /** Whose they are: "hosts of the inventory". */
  readonly whose: string
  readonly complain: Complain
}

/** Throws for the first name that is not known, with the nearest that is. */
export function checkNames(names: readonly string[], known: readonly string[], { none, whose, complain }: Known): void {
  const alike = names.flatMap((name) =>
    known.filter((each) => each !== name && same(each, name)).map((each) => [name, each] as const),
  )
  const [pair] = alike
  if (pair) throw complain(`names ${quoted(pair[0])}, but among the ${whose} is ${quoted(pair[1])}: spell both alike`)
  const strange = names.find((name) => !known.includes(name))
  if (strange === undefined) return
  const near = nearest(strange, known, 1)
  const others = near.length > 0 ? near : known.slice(0, 10)
  const has =
    others.length === 0 ? `there are no ${whose} at all` : `the ${whose} are spelled ${others.map(quoted).join(', ')}`
  throw complain(`names ${quoted(strange)}, but ${none}; ${has}`)
}

/**
 * Hosts, groups and labels of a rule must be there in the inventory, in the same spelling: one that is spelled differently would silently fit nothing,
 * and the next rule would hold.
 */
export function checkHosts(
  { names, groups, labels }: HostMatch,
  hosts: readonly PolicyHost[],
  complain: (part: readonly string[], what: string) => ConfigError,
): void {
  const of = (what: string, ...part: readonly string[]): Known => ({
    none: `no ${what} of the inventory has that name`,
    whose: `${what}s of the inventory`,
    complain: (words) => complain(part, words),
  })
  checkNames(
    names,
    hosts.map(({ name }) => name),
    of('host', 'names'),
  )
  checkNames(groups, unique(hosts.flatMap((host) => host.groups)), of('group', 'groups'))
  for (const [label, value] of Object.entries(labels)) {
    checkNames([label], unique(hosts.flatMap((host) => Object.keys(host.labels))), of('label', 'labels', label))
    const values = unique(
      hosts.flatMap((host) => (Object.hasOwn(host.labels, label) ? [host.labels[label] ?? ''] : [])),
    )
    checkNames([value], values, {
      none: `no host of the inventory has that value of ${label}`,
      whose: `values of ${label} in the inventory`,
      complain: (words) => complain(['labels', label], words),
    })
  }
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}

/** Only the case or a blank differs: what a person takes for the same and the program does not. */
function same(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase()
}

function quoted(text: string): string {
  return `"${text.slice(0, 80)}"`
}
