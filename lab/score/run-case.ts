import { join } from 'node:path'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { fitToLeave } from '../../src/examine/examine.ts'
import type { Look } from '../../src/examine/look.ts'
import { redactRecorded } from '../../src/host/redact-recorded.ts'
import { writeSnapshot } from '../../src/host/snapshot.ts'
import { sudoersFor } from '../../src/cli/sudoers-text.ts'
import { expectOn } from '../expect-on.ts'
import { readFault, type FaultExpectation } from '../fault.ts'
import { layoutForFault } from '../fault-layout.ts'
import { labHost } from '../host.ts'
import type { LabUser } from '../keys.ts'
import { brokenPair } from '../pair-run.ts'
import { differences, lookAs } from '../score.ts'
import { installSudoers } from '../sudoers.ts'
import type { ScoreCase } from './cases.ts'
import { judge, namedCause, trueCauses } from './judge.ts'
import type { Scored } from './result.ts'
import { type DiffGround, tryDiff } from './try-diff.ts'
import { weakened } from './weakened.ts'

/** What is true on it comes with the host. */
interface Ground extends DiffGround {
  readonly notAsked?: string
  readonly down: () => Promise<void>
}

/**
 * Makes the host of a case, breaks it, and diagnoses it once as each user, as the product does; then the diff that root was shown is tried on it.
 * The host is down again at the end. `keepIn`: where recordings go of what was not right, to be judged again by `replay`.
 */
export async function runCase(
  each: ScoreCase,
  users: readonly LabUser[],
  name: string,
  signal: AbortSignal,
  keepIn: string,
): Promise<readonly Scored[]> {
  const ground = each.class === 'pair' ? await pairGround(each, name, signal) : await hostGround(each, name, signal)
  try {
    for (const host of ground.listed) await installSudoers(host, sudoersFor({ user: 'medic', hosts: [] }))
    const all: Scored[] = []
    let shown: Diagnosis | null = null
    for (const user of users) {
      const seen = await lookAs(ground.host, user, ground.listed)
      if (user === 'root') shown = fitToLeave(seen).diagnosis
      const scored = scoredAs(each, user, seen, ground)
      all.push(scored)
      if (isTelling(scored)) await keep(seen, join(keepIn, `${each.id}-${user}`.replaceAll(/[^\w-]/g, '-')))
    }
    const diff = shown === null ? null : await tryDiff(ground, shown)
    return all.map((scored) => (scored.user === 'root' ? { ...scored, diff } : scored))
  } finally {
    await ground.down()
  }
}

function isTelling({ outcome, user, weakened: less }: Scored): boolean {
  return (
    outcome === 'wrong' ||
    (outcome === 'undetermined' && user !== 'plain') ||
    (less !== null && less.wrongConfident.length + less.saysHealthy.length > 0)
  )
}

async function keep({ diagnosis, recorded }: Look, folder: string): Promise<void> {
  const { host, collectedAt, timezone } = diagnosis
  await writeSnapshot(folder, {
    host,
    collectedAt,
    timezone,
    recordedOn: 'Debian 12 under systemd-nspawn',
    captures: recorded.map(redactRecorded),
  })
}

async function hostGround(each: ScoreCase, name: string, signal: AbortSignal): Promise<Ground> {
  const layout = layoutForFault(each.fault, each.seed, each.kind)
  const host = await labHost({ name, layout, signal })
  const expect = expectOn(readFault(each.fault).expect, layout, host.address)
  try {
    assertShown(await host.break(each.fault, signal), expect.statuses)
  } catch (cause) {
    await host.down()
    throw cause
  }
  return { host, listed: [host], expect, down: host.down }
}

/** A script that broke nothing on this layout makes no host of its fault: nothing said about it is right or wrong. */
function assertShown(seen: readonly string[], expected: readonly string[]): void {
  const fails = expected.length > 0 && !expected.includes('200')
  if (fails && seen.every((status) => status === '200'))
    throw new Error(
      `the fault did not show: ${seen.length} requests were answered 200 instead of ${expected.join(', ')}`,
    )
}

async function pairGround(each: ScoreCase, name: string, signal: AbortSignal): Promise<Ground> {
  const { pair, scenario, expect, statuses } = await brokenPair(each.fault.slice('pair/'.length), {
    seed: each.seed,
    kind: each.kind,
    names: { front: name, back: `${name}-app` },
    signal,
  })
  try {
    assertShown(statuses, expect.statuses)
  } catch (cause) {
    await pair.down()
    throw cause
  }
  const { backListed } = scenario.expect
  return {
    host: pair.front,
    listed: backListed ? [pair.front, pair.back] : [pair.front],
    expect,
    ...(!backListed && { notAsked: pair.front.layout.address }),
    down: pair.down,
  }
}

function scoredAs(each: ScoreCase, user: LabUser, look: Look, { expect, notAsked }: Ground): Scored {
  const { diagnosis } = fitToLeave(look)
  const { outcome, wrongConfident, alarm, saysHealthy } = judge(diagnosis, expect, user, notAsked)
  return {
    id: each.id,
    fault: each.fault,
    shape: each.shape,
    kind: each.kind,
    seed: each.seed,
    class: each.class,
    late: each.late,
    user,
    truth: trueCauses(expect)[0] ?? null,
    verdict: diagnosis.verdict,
    named: namedCause(diagnosis),
    outcome,
    wrongConfident: [...wrongConfident],
    alarm,
    saysHealthy,
    headline: diagnosis.headline,
    differences: [...differences(diagnosis, expect, user)],
    ms: diagnosis.collection.ms,
    weakened: user === 'root' ? weakenedOf(look, expect, notAsked) : null,
    diff: null,
  }
}

function weakenedOf(
  { diagnosis, recorded }: Look,
  expect: FaultExpectation,
  notAsked: string | undefined,
): Scored['weakened'] {
  const { host, collectedAt, timezone } = diagnosis
  const all = weakened({ host, collectedAt, timezone, recordedOn: 'lab', captures: recorded })
  const judged = all.map((each) => ({ ...each, judgement: judge(each.diagnosis, expect, 'root', notAsked) }))
  const told = ({ probe, how, judgement }: (typeof judged)[number]): string =>
    `${probe} ${how}: ${judgement.wrongConfident.join(', ') || 'healthy'}`
  return {
    count: all.length,
    wrongConfident: judged.filter(({ judgement }) => judgement.wrongConfident.length > 0).map(told),
    saysHealthy: judged.filter(({ judgement }) => judgement.saysHealthy).map(told),
  }
}
