import { beforeAll, describe, expect, it } from 'vitest'
import { diagnosisText } from '../../src/cli/diagnosis-text.ts'
import { terminalOf } from '../../src/cli/paint.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { digestOfSnapshot } from '../../src/examine/digest.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { redactRecorded } from '../../src/host/redact-recorded.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { redactDiagnosis } from '../../src/redact/redact-diagnosis.ts'
import { evidenceMessage } from '../../src/slack/messages/evidence.ts'
import { limitsMessage } from '../../src/slack/messages/limits.ts'
import { rootSummary } from '../../src/slack/messages/root-summary.ts'
import { verdictMessage } from '../../src/slack/messages/verdict.ts'
import { captureFolders } from '../support/captures.ts'
import { plantSecrets, type Secret } from '../support/plant-secrets.ts'

interface Planted {
  readonly name: string
  readonly clean: Snapshot
  readonly planted: Snapshot
  readonly secrets: readonly Secret[]
}

const all: Planted[] = []
const folders = captureFolders()

beforeAll(async () => {
  for (const [index, { name, folder }] of folders.entries()) {
    const clean = await readSnapshot(folder)
    const { snapshot, secrets } = plantSecrets(clean, index + 1)
    all.push({ name, clean, planted: snapshot, secrets })
  }
})

function plantedIn(name: string): Planted {
  const found = all.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no capture ${name}`)
  return found
}

/** What a diagnosis says, without the evidence and the context lines of a diff: those quote the host. */
function said({ verdict, headline, findings, unjudged }: Diagnosis): unknown {
  const told = findings.map(({ evidence: _evidence, fix, ...finding }) => ({
    ...finding,
    fix: { ...fix, diff: fix.diff?.split('\n').filter((line) => /^[-+]/.test(line)) ?? null },
  }))
  return { verdict, headline, findings: told, unjudged }
}

function leaks(text: string, secrets: readonly Secret[]): readonly string[] {
  return secrets.filter((secret) => text.includes(secret.text)).map(({ kind }) => kind)
}

describe('secrets in a captured host', () => {
  it('are at least 200 of 15 kinds', () => {
    const secrets = all.flatMap((each) => each.secrets)

    expect(secrets.length).toBeGreaterThanOrEqual(200)
    expect(new Set(secrets.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(15)
    expect(new Set(secrets.map(({ text }) => text)).size).toBe(secrets.length)
  })

  it.each(folders)('change nothing of the diagnosis of $name', ({ name }) => {
    const { clean, planted } = plantedIn(name)

    expect(said(replaySnapshot(planted))).toEqual(said(replaySnapshot(clean)))
  })

  it.each(folders)('are taken out of $name without changing what is found in it', ({ name }) => {
    const { planted, secrets } = plantedIn(name)

    const written: Snapshot = { ...planted, captures: planted.captures.map(redactRecorded) }

    expect(leaks(JSON.stringify(written), secrets)).toEqual([])
    expect(redactDiagnosis(replaySnapshot(written))).toEqual(redactDiagnosis(replaySnapshot(planted)))
  })

  it.each(folders)('of $name reach neither Slack nor a terminal nor what is remembered of the host', ({ name }) => {
    const { planted, secrets } = plantedIn(name)
    const diagnosis = redactDiagnosis(replaySnapshot(planted))
    const messages = [
      rootSummary(diagnosis, null),
      verdictMessage(diagnosis, null, null),
      evidenceMessage(diagnosis),
      limitsMessage(diagnosis),
    ]
    const terminal = terminalOf({ isTTY: false, columns: 80 }, {})

    expect(leaks(JSON.stringify(messages), secrets)).toEqual([])
    expect(leaks(diagnosisText(diagnosis, terminal), secrets)).toEqual([])
    expect(leaks(JSON.stringify(diagnosis), secrets)).toEqual([])
    expect(leaks(JSON.stringify(digestOfSnapshot(planted)), secrets)).toEqual([])
  })
})

describe('a diff of a fix', () => {
  it('keeps the words of its directives and holds no placeholder', () => {
    const diffs = all.flatMap(({ planted }) =>
      redactDiagnosis(replaySnapshot(planted)).findings.flatMap(({ fix }) => fix.diff ?? []),
    )

    expect(diffs.length).toBeGreaterThan(0)
    for (const diff of diffs) {
      expect(diff).not.toContain('<redacted:')
      expect(diff).toMatch(/^[-+]\s*[a-z_]+[ ;{]/m)
    }
  })
})
