import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Progress } from '../diagnosis/progress.ts'
import { collect } from '../host/collect.ts'
import type { HostConnection } from '../host/connection.ts'
import type { Inventory } from '../host/inventory.ts'
import type { Pool } from '../host/pool.ts'
import type { RecordedCapture } from '../host/snapshot.ts'
import { HostUnreachableError } from '../host/unreachable.ts'
import type { Facts } from '../probes/index.ts'
import type { Question } from '../probes/probe.ts'
import type { Permit } from '../diagnosis/judge.ts'
import { seeTroubles } from '../symptoms/see.ts'
import type { BackendSeen } from './ask-backend.ts'
import { backendVisits } from './backend-visits.ts'
import { planBackends } from './backends.ts'
import { conclude, probeRuns } from './conclude.ts'
import { askInLanes } from './lanes.ts'
import { lookFromOutside } from './outside.ts'
import { type MasterSeen, mastersSeen } from './other-masters.ts'
import { permitOn } from './permit.ts'
import { runRounds, usualWindowSeconds } from './rounds.ts'
import { unreachableDiagnosis } from './unreachable.ts'
import { visitBackend } from './visit-backend.ts'

/** What is asked: one host of the inventory, maybe about one site, maybe further back than usual. */
export interface Ask {
  readonly host: string
  readonly site?: { readonly serverName: string; readonly path: string }
  readonly sinceSeconds?: number
}

export interface LookParts {
  readonly inventory: () => Inventory
  readonly pool: Pool
  /** Seconds from the first packet to the verdict, whatever hangs. */
  readonly budgetSeconds: number
}

export interface LookRun {
  readonly signal: AbortSignal
  readonly now: () => Date
  readonly onProgress: (progress: Progress) => void
}

/** One look at one host, not redacted: it stays in this process. */
export interface Look {
  readonly diagnosis: Diagnosis
  /** null when the host could not be reached. */
  readonly facts: Facts | null
  /** Other nginx masters of the host. */
  readonly masters: readonly MasterSeen[]
  /** The machines of failing upstreams elsewhere. */
  readonly backends: readonly BackendSeen[]
  readonly recorded: readonly RecordedCapture[]
}

/** Most seconds of one round; the rest of the budget is kept for the other one and for judging. */
const roundSeconds = { 1: 9, 2: 13 } as const

/**
 * Of the time that is left. A host that is out of breath answers in none of the rounds all that it is asked, and who takes its CPUs is the
 * first question of the second.
 */
const roundShare = { 1: 0.6, 2: 1 } as const

/** Asks the host in two rounds over one connection and judges the answers. An unreachable host is a result; a host that the inventory lacks throws. */
export async function look(ask: Ask, run: LookRun, parts: LookParts): Promise<Look> {
  const listed = parts.inventory().hosts.get(ask.host)
  if (!listed) throw new RangeError(`${ask.host} is not a host of the inventory`)
  const started = run.now()
  const windowSeconds = ask.sinceSeconds ?? usualWindowSeconds
  const tell = (step: Progress['step'], detail: string): void => run.onProgress({ host: ask.host, step, detail })

  const visits = backendVisits((host, upstreams, troubles, stop) => {
    tell('asking-closer', `${host}, where ${upstreams[0] ?? ''} is`)
    return visitBackend({ host, upstreams, troubles }, { stop, whole: run.signal, secondsLeft, pool: parts.pool })
  })
  tell('connecting', `${listed.user}@${listed.address}:${listed.port}`)
  try {
    return await parts.pool.withConnection(ask.host, lookOver, run.signal)
  } catch (error) {
    if (!(error instanceof HostUnreachableError)) throw error
    return {
      diagnosis: unreachableDiagnosis(error, run.now(), windowSeconds, run.now().getTime() - started.getTime()),
      facts: null,
      masters: [],
      backends: [],
      recorded: [],
    }
  } finally {
    visits.stop()
  }

  /** Of the budget, less what it takes to judge. */
  function secondsLeft(): number {
    return parts.budgetSeconds - (run.now().getTime() - started.getTime()) / 1000 - 1
  }

  async function lookOver(connection: HostConnection): Promise<Look> {
    const recorded: RecordedCapture[] = []
    const outside = listed ? lookFromOutside(listed, parts.inventory().hosts, run.signal) : Promise.resolve([])
    let round: 1 | 2 = 1
    async function askBeside(questions: readonly Question[], onCapture = (): void => {}) {
      return await askInLanes(questions, (lane) =>
        collect(connection, lane, {
          host: ask.host,
          seconds: Math.max(1, Math.min(roundSeconds[round], (secondsLeft() - 2.5) * roundShare[round])),
          signal: run.signal,
          onCapture,
        }),
      )
    }
    async function askHost(questions: readonly Question[]) {
      let answered = 0
      const captures = await askBeside(questions, () =>
        tell(round === 1 ? 'asking' : 'asking-closer', `${(answered += 1)} of ${questions.length} answers`),
      )
      recorded.push(...captures.map((capture, index) => ({ capture, args: questions[index]?.args ?? [], round })))
      return captures
    }

    const wish = {
      allowed: listed?.directRequests ?? false,
      healthPath: listed?.healthPath ?? null,
      site: ask.site ?? null,
    }
    const onRound = (number: 1 | 2, seen: Facts | null): void => {
      round = number
      if (seen) {
        const early = seeTroubles(seen)
        visits.begin(planBackends(early, seen, ask.host, parts.inventory().hosts), early)
      }
      tell(
        number === 1 ? 'asking' : 'asking-closer',
        number === 1 ? 'the general questions' : 'about what the first answers showed',
      )
    }
    const asking = await runRounds(ask.host, askHost, wish, windowSeconds, onRound, (questions) => askBeside(questions))
    const { facts, captures, rounds } = asking
    recorded.push(...asking.others)
    const masters = mastersSeen(asking.others, captures, ask.host)
    const troubles = seeTroubles(facts)
    const plan = planBackends(troubles, facts, ask.host, parts.inventory().hosts)
    const backends = await visits.end(plan, troubles)
    recorded.push(...backends.flatMap((each) => each.recorded))
    tell('judging', `${recorded.length} answers`)
    const collectedAt = run.now()
    const collection = {
      ms: collectedAt.getTime() - started.getTime(),
      rounds: rounds + (backends.length > 0 ? 1 : 0),
      roundTrips: (rounds + backends.length * 2) * 2,
      probes: [
        ...probeRuns(captures, facts),
        ...backends.flatMap(({ seen, recorded: more }) =>
          seen.facts === null
            ? []
            : probeRuns(
                more.map(({ capture }) => capture),
                seen.facts,
                ask.host,
              ),
        ),
      ],
    }
    const asked = {
      host: ask.host,
      site: ask.site ?? null,
      windowSeconds,
      collectedAt,
      collection,
      outside: await outside,
    }
    const permitAt = (host: string): Permit => permitOn(host, parts.inventory().hosts.get(host)?.act ?? null)
    const seen = backends.map((each) => each.seen)
    return {
      diagnosis: conclude(facts, asked, permitAt(ask.host), { seen, elsewhere: plan.elsewhere, permitAt }, masters),
      facts,
      masters,
      backends: seen,
      recorded,
    }
  }
}
