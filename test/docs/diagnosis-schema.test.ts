import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { schemaFitsType } from '../../docs-src/diagnosis-schema.ts'
import { replay } from '../../src/examine/replay.ts'
import { schemaErrors } from '../support/diagnosis-schema.ts'

/** Every recorded host of the demo and of the tests. */
const snapshots = ['demo/recordings', 'test'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('/snapshot.json'))
    .map((file) => dirname(join(root, file))),
)

test.each(snapshots)('the diagnosis of %s fits the published schema', async (dir) => {
  const diagnosis: unknown = JSON.parse(JSON.stringify(await replay(dir)))

  expect(schemaErrors(diagnosis)).toEqual([])
})

test('the schema refuses what is no diagnosis', async () => {
  const [first = ''] = snapshots
  const diagnosis = await replay(first)

  expect(schemaFitsType).toBe(true)
  expect(schemaErrors({ ...diagnosis, verdict: 'fine' })).not.toEqual([])
  expect(schemaErrors({ ...diagnosis, collectedAt: 'yesterday' })).not.toEqual([])
  expect(schemaErrors({ ...diagnosis, findings: [{ cause: 'backend-down' }] })).not.toEqual([])
})
