import type { Capture } from '../diagnosis/capture.ts'
import type { RecordedCapture } from '../host/snapshot.ts'
import { backendUnits } from '../probes/backend-units.ts'
import { backendWatch } from '../probes/backend-watch.ts'
import { busyProcesses } from '../probes/busy-processes.ts'
import { idleServices } from '../probes/idle-services.ts'
import { type Facts, machineProbes, machineTargetedProbes } from '../probes/index.ts'
import { largestPaths } from '../probes/largest-paths.ts'
import { processLimits } from '../probes/process-limits.ts'
import type { Question } from '../probes/probe.ts'
import { factsOf } from './facts.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { MOST_WATCHED, watchedKinds } from './backend-asks.ts'
import type { AskHost } from './rounds.ts'
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

/**
 * Asks the machine what it would be asked if nginx ran there: first in general, then about the units behind the upstreams and its
 * listeners. Beside both, over a channel of its own, it watches their sockets for as long as nginx's host makes its requests.
 */
export async function askBackend(
  host: string,
  upstreams: readonly string[],
  troubles: readonly Trouble[],
  askHost: AskHost,
): Promise<{ readonly seen: BackendSeen; readonly recorded: readonly RecordedCapture[] }> {
  const general: readonly Question[] = machineProbes.map((probe) => ({ probe, args: [] }))
  const watch = watchQuestions(upstreams, troubles)
  async function inTurn() {
    const first = await askHost(general)
    const lost = first.every((capture) => capture.notRun !== undefined) ? first[0]?.notRun : undefined
    const targeted = closerQuestions(factsOf(first, host, 'round one'), upstreams, troubles)
    const second = lost === undefined ? await askHost(targeted) : []
    return { lost: lost ?? null, recorded: [...record(first, general), ...record(second, targeted)] }
  }
  // In this order: a server that allows one channel only (MaxSessions) refuses the second.
  const [asked, watched] = await Promise.all([inTurn(), askHost(watch)])
  const recorded = [...asked.recorded, ...record(watched, watch)]
  const captures = recorded.map(({ capture }) => capture)
  return { seen: backendSeen(host, upstreams, captures, asked.lost), recorded }
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
  const { 'live-requests': live } = front
  const watches = backend['backend-watch'].known ? backend['backend-watch'].value.watches : []
  return {
    ...front,
    // The requests are the front's, what became of them was seen at the backend.
    'live-requests': live.known
      ? { ...live, value: { ...live.value, watches: [...watches, ...live.value.watches] } }
      : live,
    // Each id keeps its own value type.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys
    ...(Object.fromEntries(entries) as unknown as BackendFacts),
  }
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
    { probe: busyProcesses, args: sampleSeconds(facts, here) },
    { probe: backendUnits, args: [...upstreams.map((upstream) => `tcp:${upstream}`), ...pids] },
    { probe: idleServices, args: ['all'] },
    { probe: processLimits, args: pids.map((pid) => pid.replace('pid:', '')) },
    { probe: largestPaths, args: fullMounts(facts) },
  ]
  return questions.filter(({ args }) => args.length > 0)
}

function watchQuestions(upstreams: readonly string[], troubles: readonly Trouble[]): readonly Question[] {
  const late = troubles.filter(({ kind, address }) => watchedKinds.has(kind) && upstreams.includes(address ?? ''))
  const args = [...new Set(late.flatMap(({ address }) => address ?? []))].slice(0, MOST_WATCHED)
  return args.length > 0 ? [{ probe: backendWatch, args }] : []
}

function record(captures: readonly Capture[], questions: readonly Question[]): RecordedCapture[] {
  return captures.map((capture, index) => ({ capture, args: questions[index]?.args ?? [], round: 3 }))
}
