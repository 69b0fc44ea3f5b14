import { seedOf, type LayoutOptions } from './fault-commands.ts'
import { labHosts } from './hosts.ts'
import { layoutFrom } from './layout/layout-from.ts'
import { print, progress, stop } from './terminal.ts'

export async function upPair(options: LayoutOptions): Promise<void> {
  const layout = layoutFrom(seedOf(options), options.kind)
  const { front, back } = await labHosts({ layout, session: 'cli', keep: true, progress, signal: stop.signal })
  progress(`${front.name} is up at ${front.address}, ${back.name} at ${back.address}`)
  print(`npm run lab -- ssh ${front.name}`)
}
