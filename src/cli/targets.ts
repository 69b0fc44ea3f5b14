import { readTarget, type Target } from '../../commands/target.ts'
import type { Inventory } from '../host/inventory.ts'
import { UsageError } from './exit-codes.ts'

/**
 * The hosts that were asked for: names, sites, URLs, `shop.example.com on web-1`, `group:edge`, with spaces or commas between them,
 * each once. Throws UsageError with the nearest names for what the inventory does not know.
 */
export function readTargets(words: readonly string[], inventory: Inventory): readonly Target[] {
  if (words.length === 3 && /^(?:on|at|@)$/i.test(words[1] ?? '')) return targetsIn(words, inventory)
  const asked = words.flatMap((word) => word.split(',')).filter((word) => word !== '')
  const targets = asked.flatMap((word) => targetsIn([word], inventory))
  if (targets.length === 0) throw new UsageError('Which host? Name a host, a site or a URL of the inventory.')
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()]
}

function targetsIn(words: readonly string[], inventory: Inventory): readonly Target[] {
  const reading = readTarget(words, inventory)
  if (reading.kind === 'target') return [reading.target]
  if (reading.kind === 'fleet') {
    const { hosts, site } = reading.fleet
    return hosts.map((host) => ({ host, ...(site === undefined ? {} : { site }) }))
  }
  const near = reading.nearest.length === 0 ? '' : ` Nearest: ${reading.nearest.join(', ')}.`
  throw new UsageError(`${reading.because}${near}`)
}
