import { readFile } from 'node:fs/promises'
import { ansibleHosts } from './ansible-inventory.ts'
import { InventoryError } from './inventory-error.ts'
import type { InventoryHost } from './inventory-schema.ts'
import { yamlHosts } from './inventory-yaml.ts'

export { InventoryError } from './inventory-error.ts'
export type { InventoryHost } from './inventory-schema.ts'

export interface Inventory {
  readonly hosts: ReadonlyMap<string, InventoryHost>
}

/** Reads an inventory file: YAML as in the documentation, or JSON of `ansible-inventory --list`. Throws InventoryError. */
export async function loadInventory(path: string): Promise<Inventory> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${error.code})`
    throw new InventoryError(path, null, '', why)
  })
  return parseInventory(text, path)
}

/** The same from text; `path` is only for messages. */
export function parseInventory(text: string, path: string): Inventory {
  const found = looksLikeAnsible(text) ? ansibleHosts(text, path) : yamlHosts(text, path)
  for (const host of found.hosts.values()) checkJumps(host, found.hosts, (why) => found.error([host.name, 'via'], why))
  return { hosts: found.hosts }
}

function looksLikeAnsible(text: string): boolean {
  return text.trimStart().startsWith('{') && text.includes('"_meta"')
}

function checkJumps(
  host: InventoryHost,
  hosts: ReadonlyMap<string, InventoryHost>,
  fail: (why: string) => InventoryError,
): void {
  const path = [host.name]
  for (let via = host.via; via !== undefined; via = hosts.get(via)?.via) {
    if (!hosts.has(via)) throw fail(`names ${via}, which is not a host of this inventory`)
    if (path.includes(via)) throw fail(`goes in a circle: ${[...path, via].join(' -> ')}`)
    path.push(via)
  }
}
