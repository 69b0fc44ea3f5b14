import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pages } from '../../docs-src/pages.ts'

test.each([...pages()])('%s is what the code says today (npm run docs writes it)', (path, text) => {
  const written = existsSync(path) ? readFileSync(path, 'utf8') : null

  expect(written).toBe(text)
})

test('every key of the configuration has its sentence', () => {
  const rows = (pages().get('docs/configuration.md') ?? '').split('\n').filter((line) => line.startsWith('| `'))

  expect(rows.length).toBeGreaterThan(30)
  expect(rows.filter((row) => /\|\s*\|$/.test(row))).toEqual([])
})
