import { Command } from 'commander'
import { UsageError } from './exit-codes.ts'
import { inventoryOption, needInventory } from './options.ts'
import { OwnNginxError, readOwnNginx } from './sudoers-nginx.ts'
import { sudoersFor, SudoersNameError } from './sudoers-text.ts'
import { readTargets } from './targets.ts'

interface SudoersOptions {
  readonly user: string
  readonly inventory?: string
  readonly host?: string
  readonly nginx?: readonly string[]
}

export function sudoersCommand(): Command {
  return new Command('sudoers')
    .description('print the sudoers file with the least that Gatemedic needs on a host')
    .requiredOption('-u, --user <user>', 'the SSH user that looks')
    .addOption(inventoryOption())
    .option('--host <host>', 'only the act units of this host, instead of those of all hosts')
    .option('--nginx <command...>', 'an nginx at a place of its own, as its unit starts it: program, -c and -p')
    .addHelpText(
      'after',
      `
Without an inventory the file allows looking only. With one, the act users of its
hosts may also start, restart and reload the units that it names.

Example:
  gatemedic sudoers --user medic --inventory hosts.yml --host web-1 > gatemedic
  visudo -cf gatemedic`,
    )
    .action(sudoers)
}

async function sudoers(options: SudoersOptions): Promise<void> {
  if (options.host !== undefined && options.inventory === undefined)
    throw new UsageError('--host needs the inventory that names it: --inventory hosts.yml')
  const inventory = options.inventory === undefined ? null : await needInventory(options.inventory)
  const asked =
    inventory && options.host !== undefined ? readTargets([options.host], inventory).map(({ host }) => host) : null
  const hosts = [...(inventory?.hosts.values() ?? [])].filter((host) => asked === null || asked.includes(host.name))
  try {
    const ownNginx = (options.nginx ?? []).map(readOwnNginx)
    process.stdout.write(sudoersFor({ user: options.user, hosts, ownNginx }))
  } catch (error) {
    throw error instanceof SudoersNameError || error instanceof OwnNginxError
      ? new UsageError(error.message, error)
      : error
  }
}
