import type { Capture } from '../diagnosis/capture.ts'
import type { Fact } from '../diagnosis/fact.ts'
import { type Facts, probes, targetedProbes } from '../probes/index.ts'
import type { Probe } from '../probes/probe.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import type { Behind } from '../symptoms/course.ts'
import { eventsOf } from '../symptoms/events.ts'
import { withoutForged } from '../symptoms/forgeable-logs.ts'
import { withPassedOn } from '../symptoms/passed-on.ts'
import { seeTroubles } from '../symptoms/see.ts'
import { startingOf } from '../symptoms/starting.ts'
import { withOwnerTies } from './owner-ties.ts'

/**
 * Captures become facts: known, or unknown with the reason. Once both rounds are through, a targeted probe without a capture had
 * nothing to be asked about, which is an answer too: no unix socket, no name, no certificate.
 */
export function factsOf(captures: readonly Capture[], host: string, through: 'round one' | 'both rounds'): Facts {
  const byProbe = new Map(captures.map((capture) => [capture.probe, capture]))
  const needless = new Set<string>(through === 'both rounds' ? targetedProbes.map((probe) => probe.id) : [])
  const entries = probes.map((probe) => {
    const capture = byProbe.get(probe.id) ?? (needless.has(probe.id) ? nothingAsked(probe, host) : undefined)
    return [probe.id, factOf(probe, capture, host)] as const
  })
  // Every registered probe is there, each with the value type of its own parser.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys
  const facts = Object.fromEntries(entries) as unknown as Facts
  return {
    ...facts,
    'backend-units': withOwnerTies(facts['backend-units'], facts.sockets),
    'access-log': withoutForged(facts),
    'live-requests': withPassedOn(facts),
  }
}

/** The facts and what follows from them alone; `behind`: machines of backends that were asked, by the address that nginx dials. */
export function knowledgeOf(facts: Facts, host: string, behind: ReadonlyMap<string, Behind> = new Map()): Knowledge {
  return {
    ...facts,
    troubles: troublesOf(facts, host, behind),
    events: eventsFact(facts),
    starting: startingFact(facts),
    place: { known: true, value: { of: 'nginx' }, source: { host, probe: 'host', command: '' } },
  }
}

function nothingAsked(probe: Probe<string, unknown>, host: string): Capture {
  return {
    probe: probe.id,
    host,
    command: probe.command,
    exitCode: 0,
    ms: 0,
    stdout: '',
    stderr: '',
    truncated: false,
    timedOut: false,
  }
}

function factOf(probe: Probe<string, unknown>, capture: Capture | undefined, host: string): Fact<unknown> {
  const source = { host, probe: probe.id, command: probe.command }
  if (!capture) return { known: false, reason: 'it was not asked', source }
  if (capture.notRun !== undefined) return { known: false, reason: capture.notRun, source }
  if (capture.timedOut && !(probe.partial && capture.stdout !== ''))
    return { known: false, reason: `${probe.command} did not end within ${probe.seconds} s`, source }
  // Refused as a whole: an answer without a word says nothing, least of all that there is nothing.
  if (capture.exitCode === 126 && capture.stdout.trim() === '')
    return { known: false, reason: capture.stderr.trim().split('\n')[0] || `${probe.command} was refused`, source }
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

function eventsFact(facts: Facts): Knowledge['events'] {
  const { 'error-log': log, host } = facts
  if (!log.known) return log
  if (!host.known) return host
  return { known: true, value: eventsOf(log.value, host.value, facts), source: log.source }
}

function startingFact(facts: Facts): Knowledge['starting'] {
  const processes = facts['nginx-processes']
  return processes.known ? { known: true, value: startingOf(facts), source: processes.source } : processes
}

/** Troubles can be seen in a readable log or by a live request; without both nobody knows. */
function troublesOf(facts: Facts, host: string, behind: ReadonlyMap<string, Behind>): Knowledge['troubles'] {
  const { 'error-log': log, 'live-requests': live } = facts
  const source = { host, probe: 'error-log', command: log.source.command }
  if (!log.known && !live.known) return { known: false, reason: `${log.reason}; ${live.reason}`, source }
  return { known: true, value: seeTroubles(facts, behind), source }
}
