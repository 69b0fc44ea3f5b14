import type { Blocking, Match, Packet, Verdict } from './packet.ts'

/** A rule of either tool, read: when it matches and what it then does. */
export interface FilterStep {
  readonly match: (packet: Packet) => Match
  /** `go`: like jump, without coming back. `none`: it only counts or logs. */
  readonly target:
    | { readonly kind: 'accept' | 'drop' | 'reject' | 'nat' | 'return' | 'none' | 'unknown' }
    | { readonly kind: 'jump' | 'go'; readonly chain: string }
  readonly text: string
}

export interface FilterChain {
  readonly name: string
  /** Of a base chain; null for one that is only jumped to. */
  readonly policy: 'accept' | 'drop' | null
  readonly steps: readonly FilterStep[]
}

/** More steps than any walk through a rule set of people takes; a loop, or one made to be endless, ends here. */
const mostSteps = 20_000
const deepest = 64

/** Follows a packet through a base chain. A rule that may match leaves the verdict unsure, unless what follows comes to the same. */
export function walk(base: FilterChain, chains: ReadonlyMap<string, FilterChain>, packet: Packet): Verdict {
  const ends = endsOf(base, { chains, packet, left: mostSteps, depth: 0 })
  const [first] = ends
  if (first === undefined) return unsure
  if (first.kind !== 'unsure' && ends.every((each) => each.kind === first.kind)) return first
  return { kind: 'unsure', may: ends.filter(isBlocking) }
}

const unsure: Verdict = { kind: 'unsure', may: [] }

export function isBlocking(verdict: Verdict): verdict is Blocking {
  return verdict.kind !== 'accept' && verdict.kind !== 'unsure'
}

interface Way {
  readonly chains: ReadonlyMap<string, FilterChain>
  readonly packet: Packet
  left: number
  depth: number
}

type End = Verdict | { readonly kind: 'through' }

/** Every way in which the packet can leave the chain, without the ways that go on. */
function endsOf(chain: FilterChain, way: Way): readonly Verdict[] {
  return leave(chain, way).flatMap((end): readonly Verdict[] => {
    if (end.kind !== 'through') return [end]
    return [
      chain.policy === 'drop'
        ? { kind: 'drop', chain: chain.name, rule: `policy of ${chain.name}: drop` }
        : { kind: 'accept' },
    ]
  })
}

function leave(chain: FilterChain, way: Way): readonly End[] {
  const ends: End[] = []
  for (const step of chain.steps) {
    way.left -= 1
    if (way.left < 0) return [unsure]
    const match = step.match(way.packet)
    if (match === 'no' || step.target.kind === 'none') continue
    const taken = takeStep(step, chain, way)
    ends.push(...taken.filter((end) => end !== goesOn))
    if (match === 'yes' && !taken.includes(goesOn)) return ends
  }
  return [...ends, { kind: 'through' }]
}

/** Mark of a way that comes back to the next rule of the same chain. */
const goesOn: End = { kind: 'accept' }

function takeStep({ target, text }: FilterStep, chain: FilterChain, way: Way): readonly End[] {
  if (target.kind === 'jump' || target.kind === 'go') return follow(target.chain, target.kind === 'jump', way)
  if (target.kind === 'drop' || target.kind === 'reject' || target.kind === 'nat')
    return [{ kind: target.kind, chain: chain.name, rule: text }]
  if (target.kind === 'accept') return [{ kind: 'accept' }]
  return [target.kind === 'return' ? { kind: 'through' } : target.kind === 'none' ? goesOn : unsure]
}

function follow(name: string, comesBack: boolean, way: Way): readonly End[] {
  const chain = way.chains.get(name)
  if (!chain || way.depth >= deepest) return [unsure]
  way.depth += 1
  const ends = leave(chain, way)
  way.depth -= 1
  const back: End = comesBack ? goesOn : { kind: 'through' }
  return ends.map((end) => (end.kind === 'through' ? back : end))
}
