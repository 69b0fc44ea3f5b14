import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { labUsers } from '../keys.ts'

export const hostClasses = ['fault', 'intermittent', 'hostile', 'unlisted', 'healthy', 'pair'] as const

/** The diff of root's first finding, tried on its host as a person would. */
const diffTried = z.object({
  cause: z.string(),
  applied: z.boolean(),
  /** By `nginx -t`. */
  valid: z.boolean(),
  /** Requests that failed are answered, and the cause is not named any more. */
  cured: z.boolean(),
  /** What was in the way, empty when it cured. */
  why: z.string(),
})

const scored = z.object({
  /** `backend-down` with the host's number among those of this fault. */
  id: z.string(),
  fault: z.string(),
  shape: z.number(),
  kind: z.string(),
  seed: z.number().nullable(),
  class: z.enum(hostClasses),
  /** The fault was written after the rules were frozen. */
  late: z.boolean(),
  user: z.enum(labUsers),
  /** The catalogue's id of what is true; null where nothing of it is. */
  truth: z.string().nullable(),
  verdict: z.string(),
  /** What the product named at likely or confirmed as failing now; null when it named nothing. */
  named: z.string().nullable(),
  outcome: z.enum(['right', 'undetermined', 'wrong']),
  wrongConfident: z.array(z.string()),
  alarm: z.boolean(),
  saysHealthy: z.boolean(),
  headline: z.string(),
  /** Where it differs from expect.yml, including confidence and action. */
  differences: z.array(z.string()),
  ms: z.number(),
  /** With each probe taken away in turn: how many diagnoses, and those that were confidently wrong or called a failing host healthy. */
  weakened: z
    .object({ count: z.number(), wrongConfident: z.array(z.string()), saysHealthy: z.array(z.string()) })
    .nullable(),
  /** null where root's first finding showed none; results of before this was tried have no such field. */
  diff: diffTried.nullable().default(null),
})

const failed = z.object({ id: z.string(), fault: z.string(), shape: z.number(), error: z.string() })

/** The first line of a file: a run is resumed only with the same options. */
const header = z.object({
  seed: z.number().nullable(),
  shapes: z.number(),
  users: z.array(z.enum(labUsers)),
  /** The commit that faults are late after; null when nobody asked. */
  since: z.string().nullable(),
  commit: z.string(),
  versions: z.string(),
  startedAt: z.string(),
})

export type DiffTried = Readonly<z.infer<typeof diffTried>>
export type Scored = Readonly<z.infer<typeof scored>>
export type Failed = Readonly<z.infer<typeof failed>>
export type RunHeader = Readonly<z.infer<typeof header>>

export interface RunSoFar {
  readonly header: RunHeader | null
  readonly scored: readonly Scored[]
  /** Hosts that could not be made or broken; tried again when the run is resumed. */
  readonly failed: readonly Failed[]
}

/** Reads a result file of JSON lines; a last line that was cut off is passed over. */
export function readRun(path: string): RunSoFar {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
  const values = lines.flatMap((line) => parsed(line))
  return {
    header: values.map((value) => header.safeParse(value).data).find((value) => value !== undefined) ?? null,
    scored: values.flatMap((value) => scored.safeParse(value).data ?? []),
    failed: values.flatMap((value) => failed.safeParse(value).data ?? []),
  }
}

export function addResult(path: string, value: Scored | Failed | RunHeader): void {
  appendFileSync(path, `${JSON.stringify(value)}\n`)
}

function parsed(line: string): readonly unknown[] {
  try {
    return line === '' ? [] : [JSON.parse(line)]
  } catch {
    return [] // Cut off in the middle by whatever ended the run.
  }
}
