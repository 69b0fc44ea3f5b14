import type { Capture } from '../diagnosis/capture.ts'
import { isRefused } from '../host/collect.ts'
import type { RecordedCapture } from '../host/snapshot.ts'
import { type Facts, generalProbes, masterProbes } from '../probes/index.ts'
import type { NginxProcess } from '../probes/nginx-processes.ts'
import type { Question } from '../probes/probe.ts'
import { factsOf } from './facts.ts'
import type { LiveWish } from './live-asks.ts'
import type { AskHost } from './rounds.ts'
import { targetedQuestions } from './targets.ts'

/** Another nginx of the same host, judged with what it runs with: its own configuration, logs, folders and processes. */
export interface MasterSeen {
  readonly pid: number
  readonly facts: Facts
}

/** Beside the one that is judged first; what is over is named as not judged. */
const MOST_OTHERS = 3

const ownIds: ReadonlySet<string> = new Set(masterProbes.map(({ id }) => id))
const sharedIds: ReadonlySet<string> = new Set(generalProbes.map(({ id }) => id).filter((id) => !ownIds.has(id)))

/** The masters of this host that are judged as well. One in a container, or of an ordinary user outside of any unit, is not. */
export function othersToJudge({ 'nginx-processes': processes }: Facts): readonly NginxProcess[] {
  if (!processes.known) return []
  const { others, judgeable } = processes.value
  return others.filter(({ pid }) => judgeable.includes(pid)).slice(0, MOST_OTHERS)
}

interface Asking {
  readonly host: string
  readonly askHost: AskHost
  readonly wish: LiveWish
  readonly windowSeconds: number
  /** Of the first master: what both rounds had to ask of it is answered. */
  readonly firstIsDone: Promise<unknown>
}

/**
 * Asks the same two rounds about each other master: in round one only what is about an nginx, the rest is the host's and was answered. It runs over channels
 * of its own beside the first master's round two, after it where the server grants no more (MaxSessions of sshd_config(5)).
 */
export async function askOtherMasters(
  seen: Facts,
  general: readonly Capture[],
  { host, askHost, wish, windowSeconds, firstIsDone }: Asking,
): Promise<readonly RecordedCapture[]> {
  const recorded: RecordedCapture[] = []
  for (const { pid } of othersToJudge(seen)) {
    const first = await ask(masterProbes.map((probe) => ({ probe, args: argsOf(probe.id, windowSeconds, pid) })))
    const own = first.map(({ capture }) => capture)
    if (own.every((capture) => capture.notRun !== undefined)) break
    const facts = factsOf([...general.filter(isShared), ...own], host, 'round one')
    const second = await ask(targetedQuestions(facts, wish))
    recorded.push(...first.map((each) => ({ ...each, round: 1, master: pid })))
    recorded.push(...second.map((each) => ({ ...each, round: 2, master: pid })))
  }
  return recorded

  async function ask(questions: readonly Question[]) {
    const once = questions.length > 0 ? await askHost(questions) : []
    if (once.length > 0 && once.every(isRefused)) await firstIsDone
    const captures = once.length > 0 && once.every(isRefused) ? await askHost(questions) : once
    return captures.map((capture, index) => ({ capture, args: questions[index]?.args ?? [] }))
  }
}

/** What was recorded, live or replayed, as facts of each master; what is the host's own comes from the first one's captures. */
export function mastersSeen(
  recorded: readonly RecordedCapture[],
  first: readonly Capture[],
  host: string,
): readonly MasterSeen[] {
  const pids = [...new Set(recorded.flatMap(({ master }) => master ?? []))]
  return pids.map((pid) => {
    const own = recorded.flatMap(({ capture, master }) => (master === pid ? [capture] : []))
    // What a person switched off for the host is off for all of it.
    const off = first.filter(({ probe, notRun }) => notRun !== undefined && !own.some((each) => each.probe === probe))
    const captures = [...off.filter(({ probe }) => !ownIds.has(probe)), ...first.filter(isShared), ...own]
    return { pid, facts: factsOf(captures, host, 'both rounds') }
  })
}

function isShared({ probe }: Capture): boolean {
  return sharedIds.has(probe)
}

function argsOf(id: string, windowSeconds: number, pid: number): readonly string[] {
  return [...(id === 'error-log' ? [String(windowSeconds)] : []), `master:${pid}`]
}
