/** One frame line: `begin 3` has word "begin" and index 3; index is -1 where the word has none. */
export interface Mark {
  readonly word: string
  readonly index: number
  readonly rest: readonly string[]
}

/** Longest frame line; a longer one is no frame of ours. */
const longestLine = 512

export interface Splitter {
  readonly push: (chunk: Buffer) => void
  /** Hands out what was held back as a possible beginning of a frame. */
  readonly flush: () => void
}

/**
 * Splits a byte stream at the frame lines that carry the nonce. The line feed in front of a frame belongs to the frame, so that
 * output without a final line feed comes through unchanged.
 */
export function splitFrames(nonce: string, onMark: (mark: Mark) => void, onBytes: (bytes: Buffer) => void): Splitter {
  const tag = Buffer.from(`\n@${nonce} `)
  let pending: Buffer = Buffer.alloc(0)

  function step(): boolean {
    const at = pending.indexOf(tag)
    if (at < 0) {
      give(Math.max(0, pending.length - tag.length + 1))
      return false
    }
    give(at)
    const end = pending.indexOf('\n', tag.length)
    if (end < 0 && pending.length <= longestLine) return false
    if (end < 0 || end > longestLine) {
      give(1)
      return true
    }
    onMark(readMark(pending.subarray(tag.length, end).toString('utf8')))
    pending = pending.subarray(end + 1)
    return true
  }

  function give(length: number): void {
    if (length > 0) onBytes(pending.subarray(0, length))
    pending = pending.subarray(length)
  }

  return {
    push(chunk) {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
      while (step());
    },
    flush() {
      give(pending.length)
    },
  }
}

function readMark(line: string): Mark {
  const [word = '', index, ...rest] = line.split(' ')
  return { word, index: index === undefined ? -1 : Number(index), rest }
}
