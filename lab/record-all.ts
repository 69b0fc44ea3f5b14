import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Look } from '../src/examine/look.ts'
import { redactRecorded } from '../src/host/redact-recorded.ts'
import { writeSnapshot } from '../src/host/snapshot.ts'
import { layoutForFault } from './fault-layout.ts'
import type { BackendKind } from './layout/kinds.ts'
import { faultIds, readFault, type FaultExpectation } from './fault.ts'
import { pairIds } from './pair.ts'
import { lookAtPair } from './pair-record.ts'
import type { Progress } from './progress.ts'
import { scoreFault } from './score.ts'

interface RecordOptions {
  readonly seed?: number | null
  readonly kind?: BackendKind
}

/** One look that is to be kept: where, and what is true of it. */
interface Recording {
  readonly look: Look
  readonly wrong: readonly string[]
  readonly folder: string
  readonly recordedOn: string
  readonly expected: object
}

/**
 * Records every fault and every pair (or the ones named, pairs as `pair/ID`) as root and writes it where the tests look for it. A
 * recording that the product does not judge as expect.yml says is not written: the tests would only repeat the mistake.
 */
export async function recordAll(
  into: string,
  wanted: readonly string[],
  progress: Progress,
  options: RecordOptions = {},
): Promise<readonly string[]> {
  const failed: string[] = []
  const all = [...faultIds(), ...pairIds().map((id) => `pair/${id}`)]
  for (const id of wanted.length > 0 ? wanted : all) {
    const recording = id.startsWith('pair/') ? await ofPair(id.slice(5), options) : await ofFault(id, options)
    if (typeof recording === 'string' || recording.wrong.length > 0) {
      failed.push(`${id}: ${typeof recording === 'string' ? recording : recording.wrong.join('; ')}`)
      continue
    }
    const folder = join(into, recording.folder)
    await write(folder, recording)
    progress(`recorded ${folder}`)
  }
  return failed
}

async function ofFault(fault: string, { seed = null, kind }: RecordOptions): Promise<Recording | string> {
  const { expect } = readFault(fault)
  const [score] = await scoreFault(fault, 'web-1', ['root'], layoutForFault(fault, seed, kind))
  if (!score) return 'not looked at'
  return {
    look: score.look,
    wrong: score.wrong,
    folder: folderOf(fault, expect),
    recordedOn: `Debian 12 under systemd-nspawn, lab fault ${fault}`,
    expected: expectedOf(expect),
  }
}

/** Both hosts are in one snapshot; names and addresses are this pair's, and the judgement is held against them. */
async function ofPair(id: string, { seed = null, kind }: RecordOptions): Promise<Recording> {
  const { look, wrong, expect, notAsked } = await lookAtPair(id, { seed, ...(kind && { kind }) })
  return {
    look,
    wrong,
    folder: join('pairs', id),
    recordedOn: `two hosts with Debian 12 under systemd-nspawn, lab pair ${id}`,
    expected: { ...expectedOf(expect), subject: expect.subject, ...(notAsked !== null && { notAsked }) },
  }
}

async function write(folder: string, { look, recordedOn, expected }: Recording): Promise<void> {
  const { host, collectedAt, timezone } = look.diagnosis
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await writeSnapshot(folder, {
    host,
    collectedAt,
    timezone,
    recordedOn,
    captures: look.recorded.map(redactRecorded),
  })
  writeFileSync(join(folder, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`)
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
