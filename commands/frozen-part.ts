import { allGroups, type InventoryView } from './inventory-view.ts'
import { nearest } from './nearest.ts'

/** What a freeze is on, as it is typed and kept: a host of the inventory, "group:edge", or "all". Null: the word names neither. */
export function readPart(word: string, inventory: InventoryView): string | null {
  const typed = word.toLowerCase()
  return partsOf(inventory).find((part) => part.toLowerCase() === typed) ?? null
}

/** Parts of the inventory close to what was typed, best first. */
export function nearParts(word: string, inventory: InventoryView): readonly string[] {
  const groups = allGroups(inventory)
  // A group typed without its prefix is meant as that group.
  if (groups.includes(word)) return [`group:${word}`]
  return nearest(word, partsOf(inventory))
}

function partsOf(inventory: InventoryView): readonly string[] {
  const groups = allGroups(inventory).map((group) => `group:${group}`)
  return ['all', ...inventory.hosts.keys(), ...groups]
}
