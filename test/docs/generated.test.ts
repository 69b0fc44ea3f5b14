import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pages } from '../../docs-src/pages.ts'

const written = await pages()

test.each([...written])('%s is what the code says today (npm run docs writes it)', (path, text) => {
  const standing = existsSync(path) ? readFileSync(path, 'utf8') : null

  expect(standing).toBe(text)
})

test('every key of the configuration has its sentence', () => {
  const rows = (written.get('docs/configuration.md') ?? '').split('\n').filter((line) => line.startsWith('| `'))

  expect(rows.length).toBeGreaterThan(30)
  expect(rows.filter((row) => /\|\s*\|$/.test(row))).toEqual([])
})
