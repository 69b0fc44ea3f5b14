import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Finding } from '../../src/diagnosis/diagnosis.ts'
import { replay } from '../../src/examine/replay.ts'

async function firstOf(name: string): Promise<Finding | undefined> {
  const { findings } = await replay(fileURLToPath(new URL(`socket-missing/${name}`, import.meta.url)))
  return findings[0]
}

test("a site whose pool is gone is not sent to another site's pool", async () => {
  const finding = await firstOf('fires-socket-missing-pool-disabled')

  expect(finding).toMatchObject({ cause: 'socket-missing', confidence: 'likely' })
  expect(finding?.fix.diff).toBeNull()
  expect(finding?.fix.steps[0]).toContain('find the file of the pool that listened on /run/php/weblog.sock')
})

test('a site whose pool listens elsewhere is sent there', async () => {
  const finding = await firstOf('fires-socket-missing-other-path')

  expect(finding?.fix.diff).toContain('+        fastcgi_pass unix:/run/php/fresh.sock;')
})
