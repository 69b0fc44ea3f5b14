import { faultIds, readFault } from './fault.ts'
import type { LabUser } from './keys.ts'
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

export async function verify(ids: readonly string[]): Promise<void> {
  for (const id of ids.length === 0 ? faultIds() : ids) {
    const seen = await verifyFault(id, stop.signal)
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
