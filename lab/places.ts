import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where images are kept: big, shared by all checkouts, safe to delete. GATEMEDIC_LAB_CACHE overrides. */
export function cacheFolder(): string {
  return made(process.env['GATEMEDIC_LAB_CACHE'] ?? '/var/cache/gatemedic-lab')
}

/** Where keys and the records of running hosts are kept. GATEMEDIC_LAB_STATE overrides. */
export function stateFolder(...below: readonly string[]): string {
  return made(join(process.env['GATEMEDIC_LAB_STATE'] ?? '/var/lib/gatemedic-lab', ...below))
}

/** What the whole machine shares, as it shares its interfaces: not to be moved, and gone after a restart of the machine. */
export function runFolder(...below: readonly string[]): string {
  return made(join('/run/gatemedic-lab', ...below))
}

/** 0711: the medic of a test need not be root to use a key path, but may not list. */
function made(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  return folder
}
