import type { Diagnosis, Finding } from '../../src/diagnosis/diagnosis.ts'
import type { FaultExpectation } from '../fault.ts'
import { withCommon } from '../fault.ts'
import type { LabHost } from '../host-handle.ts'
import { lookAs } from '../score.ts'
import { sickSites } from '../sick-sites.ts'
import { isSure } from './judge.ts'
import type { DiffTried } from './result.ts'

/** A broken host, and what the inventory knows. */
export interface DiffGround {
  readonly host: LabHost
  readonly listed: readonly LabHost[]
  readonly expect: FaultExpectation
}

/** Seconds that a cure may take to show: a local port that was used is free again after 60 (TIME-WAIT, tcp(7)). */
const SETTLED_AFTER = 75

/**
 * Does with the diff of the first finding what a person would do: patch, nginx -t, reload or restart as the finding's steps say, then the requests that
 * failed once more, and one more look. null when the first finding shows no diff. Whatever goes wrong is told, not thrown.
 */
export async function tryDiff(
  ground: DiffGround,
  shown: Diagnosis,
  settledAfter: number = SETTLED_AFTER,
): Promise<DiffTried | null> {
  const [first] = shown.findings
  if (!first || first.fix.diff === null) return null
  const named = /^# on (\S+), where nginx runs$/m.exec(first.fix.diff)?.[1] ?? first.subject.host
  const at = ground.listed.find(({ name }) => name === named) ?? ground.host
  let reached = { cause: first.cause, applied: false, valid: false, cured: false }
  try {
    const patched = await at.exec(patchScript(first.fix.diff))
    if (patched.exitCode !== 0) return { ...reached, why: `patch: ${said(patched)}` }
    reached = { ...reached, applied: true }
    const tested = await at.exec('nginx -t')
    if (tested.exitCode !== 0) return { ...reached, why: `nginx -t: ${said(tested)}` }
    reached = { ...reached, valid: true }
    const loaded = await at.exec(loadScript(first))
    if (loaded.exitCode !== 0) return { ...reached, why: `${commandOf(first)}: ${said(loaded)}` }
    const left = await stillWrong(ground, shown, first, settledAfter)
    return { ...reached, cured: left.length === 0, why: left.join('; ') }
  } catch (error) {
    return { ...reached, why: `not tried to the end: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** Without .orig and .rej: below sites-enabled/* nginx would take them for configuration. */
function patchScript(diff: string): string {
  const encoded = Buffer.from(`${diff}\n`).toString('base64')
  return `printf %s ${encoded} | base64 -d | patch -p1 -d / --no-backup-if-mismatch --reject-file=-`
}

/** As the steps tell; a finding without a word about it means a reload. */
function commandOf({ fix }: Finding): string {
  const told = fix.steps.map((step) => /nginx -t && (systemctl (?:reload|restart) [\w.@-]+)/.exec(step)?.[1])
  return told.find((command) => command !== undefined) ?? 'systemctl reload nginx'
}

/** A reload ends when no worker of before takes new connections. */
function loadScript(finding: Finding): string {
  const command = commandOf(finding)
  return withCommon(/^systemctl reload nginx(?:\.service)?$/.test(command) ? 'reload_nginx' : command)
}

async function stillWrong(
  { host, listed, expect }: DiffGround,
  before: Diagnosis,
  cured: Finding,
  settledAfter: number,
): Promise<string[]> {
  const sick = await sickSites(host, 'no failure', settledAfter)
  const bad = expect.statuses.filter((status) => !/^[23]/.test(status))
  const answers = await host.exec(withCommon('ask_again'), AbortSignal.timeout(180_000))
  const again = answers.stdout.split('\n').filter((status) => bad.includes(status))
  const { diagnosis } = await lookAs(host, 'root', listed)
  return [
    ...sick.map((site) => `does not answer: ${site}`),
    ...(again.length > 0
      ? [`${again.length} of the requests that failed still get ${[...new Set(again)].join(', ')}`]
      : []),
    ...stillNamed(before, diagnosis, cured, expect),
  ]
}

/** The cause itself as it was named, and failing causes that were not there before. */
function stillNamed(before: Diagnosis, after: Diagnosis, cured: Finding, expect: FaultExpectation): readonly string[] {
  const known = [...before.findings.filter(isSure).map(({ cause }) => cause), ...expect.alsoTrue]
  return after.findings
    .filter((finding) => finding.cause === cured.cause || !known.includes(finding.cause))
    .filter((finding) => isSure(finding) || (!cured.failingNow && finding.cause === cured.cause))
    .map(({ cause, confidence, summary }) => `then named: ${cause} ${confidence}, "${summary}"`)
}

function said({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  return `${stdout.trim()} ${stderr.trim()}`.trim().replaceAll(/\s+/g, ' ').slice(-300)
}
