import { expectOn } from './expect-on.ts'
import { readFault } from './fault.ts'
import { layoutForFault } from './fault-layout.ts'
import type { BackendKind } from './layout/kinds.ts'
import { errorLogs } from './layout/lay-out.ts'
import { labHost } from './host.ts'
import { brokenPair } from './pair-run.ts'
import type { LabHost } from './host-handle.ts'
import { sickSites } from './sick-sites.ts'

/** What one fault did on a host of its own. */
export interface FaultSeen {
  readonly bootMs: number
  readonly breakMs: number
  /** `30 x 502`, most frequent first. */
  readonly statuses: string
  /** The error-log line that the fault is known by, else the last line, else null. */
  readonly logLine: string | null
  /** Where this differs from expect.yml, in words; empty when all is as expected. */
  readonly mismatches: readonly string[]
}

export interface VerifyOptions {
  readonly seed?: number | null
  readonly kind?: BackendKind
  readonly signal?: AbortSignal
}

/** Boots a host, breaks it, looks, cures it, and looks again: every site must answer 200 after a cure. */
export async function verifyFault(id: string, options: VerifyOptions = {}): Promise<FaultSeen> {
  if (id.startsWith('pair/')) return verifyPair(id.slice('pair/'.length), options)
  const { seed = null, kind, signal } = options
  const start = Date.now()
  const layout = layoutForFault(id, seed, kind)
  const host = await labHost({ layout, ...(signal && { signal }) })
  const expect = expectOn(readFault(id).expect, layout, host.address)
  try {
    const ready = Date.now()
    const statuses = await host.break(id)
    const broken = Date.now()
    const logLine = await errorLogLine(host, expect.logLine)
    const mismatches = [
      ...wrongStatuses(statuses, expect.statuses),
      ...wrongLine(logLine, expect.logLine),
      ...(await notCured(host, () => host.cure(id))),
    ]
    return { bootMs: ready - start, breakMs: broken - ready, statuses: tally(statuses), logLine, mismatches }
  } finally {
    await host.down()
  }
}

/** The same for two hosts; the time to boot and to break is not told apart. */
async function verifyPair(id: string, { seed = null, kind, signal }: VerifyOptions): Promise<FaultSeen> {
  const start = Date.now()
  const options = { seed, ...(kind && { kind }), ...(signal && { signal }) }
  const { pair, scenario, expect, statuses } = await brokenPair(id, options)
  try {
    const broken = Date.now()
    const logLine = await errorLogLine(pair.front, expect.logLine)
    const cureOn = pair[scenario.expect.cureOn ?? scenario.expect.host]
    const mismatches = [
      ...wrongStatuses(statuses, expect.statuses),
      ...wrongLine(logLine, expect.logLine),
      ...(await notCured(pair.front, () => cureOn.run(`curing ${id}`, scenario.cureScript))),
    ]
    return { bootMs: 0, breakMs: broken - start, statuses: tally(statuses), logLine, mismatches }
  } finally {
    await pair.down()
  }
}

function wrongStatuses(seen: readonly string[], expected: readonly string[]): readonly string[] {
  const [have, want] = [seen, expected].map((list) => [...new Set(list)].toSorted().join(' '))
  return have === want ? [] : [`statuses ${have}, expected ${want}`]
}

function wrongLine(line: string | null, expected: string | null): readonly string[] {
  if (expected === null) return line === null ? [] : ['a line in the error log, none expected']
  return line?.includes(expected) === true ? [] : [`no line in the error log with: ${expected}`]
}

async function errorLogLine(host: LabHost, wanted: string | null): Promise<string | null> {
  const { stdout } = await host.exec(`cat ${errorLogs(host.layout).join(' ')}`)
  const lines = stdout.split('\n').filter((line) => /\[(?:error|crit|alert|emerg)\]/.test(line))
  return (wanted === null ? undefined : lines.find((line) => line.includes(wanted))) ?? lines.at(-1) ?? null
}

async function notCured(host: LabHost, cure: () => Promise<unknown>): Promise<readonly string[]> {
  await cure()
  return (await sickSites(host)).map((line) => `after the cure: ${line}`)
}

function tally(statuses: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([status, count]) => `${count} x ${status}`)
    .join(', ')
}
