import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, runOrThrow } from './command.ts'
import { seedOf, type LayoutOptions } from './fault-commands.ts'
import { imageRoot } from './image/build.ts'
import { labUsers, type LabUser } from './keys.ts'
import { addedSince, scoreCases } from './score/cases.ts'
import { diffFiguresOf, figuresOf } from './score/figures.ts'
import { accuracyReport } from './score/report.ts'
import { readRun, type RunHeader, type Scored } from './score/result.ts'
import { runScore } from './score/run.ts'
import { print, progress, stop } from './terminal.ts'

interface ScoreOptions extends LayoutOptions {
  readonly shapes: string
  readonly users: string
  readonly jobs: string
  readonly write?: string
  readonly since?: string
  readonly resume?: string
}

/** One line for each fault and user while it runs, the figures at the end, and the report where one is asked for. */
export async function score(ids: readonly string[], options: ScoreOptions): Promise<void> {
  const header = await headerOf(options)
  const file = options.resume ?? join(mkdtempSync(join(tmpdir(), 'gatemedic-score-')), 'results.jsonl')
  const late = header.since === null ? new Set<string>() : addedSince(header.since)
  const cases = scoreCases(ids, {
    seed: header.seed,
    shapes: header.shapes,
    late,
    ...(options.kind && { kind: options.kind }),
  })
  progress(`${cases.length} hosts; results in ${file} (go on with --resume ${file})`)
  const { signal } = stop
  await runScore({ cases, header, file, jobs: whole('--jobs', options.jobs), onScored: printScored, progress, signal })
  const { scored, failed } = latest(file)
  for (const user of header.users) printFigures(user, scored)
  const diffs = diffFiguresOf(scored)
  print(`diffs: ${diffs.shown} shown, ${diffs.applied} applied, ${diffs.valid} valid, ${diffs.cured} cured`)
  if (options.write !== undefined) writeFileSync(options.write, accuracyReport(header, scored, failed))
  if (failed.length > 0 || scored.some(({ outcome, differences }) => outcome === 'wrong' || differences.length > 0))
    process.exitCode = 1
}

function printScored({
  id,
  user,
  verdict,
  ms,
  outcome,
  wrongConfident,
  differences,
  headline,
  weakened,
  diff,
}: Scored): void {
  const words = [
    ...(wrongConfident.length > 0 ? [`WRONG-CONFIDENT ${wrongConfident.join('; ')}`] : []),
    ...(differences.length > 0 ? [`DIFFERS: ${differences.join('; ')}`] : []),
    ...(weakened && weakened.wrongConfident.length + weakened.saysHealthy.length > 0
      ? [
          `WITH A PROBE LESS: of ${weakened.count} ${weakened.wrongConfident.length} wrong-confident, ${weakened.saysHealthy.length} said healthy`,
        ]
      : []),
    ...(diff ? [diff.cured ? 'DIFF cures' : `DIFF DOES NOT CURE: ${diff.why}`] : []),
  ]
  print(
    `${id} ${user}: ${verdict}, ${outcome}, ${ms} ms${words.length > 0 ? `, ${words.join(', ')}` : ''} | ${headline}`,
  )
}

function printFigures(user: LabUser, scored: readonly Scored[]): void {
  const of = figuresOf(scored.filter((each) => each.user === user))
  print(
    `${user}: ${of.right} of ${of.hosts} right, ${of.undetermined} cannot tell, ${of.wrong} wrong, ${of.wrongConfident} wrong-confident, ${of.alarms} alarms, ${of.saysHealthy} said healthy`,
  )
}

/** A host that failed and was scored when the run went on has not failed. */
function latest(file: string): Pick<ReturnType<typeof readRun>, 'scored' | 'failed'> {
  const { scored, failed } = readRun(file)
  return { scored, failed: failed.filter(({ id }) => !scored.some((each) => each.id === id)) }
}

async function headerOf(options: ScoreOptions): Promise<RunHeader> {
  const users = options.users.split(',')
  const strange = users.filter((user) => !labUsers.some((known) => known === user))
  if (strange.length > 0) throw new Error(`--users ${strange.join(',')}: ${labUsers.join(', ')}`)
  const root = await imageRoot(progress, stop.signal)
  const nginx = (await run(['chroot', root, 'nginx', '-v'])).stderr.trim().split('/').at(-1) ?? ''
  const debian = readFileSync(join(root, 'etc/debian_version'), 'utf8').trim()
  return {
    seed: seedOf(options),
    shapes: whole('--shapes', options.shapes),
    users: labUsers.filter((user) => users.includes(user)),
    since: options.since ?? null,
    commit: (await runOrThrow(['git', 'rev-parse', '--short', 'HEAD'])).trim(),
    versions: `hosts: Debian ${debian}, nginx ${nginx}; Node.js ${process.versions.node}`,
    startedAt: new Date().toISOString(),
  }
}

function whole(name: string, text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text)
  throw new Error(`${name} ${text}: a whole number from 1`)
}
