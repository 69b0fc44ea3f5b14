import { recordAll } from './record-all.ts'
import { faultIds, readFault } from './fault.ts'
import type { LabUser } from './keys.ts'
import type { BackendKind } from './layout/kinds.ts'
import { record } from './record.ts'
import { print, progress, stop, table } from './terminal.ts'
import { verifyFault } from './verify.ts'

export function faults(): void {
  const rows = faultIds().map((id) => {
    const { expect } = readFault(id)
    return [id, expect.verdict, expect.cause ?? '-', expect.description]
  })
  print(table([['FAULT', 'VERDICT', 'CAUSE', 'WHAT IS TRUE'], ...rows]))
}

export interface LayoutOptions {
  readonly seed?: string
  readonly kind?: BackendKind
}

/** A whole number; null is the host of README.md. */
export function seedOf({ seed }: LayoutOptions): number | null {
  if (seed === undefined) return null
  if (/^\d{1,9}$/.test(seed)) return Number(seed)
  throw new Error(`--seed ${seed}: a whole number`)
}

export async function verify(ids: readonly string[], options: LayoutOptions): Promise<void> {
  for (const id of ids.length === 0 ? faultIds() : ids) {
    const seen = await verifyFault(id, {
      seed: seedOf(options),
      ...(options.kind && { kind: options.kind }),
      signal: stop.signal,
    })
    print(
      `${seen.mismatches.length === 0 ? 'ok  ' : 'FAIL'} ${id}  boot ${seen.bootMs} ms, break ${seen.breakMs} ms, HTTP ${seen.statuses}`,
    )
    print(`       ${seen.logLine ?? '(nothing in the error log)'}`)
    for (const mismatch of seen.mismatches) print(`     - ${mismatch}`)
    if (seen.mismatches.length > 0) process.exitCode = 1
  }
}

interface RecordOptions {
  readonly out: string
  readonly after: boolean
  readonly user: LabUser
}

export async function recordFault(fault: string, { out, after, user }: RecordOptions): Promise<void> {
  await record({ fault, into: out, user, after, progress, signal: stop.signal })
}

/** Records faults into the folders of the rule tests. */
export async function recordFaults(
  ids: readonly string[],
  { out, ...options }: LayoutOptions & { readonly out: string },
): Promise<void> {
  const layout = { seed: seedOf(options), ...(options.kind && { kind: options.kind }) }
  const failed = await recordAll(out, ids, progress, layout)
  for (const line of failed) process.stderr.write(`not recorded: ${line}\n`)
  if (failed.length > 0) process.exitCode = 1
}
