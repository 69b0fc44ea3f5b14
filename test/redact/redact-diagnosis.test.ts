import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { redactCapture } from '../../src/redact/redact-capture.ts'
import { redactDiagnosis } from '../../src/redact/redact-diagnosis.ts'

const recordings = fileURLToPath(new URL('../../demo/recordings/', import.meta.url))
const names = readdirSync(recordings).filter((name) => !name.includes('.'))

/** Puts a token into every request that is logged, and a password into every configuration and unit file. */
function plant(text: string): string {
  return text
    .replaceAll(/(request: "(?:GET|POST|HEAD) [^\s"?]*)/g, '$1?token=s3cr3tvalue&page=2')
    .replaceAll(/^(\s*)(server_name )/gm, '$1proxy_set_header X-Api-Key "s3cr3tvalue"; $2')
    .replaceAll(/^(.*ExecStart=\S+)/gm, '$1 --password=s3cr3tvalue')
}

function withSecrets(snapshot: Snapshot): Snapshot {
  return {
    ...snapshot,
    captures: snapshot.captures.map((each) => ({
      ...each,
      capture: { ...each.capture, stdout: plant(each.capture.stdout) },
    })),
  }
}

function redacted(snapshot: Snapshot): Snapshot {
  return {
    ...snapshot,
    captures: snapshot.captures.map((each) => ({
      ...each,
      capture: { ...each.capture, stdout: redactCapture(each.capture.stdout, each.capture.probe) },
    })),
  }
}

describe.each(names)('the recording %s', (name) => {
  test('is diagnosed the same from redacted captures, secrets planted or not', async () => {
    const clean = await readSnapshot(`${recordings}${name}`)
    const planted = withSecrets(clean)

    const fromPlanted = redactDiagnosis(replaySnapshot(planted))
    const fromRedacted = redactDiagnosis(replaySnapshot(redacted(planted)))

    expect(JSON.stringify(planted)).toContain('s3cr3tvalue')
    expect(JSON.stringify([fromPlanted, fromRedacted])).not.toContain('s3cr3tvalue')
    expect(fromRedacted).toEqual(fromPlanted)
    expect(fromPlanted.findings.map(({ cause, confidence, subject }) => ({ cause, confidence, subject }))).toEqual(
      replaySnapshot(clean).findings.map(({ cause, confidence, subject }) => ({ cause, confidence, subject })),
    )
  })

  test('has nothing in it that a redaction would change', async () => {
    const clean = await readSnapshot(`${recordings}${name}`)

    const diagnosis = replaySnapshot(clean)

    expect(redacted(clean)).toEqual(clean)
    expect(redactDiagnosis(diagnosis)).toEqual(diagnosis)
  })
})
