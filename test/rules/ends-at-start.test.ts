import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Finding } from '../../src/diagnosis/diagnosis.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot } from '../../src/host/snapshot.ts'

const loop = fileURLToPath(new URL('backend-down/fires-backend-down-restart-loop', import.meta.url))

/** The first finding when systemd, and what it runs, had looked otherwise. */
async function firstWith(edit: (units: string) => string, log = (lines: string): string => lines): Promise<Finding | undefined> {
  const snapshot = await readSnapshot(loop)
  const captures = snapshot.captures.map((each) => {
    const { probe, stdout } = each.capture
    const said = probe === 'backend-units' ? edit(stdout) : probe === 'error-log' ? log(stdout) : stdout
    return { ...each, capture: { ...each.capture, stdout: said } }
  })
  return replaySnapshot({ ...snapshot, captures }).findings[0]
}

/** As systemd shows it in the moment after it was started once more. */
function startedOnceMore(units: string): string {
  return units.replace('ActiveState=activating', 'ActiveState=active').replace('SubState=auto-restart', 'SubState=running')
}

test('what ends at each start is told with its last words, and no start is offered', async () => {
  const finding = await firstWith((units) => units)

  expect(finding).toMatchObject({ cause: 'backend-down', confidence: 'confirmed', fix: { action: null } })
  expect(finding?.summary).toContain("ModuleNotFoundError: No module named 'orjson'")
})

test('it is down in the moment after systemd started it once more, too', async () => {
  const finding = await firstWith(startedOnceMore)

  expect(finding).toMatchObject({ cause: 'backend-down', confidence: 'confirmed' })
  expect(finding?.summary).toContain('ends after each start, before it serves anybody')
})

test('a program whose exit status tells nothing is likely down when it never listened', async () => {
  const finding = await firstWith(
    (units) =>
      startedOnceMore(units)
        .replaceAll('/usr/bin/gunicorn', '/usr/bin/java')
        .replaceAll('status=3/NOTIMPLEMENTED', 'status=1/FAILURE'),
    (lines) => lines.replaceAll(/^.*\(104: .*\n/gm, ''),
  )

  expect(finding).toMatchObject({ cause: 'backend-down', confidence: 'likely' })
})
