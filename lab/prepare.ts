import { missingPackages, labMachine } from './available.ts'
import { runOrThrow } from './command.ts'
import type { Progress } from './progress.ts'

/**
 * Installs the Debian packages that the lab lacks on this machine (apt-get, as root), saying what it does.
 * An Error where no package would help: not Linux, not root, not Debian.
 */
export async function prepare(progress: Progress, signal?: AbortSignal): Promise<void> {
  const machine = labMachine()
  if (!machine.ok) throw new Error(machine.reason)
  const packages = missingPackages()
  if (packages.length === 0) return progress('nothing to install')
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, ...(signal && { signal }) }
  progress(`apt-get install ${packages.join(' ')}`)
  const install = ['apt-get', 'install', '-q', '-y', '--no-install-recommends', ...packages]
  try {
    await runOrThrow(install, options)
  } catch {
    // Package lists that are missing or too old are the usual reason; any other one shows again in the second try.
    progress('apt-get update')
    await runOrThrow(['apt-get', 'update', '-q'], options)
    await runOrThrow(install, options)
  }
}
