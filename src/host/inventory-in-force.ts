import type { Logger } from '../log.ts'
import { type Inventory, loadInventory } from './inventory.ts'

/** The hosts that are listed at this moment, and a way to read the file again. */
export interface InventoryInForce {
  readonly current: () => Inventory
  /** A file that cannot be used is refused with a line in the log, and the hosts of before stay. */
  readonly reload: () => Promise<void>
}

/** Throws InventoryError when the first reading fails: without hosts nothing may start. */
export async function openInventory(path: string, log: Logger): Promise<InventoryInForce> {
  let current = await loadInventory(path)
  let last: Promise<void> = Promise.resolve()
  async function readAgain(): Promise<void> {
    try {
      current = await loadInventory(path)
      log.info({ inventory: path, hosts: current.hosts.size }, 'the new inventory is in force')
    } catch (error) {
      log.error({ inventory: path, err: error }, 'the new inventory was refused, the one before stays in force')
    }
  }
  return {
    current: () => current,
    // One after the other: of two signals the later reading must win.
    reload: () => (last = last.then(readAgain)),
  }
}
