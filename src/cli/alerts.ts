import { Command, InvalidArgumentError, Option } from 'commander'
import { nearest } from '../../commands/nearest.ts'
import { mapLabels } from '../alerts/map-labels.ts'
import type { MapRule } from '../alerts/map-rule.ts'
import { channelOf } from '../alerts/route.ts'
import { whyUnmapped } from '../alerts/why-unmapped.ts'
import { ConfigError } from '../config-error.ts'
import { type ConfigFile, loadConfigFile } from '../config-file.ts'
import type { Inventory } from '../host/inventory.ts'
import { exitCodes, UsageError } from './exit-codes.ts'
import { inertLine } from './inert.ts'
import { inventoryOption, needInventory } from './options.ts'

interface MapOptions {
  readonly label: Readonly<Record<string, string>>
  readonly config: string
  readonly source?: string
  readonly inventory?: string
}

export function alertsCommand(): Command {
  const alerts = new Command('alerts').description('what becomes of alerts, without Slack and without Redis')
  alerts
    .command('map')
    .description(
      'say which hosts an alert with these labels would be about, and why; exit code 1 when it is about none',
    )
    .requiredOption('--label <name=value>', 'a label of the alert; may be given several times', readLabel, {})
    .option('--source <name>', 'with the rules and the channel of this source')
    .addOption(
      new Option('--config <file>', 'names sources, channels and inventory')
        .env('GATEMEDIC_CONFIG')
        .default('gatemedic.yml'),
    )
    .addOption(inventoryOption())
    .addHelpText(
      'after',
      `
Example:
  gatemedic alerts map --label instance=web-1.prod:9113 --label job=nginx --source prometheus`,
    )
    .action(map)
  return alerts
}

/** Repeated --label options as one object; only own keys of it are ever read. */
function readLabel(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Write it like instance=web-1:9113.')
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) }
}

async function map(options: MapOptions): Promise<void> {
  const { config, inventory, rules, channel } = await read(options)
  const mapping = mapLabels(options.label, inventory, rules)
  if (!mapping.ok) {
    print(`about no host: ${whyUnmapped(mapping, options.label, inventory)}`)
    process.exitCode = exitCodes.failed
    return
  }
  print(mapping.because)
  const { channels } = config
  for (const host of mapping.hosts) {
    const where = channel ?? (channels ? channelOf(host, inventory, channels) : null)
    print(
      `  ${host}: ${where === null ? 'nobody hears of it, no channel is configured (channels)' : `channel ${where}`}`,
    )
  }
}

interface MapFiles {
  readonly config: Partial<ConfigFile>
  readonly inventory: Inventory
  readonly rules: readonly MapRule[]
  readonly channel: string | undefined
}

async function read({ config: path, inventory, source }: MapOptions): Promise<MapFiles> {
  try {
    const config: Partial<ConfigFile> = await loadConfigFile(path)
    const sources = config.alerts?.sources ?? {}
    const entry = source !== undefined && Object.hasOwn(sources, source) ? sources[source] : undefined
    if (source !== undefined && !entry) throw unknownSource(source, Object.keys(sources))
    const hosts = await needInventory(inventory ?? config.inventory)
    return { config, inventory: hosts, rules: entry?.map ?? [], channel: entry?.channel }
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message, error)
    throw error
  }
}

function unknownSource(source: string, known: readonly string[]): UsageError {
  const [near] = nearest(source, known, 1)
  const meant = near === undefined ? '' : `; did you mean ${near}?`
  return new UsageError(`alerts.sources has no ${inertLine(source)}${meant}`)
}

function print(text: string): void {
  // Two blanks in front are ours; everything else on the line is made harmless.
  const indent = text.startsWith('  ') ? '  ' : ''
  process.stdout.write(`${indent}${inertLine(text)}\n`)
}
