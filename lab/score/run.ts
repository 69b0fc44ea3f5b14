import type { LabUser } from '../keys.ts'
import type { Progress } from '../progress.ts'
import { addResult, readRun, type RunHeader, type Scored } from './result.ts'
import type { ScoreCase } from './cases.ts'
import { runCase } from './run-case.ts'

export interface RunRequest {
  readonly cases: readonly ScoreCase[]
  readonly header: RunHeader
  /** JSON lines: what is there is not run again. */
  readonly file: string
  readonly jobs: number
  readonly onScored: (scored: Scored) => void
  readonly progress: Progress
  readonly signal: AbortSignal
}

/** Scores the cases that the file does not hold yet, `jobs` hosts at a time; those that want the machine for themselves come last, one by one. */
export async function runScore(request: RunRequest): Promise<void> {
  const { cases, header, file, progress } = request
  const before = readRun(file)
  if (before.header === null) addResult(file, header)
  else if (!sameRun(before.header, header))
    throw new Error(`${file} is of another run: ${JSON.stringify(before.header)}`)
  const done = new Set(before.scored.map(({ id, user }) => `${id} ${user}`))
  const left = cases.filter(({ id }) => header.users.some((user) => !done.has(`${id} ${user}`)))
  if (left.length < cases.length)
    progress(`${cases.length - left.length} of ${cases.length} hosts are in ${file} already`)
  let finished = cases.length - left.length
  const one = async (each: ScoreCase, worker: number): Promise<void> => {
    const users: readonly LabUser[] = header.users
    try {
      // A number for each worker: hosts that run side by side must differ in name.
      const all = await runCase(each, users, `web-${worker + 1}`, request.signal, `${file}.recordings`)
      for (const scored of all) {
        addResult(file, scored)
        request.onScored(scored)
      }
    } catch (error) {
      request.signal.throwIfAborted()
      const message = error instanceof Error ? error.message : String(error)
      addResult(file, { id: each.id, fault: each.fault, shape: each.shape, error: message })
      progress(`${each.id}: ${message}`)
    }
    finished += 1
    progress(
      `${finished} of ${cases.length}: ${each.id} (${each.kind}${each.seed === null ? '' : `, seed ${each.seed}`})`,
    )
  }
  await pooled(
    left.filter(({ alone }) => !alone),
    request.jobs,
    one,
  )
  await pooled(
    left.filter(({ alone }) => alone),
    1,
    one,
  )
}

async function pooled<T>(
  items: readonly T[],
  jobs: number,
  one: (item: T, worker: number) => Promise<void>,
): Promise<void> {
  const queue = [...items]
  await Promise.all(
    Array.from({ length: jobs }, async (_, worker) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await one(next, worker)
    }),
  )
}

function sameRun(one: RunHeader, other: RunHeader): boolean {
  return essence(one) === essence(other)
}

function essence({ seed, shapes, users, since }: RunHeader): string {
  return JSON.stringify([seed, shapes, users, since])
}
