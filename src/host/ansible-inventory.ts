import { z } from 'zod'
import { InventoryError } from './inventory-error.ts'
import { hostEntry, type InventoryHost } from './inventory-schema.ts'
import { complain, type FoundHosts } from './inventory-yaml.ts'

const variables = z.looseObject({
  ansible_host: z.string().optional(),
  ansible_port: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).optional(),
  ansible_user: z.string().optional(),
  ansible_ssh_private_key_file: z.string().optional(),
  ansible_ssh_common_args: z.string().optional(),
})

interface Listing {
  readonly hostvars: Readonly<Record<string, z.infer<typeof variables>>>
  readonly groups: ReadonlyMap<string, z.infer<typeof group>>
}

const group = z.looseObject({ hosts: z.array(z.string()).default([]), children: z.array(z.string()).default([]) })

/**
 * Reads what `ansible-inventory --list` prints: `_meta.hostvars` and the groups. All hosts are read-only (no `act`), keys are pinned by
 * the user's known_hosts as Ansible itself does. ProxyCommand and ProxyJump arguments are not read: such a host is reached directly or not at all.
 */
export function ansibleHosts(text: string, file: string): FoundHosts {
  const listing = readListing(text, file)
  const fail = (path: readonly PropertyKey[], why: string) =>
    new InventoryError(file, null, path.map(String).join('.'), why)
  const groups = groupsByHost(listing)
  const hosts = new Map<string, InventoryHost>()
  for (const name of [...groups.keys()].toSorted()) {
    const known = listing.hostvars[name]
    const entry = hostEntry.safeParse({
      address: known?.ansible_host ?? name,
      user: known?.ansible_user ?? 'root',
      groups: groups.get(name),
      ...(known?.ansible_port === undefined ? {} : { port: known.ansible_port }),
      ...(known?.ansible_ssh_private_key_file === undefined
        ? { agent: true }
        : { identityFile: known.ansible_ssh_private_key_file }),
    })
    if (!entry.success) throw complain(['_meta', 'hostvars', name], known, entry.error.issues, fail)
    hosts.set(name, { ...entry.data, name })
  }
  return { hosts, error: fail }
}

function readListing(text: string, file: string): Listing {
  const root = readObject(text, file)
  const read = z.object({ hostvars: z.record(z.string(), variables), groups: z.record(z.string(), group) }).safeParse({
    hostvars:
      root['_meta'] && typeof root['_meta'] === 'object' && 'hostvars' in root['_meta'] ? root['_meta'].hostvars : {},
    groups: Object.fromEntries(Object.entries(root).filter(([name]) => name !== '_meta')),
  })
  if (read.success) return { hostvars: read.data.hostvars, groups: new Map(Object.entries(read.data.groups)) }
  const issue = read.error.issues[0]
  const key = issue?.path.map(String).join('.') ?? ''
  throw new InventoryError(file, null, key, `is not valid: ${issue?.message ?? ''}`)
}

function readObject(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : 'the whole must be an object'
    throw new InventoryError(file, null, 'the file', `is not valid JSON of ansible-inventory --list: ${why}`)
  }
}

/** Every host with all groups that hold it, also through children; `all` and `ungrouped` are no groups to name. */
function groupsByHost({ hostvars, groups }: Listing): ReadonlyMap<string, readonly string[]> {
  const byHost = new Map<string, string[]>(Object.keys(hostvars).map((host) => [host, []]))
  for (const name of groups.keys()) {
    for (const host of hostsOf(name, groups, new Set())) {
      const list = byHost.get(host) ?? []
      if (name !== 'all' && name !== 'ungrouped') list.push(name)
      byHost.set(host, list)
    }
  }
  return byHost
}

function hostsOf(
  name: string,
  groups: ReadonlyMap<string, z.infer<typeof group>>,
  seen: Set<string>,
): ReadonlySet<string> {
  if (seen.has(name)) return new Set()
  seen.add(name)
  const here = groups.get(name)
  return new Set([
    ...(here?.hosts ?? []),
    ...(here?.children ?? []).flatMap((child) => [...hostsOf(child, groups, seen)]),
  ])
}
