import type { Capture } from '../diagnosis/capture.ts'
import type { RecordedCapture } from '../host/snapshot.ts'
import { backendUnits } from '../probes/backend-units.ts'
import { busyProcesses } from '../probes/busy-processes.ts'
import { idleServices } from '../probes/idle-services.ts'
import { type Facts, machineProbes, machineTargetedProbes } from '../probes/index.ts'
import { largestPaths } from '../probes/largest-paths.ts'
import { processLimits } from '../probes/process-limits.ts'
import type { Question } from '../probes/probe.ts'
import { factsOf } from './facts.ts'
import type { AskHost } from './rounds.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { fullMounts, sampleSeconds } from './resource-asks.ts'
import { listenerPids } from './targets.ts'

/** What the machine of a backend said about the upstreams that are on it. */
export interface BackendSeen {
  /** Inventory name. */
  readonly host: string
  /** Addresses as nginx dials them. */
  readonly upstreams: readonly string[]
  /** null when it could not be asked. */
  readonly facts: Facts | null
  /** Why it could not be asked. */
  readonly because: string | null
}

/** Of the facts of two machines, those that are judged as the backend's: the rest is about nginx. */
const backendProbeIds = [...machineProbes, ...machineTargetedProbes].map((probe) => probe.id)

export type BackendFacts = Pick<Facts, (typeof backendProbeIds)[number]>

/** Asks the machine what it would be asked if nginx ran there: first in general, then about the units behind the upstreams and its listeners. */
export async function askBackend(
  host: string,
  upstreams: readonly string[],
  troubles: readonly Trouble[],
  askHost: AskHost,
): Promise<{ readonly seen: BackendSeen; readonly recorded: readonly RecordedCapture[] }> {
  const general: readonly Question[] = machineProbes.map((probe) => ({ probe, args: [] }))
  const first = await askHost(general)
  const lost = first.every((capture) => capture.notRun !== undefined) ? first[0]?.notRun : undefined
  const targeted = closerQuestions(factsOf(first, host, 'round one'), upstreams, troubles)
  const second = lost === undefined ? await askHost(targeted) : []
  const recorded = [...record(first, general), ...record(second, targeted)]
  return { seen: backendSeen(host, upstreams, [...first, ...second], lost ?? null), recorded }
}

/** From captures, live or replayed. */
export function backendSeen(
  host: string,
  upstreams: readonly string[],
  captures: readonly Capture[],
  because: string | null,
): BackendSeen {
  return { host, upstreams, facts: because === null ? factsOf(captures, host, 'both rounds') : null, because }
}

/** The front's facts with the machine of a backend in their place where the question is one about the backend's machine. */
export function withBackend(front: Facts, backend: Facts): Facts {
  const entries = backendProbeIds.map((id) => [id, backend[id]] as const)
  // Each id keeps its own value type.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys
  return { ...front, ...(Object.fromEntries(entries) as unknown as BackendFacts) }
}

export function isBackendProbe(probe: string): boolean {
  return backendProbeIds.some((id) => id === probe)
}

function closerQuestions(
  facts: Facts,
  upstreams: readonly string[],
  troubles: readonly Trouble[],
): readonly Question[] {
  const pids = listenerPids(facts, [])
  const here = troubles.filter((trouble) => upstreams.includes(trouble.address ?? ''))
  const questions: readonly Question[] = [
    { probe: backendUnits, args: [...upstreams.map((upstream) => `tcp:${upstream}`), ...pids] },
    { probe: idleServices, args: ['all'] },
    { probe: busyProcesses, args: sampleSeconds(facts, here) },
    { probe: processLimits, args: pids.map((pid) => pid.replace('pid:', '')) },
    { probe: largestPaths, args: fullMounts(facts) },
  ]
  return questions.filter(({ args }) => args.length > 0)
}

function record(captures: readonly Capture[], questions: readonly Question[]): RecordedCapture[] {
  return captures.map((capture, index) => ({ capture, args: questions[index]?.args ?? [], round: 3 }))
}
