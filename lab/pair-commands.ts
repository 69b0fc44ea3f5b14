import { seedOf, type LayoutOptions } from './fault-commands.ts'
import { labHosts } from './hosts.ts'
import { layoutFrom } from './layout/layout-from.ts'
import { brokenPair } from './pair-run.ts'
import { print, progress, stop } from './terminal.ts'

interface PairOptions extends LayoutOptions {
  readonly scenario?: string
}

export async function upPair({ scenario, ...options }: PairOptions): Promise<void> {
  const seed = seedOf(options)
  const common = { session: 'cli', keep: true, progress, signal: stop.signal }
  const { front, back } =
    scenario === undefined
      ? await labHosts({ ...common, layout: layoutFrom(seed, options.kind) })
      : (await brokenPair(scenario, { ...common, seed, ...(options.kind && { kind: options.kind }) })).pair
  progress(`${front.name} is up at ${front.address}, ${back.name} at ${back.address}`)
  print(`npm run lab -- ssh ${front.name}`)
}
