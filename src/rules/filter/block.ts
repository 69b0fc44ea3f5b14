import type { Fact } from '../../diagnosis/fact.ts'
import type { Firewall } from '../../probes/firewall.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import { type FilterRule, rulesForPort } from '../packet-filter.ts'
import { filterVerdict, isStopping, type Stopping } from './filter-verdict.ts'
import { isLimit, packetsOf } from './limits.ts'
import type { Packet } from './packet.ts'

/** A rule that keeps nginx from a backend. */
export interface Block {
  readonly rule: FilterRule
  /**
   * followed: the way through the rules ends at it. named: it names the port, and its turn may never come. limit: it stops some connections
   * only, and its counter says that it did.
   */
  readonly by: 'followed' | 'named' | 'limit'
  /** It stops what the backend answers, not what nginx sends. */
  readonly back: boolean
}

export type Way = 'to this host' | 'to itself' | 'to another host'

interface Step {
  readonly direction: 'input' | 'output'
  readonly back: boolean
}

/** Where this host's rules meet a connection and its answer: those of the machine that answers, or of nginx's, or both at once. */
const steps: Readonly<Record<Way, readonly Step[]>> = {
  'to itself': [
    { direction: 'output', back: false },
    { direction: 'input', back: false },
    { direction: 'output', back: true },
    { direction: 'input', back: true },
  ],
  'to another host': [
    { direction: 'output', back: false },
    { direction: 'input', back: true },
  ],
  'to this host': [
    { direction: 'input', back: false },
    { direction: 'output', back: true },
  ],
}

/** What stops the connection, by the error that nginx met: a time-out speaks for drop, an immediate refusal for reject. */
export function blockOf(kind: Trouble['kind'], packet: Packet, way: Way, firewall: Fact<Firewall>): Block | null {
  const wanted = kind === 'connect-timeout' ? 'drop' : 'reject'
  const verdicts = steps[way].map(({ direction, back }) => ({
    back,
    verdict: filterVerdict({ ...packet, back }, direction, firewall),
  }))
  for (const { back, verdict } of verdicts) {
    // Whatever is done with the answer, whoever waits for it hears nothing.
    if (isStopping(verdict) && (verdict.kind === wanted || (back && wanted === 'drop')))
      return { rule: ruleOf(verdict), by: 'followed', back }
  }
  const there = verdicts.filter(({ back }) => !back).map(({ verdict }) => verdict)
  if (there.every((verdict) => verdict?.kind === 'accept')) return null
  const naming = rulesForPort(packet.port, firewall).rules.filter((rule) => rule.verdict === wanted)
  const limits = [
    ...naming,
    ...there.flatMap((verdict) => (verdict?.kind === 'unsure' ? verdict.may : [])).map(ruleOf),
  ].filter(({ text, verdict }) => verdict === wanted && isLimit(text))
  const limit = limits.find(({ text }) => (packetsOf(text) ?? 0) > 0)
  if (limit) return { rule: limit, by: 'limit', back: false }
  // Some are accepted up to a limit, and the rule behind it takes the rest.
  const rest = hasLimitedAccept(packet.port, firewall)
    ? naming.find(({ text }) => (packetsOf(text) ?? 0) > 0)
    : undefined
  if (rest) return { rule: rest, by: 'limit', back: false }
  const named = naming.find(({ text }) => packetsOf(text) !== 0 || !isLimit(text))
  return named ? { rule: named, by: 'named', back: false } : null
}

function hasLimitedAccept(port: number, firewall: Fact<Firewall>): boolean {
  const names = new RegExp(`(?:^|[^0-9.:])${port}(?:[^0-9.:]|$)`)
  return (
    firewall.known &&
    firewall.value.sets.some(
      (set) =>
        set.state === 'read' &&
        set.lines.some((line) => isLimit(line) && /\b(?:accept|ACCEPT)\b/.test(line) && names.test(line)),
    )
  )
}

function ruleOf({ tool, chain, rule, kind }: Stopping): FilterRule {
  return { tool, chain, text: rule, verdict: kind }
}
