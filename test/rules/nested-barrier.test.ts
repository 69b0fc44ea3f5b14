import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { replay } from '../../src/examine/replay.ts'

test('of two closed folders, one in the other, the outer one is named', async () => {
  const capture = new URL('path-permission/fires-path-permission-no-x', import.meta.url)
  const { findings } = await replay(fileURLToPath(capture))

  expect(findings[0]?.subject).toEqual({ path: '/srv/www/assets' })
})
