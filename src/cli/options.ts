import { InvalidArgumentError, Option } from 'commander'
import { readSince } from '../../commands/since.ts'
import { InventoryError, type Inventory, loadInventory } from '../host/inventory.ts'
import { UsageError } from './exit-codes.ts'

/** The same option for every command that reaches a host. */
export function inventoryOption(): Option {
  return new Option('-i, --inventory <file>', 'the hosts: hosts.yml, or what ansible-inventory --list prints').env(
    'GATEMEDIC_INVENTORY',
  )
}

export function jsonOption(): Option {
  return new Option('--json', 'print JSON (schema 1), one object a line').default(false)
}

export function rawOption(): Option {
  return new Option('--raw', 'leave secrets as they are on this terminal').default(false).conflicts('json')
}

export function budgetOption(): Option {
  return new Option('--budget <seconds>', 'most time until the verdict, whatever hangs')
    .argParser(readBudget)
    .default(20)
}

export function sinceOption(): Option {
  return new Option('--since <time>', 'look further back than an hour: 30m, 2h, 1d').argParser(readLookBack)
}

function readBudget(text: string): number {
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN
  if (!(seconds >= 5 && seconds <= 300)) throw new InvalidArgumentError('Seconds, a whole number from 5 to 300.')
  return seconds
}

function readLookBack(text: string): number {
  const { sinceSeconds, problem } = readSince(['since', ...text.split(/\s+/)])
  if (sinceSeconds === undefined) throw new InvalidArgumentError(problem ?? 'Write it like 30m, 2h or 1d.')
  return sinceSeconds
}

/** Loads the inventory that a command needs; every way in which it cannot be used is a UsageError of one line. */
export async function needInventory(file: string | undefined): Promise<Inventory> {
  if (file === undefined) throw new UsageError('no inventory: name the file, --inventory hosts.yml')
  try {
    return await loadInventory(file)
  } catch (error) {
    if (error instanceof InventoryError) throw new UsageError(`inventory ${error.message}`, error)
    throw error
  }
}
