import { performance } from 'node:perf_hooks'

/** One way to do it, with the milliseconds that its runs took. */
export interface Timed {
  readonly name: string
  readonly ms: readonly number[]
}

export interface Contender {
  readonly name: string
  readonly run: () => Promise<void>
}

/**
 * Runs every contender in turn, `rounds` times over, so that a load of the machine meets all of them alike; one round before
 * that is not counted. Stops with what it has when the signal fires, with at least one counted round.
 */
export async function takeTurns(
  contenders: readonly Contender[],
  rounds: number,
  signal: AbortSignal,
): Promise<readonly Timed[]> {
  const taken = contenders.map(({ name }) => ({ name, ms: [] as number[] }))
  for (let round = 0; round <= rounds; round += 1) {
    if (signal.aborted && round > 1) break
    for (const [index, contender] of contenders.entries()) {
      const started = performance.now()
      await contender.run()
      if (round > 0) taken[index]?.ms.push(performance.now() - started)
    }
  }
  return taken
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1)
  return (low + high) / 2
}

/** A text table: median, least and most milliseconds, and the ratio to the first of the named yardsticks. */
export function timesTable(timed: readonly Timed[], yardsticks: readonly string[]): string {
  const medians = new Map(timed.map(({ name, ms }) => [name, median(ms)]))
  const width = Math.max(...timed.map(({ name }) => name.length))
  const head = ['ms (median)', 'least', 'most', ...yardsticks.map((name) => `/ ${name}`)]
  const line = (name: string, cells: readonly string[]): string =>
    [name.padEnd(width), ...cells.map((cell, index) => cell.padStart(head[index]?.length ?? 0))].join('  ')
  return [
    line('', head),
    ...timed.map(({ name, ms }) => {
      const own = medians.get(name) ?? Number.NaN
      const ratios = yardsticks.map((other) => `${(own / (medians.get(other) ?? Number.NaN)).toFixed(2)}x`)
      return line(name, [...[own, Math.min(...ms), Math.max(...ms)].map((each) => each.toFixed(0)), ...ratios])
    }),
  ].join('\n')
}
