import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { schemaFitsType } from '../../docs-src/diagnosis-schema.ts'
import { replay } from '../../src/examine/replay.ts'

const schema: object = JSON.parse(readFileSync('docs/diagnosis.schema.json', 'utf8'))
const ajv = new Ajv2020({
  allErrors: true,
  formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/ },
})
const validate = ajv.compile(schema)

/** Every recorded host of the demo and of the tests. */
const snapshots = ['demo/recordings', 'test'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('/snapshot.json'))
    .map((file) => dirname(join(root, file))),
)

test.each(snapshots)('the diagnosis of %s fits the published schema', async (dir) => {
  const diagnosis: unknown = JSON.parse(JSON.stringify(await replay(dir)))

  const fits = validate(diagnosis)

  expect(validate.errors).toBeNull()
  expect(fits).toBe(true)
})

test('the schema refuses what is no diagnosis', async () => {
  const [first = ''] = snapshots
  const diagnosis = await replay(first)

  expect(schemaFitsType).toBe(true)
  expect(validate({ ...diagnosis, verdict: 'fine' })).toBe(false)
  expect(validate({ ...diagnosis, collectedAt: 'yesterday' })).toBe(false)
  expect(validate({ ...diagnosis, findings: [{ cause: 'backend-down' }] })).toBe(false)
})
