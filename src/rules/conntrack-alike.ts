import type { Fact } from '../diagnosis/fact.ts'
import { type LookAlike, notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { KernelLimits } from '../probes/kernel-limits.ts'

type Table = NonNullable<KernelLimits['conntrack']>

/** From here on the table is as good as full: entries that end make room for a moment only. */
const FULL = 0.98

export function isTableFull({ count, max }: Table): boolean {
  return count >= FULL * max
}

/** A full table of connections makes a name server, or whatever else is asked for the first time, look silent. */
export function conntrackAlike(limits: Fact<KernelLimits>): LookAlike {
  if (!limits.known) return notJudged('conntrack-full', limits.reason)
  const table = limits.value.conntrack
  if (table === null) return ruledOut('conntrack-full', 'this kernel tracks no connections')
  const filled = `${table.count} of ${table.max} entries`
  return isTableFull(table)
    ? notJudged('conntrack-full', `the connection tracking table is full now (${filled})`)
    : ruledOut('conntrack-full', `the connection tracking table is not full (${filled})`)
}
