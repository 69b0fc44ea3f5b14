import type { Capture } from '../diagnosis/capture.ts'
import { generalProbes, type Facts } from '../probes/index.ts'
import { liveRequests } from '../probes/live-requests.ts'
import type { Question } from '../probes/probe.ts'
import type { RecordedCapture } from '../host/snapshot.ts'
import { factsOf } from './facts.ts'
import type { LiveWish } from './live-asks.ts'
import { askOtherMasters } from './other-masters.ts'
import { targetedQuestions } from './targets.ts'

/** Asks a host one batch of questions; answers come in any order, and none is missing. */
export type AskHost = (questions: readonly Question[]) => Promise<readonly Capture[]>

export interface Rounds {
  readonly facts: Facts
  readonly captures: readonly Capture[]
  readonly rounds: number
  /** About other nginx masters of the host. */
  readonly others: readonly RecordedCapture[]
}

/** The log window when nobody asks for another. */
export const usualWindowSeconds = 3600

/** General probes that look as far back as the window. */
const windowed: ReadonlySet<string> = new Set(['error-log', 'kernel-log'])

/** Round one asks what is asked of every host, round two what round one's answers call for. */
export async function runRounds(
  host: string,
  askHost: AskHost,
  wish: LiveWish,
  windowSeconds: number,
  onRound: (round: 1 | 2, seen: Facts | null) => void,
  askBeside: AskHost = askHost,
): Promise<Rounds> {
  onRound(1, null)
  const general = await askHost(
    generalProbes.map((probe) => ({ probe, args: windowed.has(probe.id) ? [String(windowSeconds)] : [] })),
  )
  if (general.every((capture) => capture.notRun !== undefined))
    return { facts: factsOf(general, host, 'round one'), captures: general, rounds: 1, others: [] }
  const seen = factsOf(general, host, 'round one')
  const questions = targetedQuestions(seen, wish)
  if (questions.length > 0) onRound(2, seen)
  // In this order: a server that allows few channels refuses the later ones.
  const asked = questions.length > 0 ? askHost(questions) : Promise.resolve([])
  const [targeted, others] = await Promise.all([
    asked,
    askOtherMasters(seen, general, { host, askHost: askBeside, wish, windowSeconds, firstIsDone: asked }),
  ])
  const captures = [...general, ...targeted, ...(wish.allowed ? [] : [switchedOff(host)])]
  return { facts: factsOf(captures, host, 'both rounds'), captures, rounds: questions.length > 0 ? 2 : 1, others }
}

function switchedOff(host: string): Capture {
  const { id, command } = liveRequests
  const notRun = 'live requests are switched off for this host (directRequests: false)'
  return {
    probe: id,
    host,
    command,
    exitCode: null,
    ms: 0,
    stdout: '',
    stderr: '',
    truncated: false,
    timedOut: false,
    notRun,
  }
}
