/** Draws that follow from a seed and a purpose alone, so that a new draw added in one place does not move all the others. */
export interface Draw {
  readonly from: <T>(choices: readonly T[]) => T
  /** A whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number
}

/** FNV-1a over the purpose, stirred by the finaliser of MurmurHash3: public-domain constants, enough for names and ports. */
export function draw(seed: number, purpose: string): Draw {
  let state = 0x811c9dc5 ^ seed
  for (const character of purpose) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  function next(): number {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
  }
  return {
    from: (choices) => {
      const chosen = choices[Math.floor(next() * choices.length)]
      if (chosen === undefined) throw new RangeError(`nothing to choose from for ${purpose}`)
      return chosen
    },
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
  }
}
