import { type Test, testsOf } from './nft-conditions.ts'
import { allOf, hasState } from './packet.ts'
import type { FilterStep } from './walk.ts'

/** `ct status dnat` is a condition. */
const verdictWord =
  /(?:^|(?<!ct status)\s)(accept|drop|reject|return|queue|jump \S+|goto \S+|continue|redirect|dnat)(?=\s|$)/

/** A rule as `nft list ruleset` writes it, with the listed sets of its table; a map of states is a step for each of them. */
export function readSteps(text: string, sets: ReadonlyMap<string, string>): readonly FilterStep[] {
  const plain = text
    .replace(/ @(\S+)/g, (whole, name: string) => (sets.has(name) ? ` ${sets.get(name) ?? ''}` : whole))
    .replace(/\s+comment "(?:[^"\\]|\\.)*"/g, '')
    .replace(/\s+# handle \d+$/, '')
    .replace(/\blog(?: (?:prefix "[^"]*"|level \w+|flags [\w ,]+|group \d+))*/g, '')
    .replace(/\bcounter(?: packets \d+ bytes \d+)?/g, '')
  const vmap = /\bct state vmap \{([^}]*)\}/.exec(plain)
  if (vmap) {
    const tests = testsOf(plain.replace(vmap[0], ''))
    return (vmap[1] ?? '').split(',').map((entry) => {
      const [state = '', word] = entry.split(' : ')
      const isIn: Test = (packet) => hasState([state], packet)
      return { match: matchAll([...tests, isIn]), target: targetOf(word?.trim()), text }
    })
  }
  const found = verdictWord.exec(plain)
  return [{ match: matchAll(testsOf(plain.slice(0, found?.index))), target: targetOf(found?.[1]), text }]
}

function matchAll(tests: readonly Test[]): FilterStep['match'] {
  return (packet) => allOf(tests.map((test) => test(packet)))
}

function targetOf(word: string | undefined): FilterStep['target'] {
  if (word === undefined || word === 'continue') return { kind: 'none' }
  if (word === 'accept' || word === 'drop' || word === 'reject' || word === 'return') return { kind: word }
  if (word === 'redirect' || word === 'dnat') return { kind: 'nat' }
  const [verb, chain = ''] = word.split(' ')
  if (verb === 'queue') return { kind: 'unknown' }
  return { kind: verb === 'goto' ? 'go' : 'jump', chain }
}
