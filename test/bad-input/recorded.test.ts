import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { expectPlainWords, npmCli } from './npm-cli.ts'

async function replayed(snapshot: string): Promise<unknown> {
  const said = await npmCli(['replay', fileURLToPath(new URL(`snapshots/${snapshot}`, import.meta.url)), '--json'])
  expectPlainWords(said)
  expect(said).toMatchObject({ exitCode: 0, stderr: '' })
  return JSON.parse(said.stdout)
}

// The backend of the shop is stopped there; without systemd nobody can know which unit that was.
test('an nginx without systemd is never given a confident cause', { timeout: 60_000 }, async () => {
  const diagnosis = await replayed('no-systemd')

  expect(diagnosis).toMatchObject({
    verdict: 'undetermined',
    headline: expect.stringContaining('127.0.0.1:8080'),
    findings: [{ cause: 'backend-down', confidence: 'possible', fix: { action: null } }],
  })
})

test('a host without nginx is neither healthy nor diagnosed', { timeout: 60_000 }, async () => {
  const diagnosis = await replayed('no-nginx')

  expect(diagnosis).toMatchObject({
    verdict: 'undetermined',
    headline: expect.stringContaining('no nginx'),
    findings: [],
  })
})
