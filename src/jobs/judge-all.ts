import type { FleetRun } from '../approval/fleet-run.ts'
import type { Presser, PresserOf } from './desk.ts'
import type { Judged } from './judge-press.ts'
import { judgeMember, type JudgeParts, pressersOf } from './judge-run.ts'

/** What a press comes to for all hosts of a run together. */
export type AllJudged =
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly because: string }
  | {
      readonly kind: 'one-more'
      readonly because: string
      readonly counts: boolean
      readonly rule: Extract<Judged, { kind: 'enough' }>['rule']
    }
  | { readonly kind: 'enough'; readonly gone: ReadonlyMap<string, string> }

/** The strictest of what holds for its hosts: refused by one, it is refused. */
export async function judgeAll(
  parts: JudgeParts,
  run: FleetRun,
  presser: Presser,
  people: PresserOf,
): Promise<AllJudged> {
  const others = run.presses.filter(({ by }) => by !== presser.userId)
  const earlier = pressersOf(others, people)
  const until = run.state.kind === 'asked' ? run.state.until : null
  const gone = new Map<string, string>()
  const missing: Extract<Judged, { kind: 'one-more' }>[] = []
  for (const member of run.members) {
    const is = await judgeMember(parts, member, presser, earlier, until)
    if (is.kind === 'gone') gone.set(member.proposal, is.because)
    else if (is.judged.kind === 'refused') return { kind: 'refused', because: naming(member.host, is.judged.because) }
    else if (is.judged.kind === 'one-more') missing.push(is.judged)
  }
  if (gone.size === run.members.length) return { kind: 'gone' }
  const [first] = missing
  if (first === undefined) return { kind: 'enough', gone }
  const counts = missing.every(({ decision }) => decision.counts)
  const decisive = missing.find(({ decision }) => decision.counts === counts) ?? first
  return { kind: 'one-more', because: decisive.decision.because, counts, rule: decisive.rule }
}

function naming(host: string, because: string): string {
  return because.includes(host) ? because : `${host}: ${because}`
}
