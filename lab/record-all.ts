import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeSnapshot } from '../src/host/snapshot.ts'
import { redactCapture } from '../src/redact/redact-capture.ts'
import { redactText } from '../src/redact/redact-text.ts'
import { layoutForFault } from './fault-layout.ts'
import type { BackendKind } from './layout/kinds.ts'
import { faultIds, readFault, type FaultExpectation } from './fault.ts'
import type { Progress } from './progress.ts'
import { scoreFault } from './score.ts'

/**
 * Records every fault (or the ones named) as root and writes it where the rule tests look for it. A recording that the product
 * does not judge as expect.yml says is not written: the tests would only repeat the mistake.
 */
export async function recordAll(
  into: string,
  faults: readonly string[],
  progress: Progress,
  { seed = null, kind }: { readonly seed?: number | null; readonly kind?: BackendKind } = {},
): Promise<readonly string[]> {
  const failed: string[] = []
  for (const fault of faults.length > 0 ? faults : faultIds()) {
    const { expect } = readFault(fault)
    const [score] = await scoreFault(fault, 'web-1', ['root'], layoutForFault(fault, seed, kind))
    if (!score || score.wrong.length > 0) {
      failed.push(`${fault}: ${score?.wrong.join('; ') ?? 'not looked at'}`)
      continue
    }
    const { diagnosis, recorded } = score.look
    const folder = join(into, folderOf(fault, expect))
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    await writeSnapshot(folder, {
      host: diagnosis.host,
      collectedAt: diagnosis.collectedAt,
      timezone: diagnosis.timezone,
      recordedOn: `Debian 12 under systemd-nspawn, lab fault ${fault}`,
      captures: recorded.map(({ capture, args, round }) => ({
        capture: {
          ...capture,
          stdout: redactCapture(capture.stdout, capture.probe),
          stderr: redactText(capture.stderr),
        },
        args,
        round,
      })),
    })
    writeFileSync(join(folder, 'expected.json'), `${JSON.stringify(expectedOf(expect), null, 2)}\n`)
    progress(`recorded ${folder}`)
  }
  return failed
}

/** rules/<cause>/fires-<fault> for what a rule must find, rules/<cause>/quiet-<fault> for its near misses, hosts/<fault> for the rest. */
export function folderOf(fault: string, expect: FaultExpectation): string {
  const [near] = expect.nearMissOf
  if (expect.cause !== null && (expect.verdict === 'diagnosed' || expect.kind === 'latent'))
    return join('rules', expect.cause, `fires-${fault}`)
  return near === undefined ? join('hosts', fault) : join('rules', near, `quiet-${fault}`)
}

function expectedOf(
  expect: FaultExpectation,
): Pick<FaultExpectation, 'verdict' | 'cause' | 'trueCause' | 'kind' | 'confidence' | 'nearMissOf' | 'alsoTrue'> {
  const { verdict, cause, trueCause, kind, confidence, nearMissOf, alsoTrue } = expect
  return { verdict, cause, ...(trueCause !== undefined && { trueCause }), kind, confidence, nearMissOf, alsoTrue }
}
