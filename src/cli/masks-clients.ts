import { access } from 'node:fs/promises'
import { loadConfigFile } from '../config-file.ts'

/**
 * Whether addresses of clients are masked in what this command prints or writes: `maskClients` of the configuration file, as for the worker. Nothing is
 * masked where there is none; one that cannot be read masks, for what was printed cannot be taken back.
 */
export async function masksClients(path = process.env['GATEMEDIC_CONFIG'] ?? 'gatemedic.yml'): Promise<boolean> {
  const missing = await access(path).then(
    () => false,
    (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT',
  )
  if (missing) return false
  try {
    return (await loadConfigFile(path)).maskClients
  } catch {
    process.stderr.write(`gatemedic: ${path} cannot be used, so addresses of clients are masked\n`)
    return true
  }
}
