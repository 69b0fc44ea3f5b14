import type { Capture } from '../diagnosis/capture.ts'
import type { Fact } from '../diagnosis/fact.ts'
import { type Facts, probes } from '../probes/index.ts'
import type { Probe } from '../probes/probe.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import { seeTroubles } from '../symptoms/see.ts'

/** Captures become facts: known, or unknown with the reason. A later capture of a probe replaces an earlier one. */
export function factsOf(captures: readonly Capture[], host: string): Facts {
  const byProbe = new Map(captures.map((capture) => [capture.probe, capture]))
  const entries = probes.map((probe) => [probe.id, factOf(probe, byProbe.get(probe.id), host)] as const)
  // Every registered probe is there, each with the value type of its own parser.
  return Object.fromEntries(entries) as unknown as Facts
}

/** The facts and what follows from them alone. */
export function knowledgeOf(facts: Facts, host: string): Knowledge {
  return { ...facts, troubles: troublesOf(facts, host) }
}

function factOf(probe: Probe<string, unknown>, capture: Capture | undefined, host: string): Fact<unknown> {
  const source = { host, probe: probe.id, command: probe.command }
  if (!capture) return { known: false, reason: 'there was nothing to ask it about', source }
  if (capture.notRun !== undefined) return { known: false, reason: capture.notRun, source }
  if (capture.timedOut)
    return { known: false, reason: `${probe.command} did not end within ${probe.seconds} s`, source }
  const result = probe.parse(capture)
  if (result.ok) return { known: true, value: result.value, source }
  const detail = capture.stderr.trim().split('\n')[0] ?? ''
  return {
    known: false,
    reason:
      detail !== '' && !result.reason.includes(detail) ? `${result.reason} (${detail.slice(0, 200)})` : result.reason,
    source,
  }
}

/** Troubles can be seen in a readable log or by a live request; without both nobody knows. */
function troublesOf(facts: Facts, host: string): Knowledge['troubles'] {
  const { 'error-log': log, 'live-requests': live } = facts
  const source = { host, probe: 'error-log', command: log.source.command }
  if (!log.known && !live.known) return { known: false, reason: `${log.reason}; ${live.reason}`, source }
  return { known: true, value: seeTroubles(facts), source }
}
