import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const page = readFileSync('docs/security.md', 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| '))
const controls = rows.filter((row) => /^\| \d+ \|/.test(row)).map(cells)
const threats = rows.map(cells).filter((row) => row.length === 3 && row[0] !== 'threat' && row[0] !== '---')

function cells(row: string): readonly string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}

interface Named {
  readonly file: string
  readonly title: string
}

/** `test/x.test.ts` "title" */
function testsIn(text: string): readonly Named[] {
  const found = text.matchAll(/`(?<file>test\/[\w./-]+\.test\.ts)` "(?<title>(?:[^"\\]|\\.)+)"/g)
  return [...found].map(({ groups }) => ({
    file: groups?.['file'] ?? '',
    title: (groups?.['title'] ?? '').replaceAll('\\"', '"'),
  }))
}

/** Titles of tests, of tables of them and of groups, as they stand in the file: the first thing behind a bracket. */
function hasTitle(file: string, title: string): boolean {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const quoted = [`'${title.replaceAll("'", "\\'")}'`, `"${title}"`, `\`${title}\``]
  return quoted.some((one) =>
    text
      .split(one)
      .slice(0, -1)
      .some((before) => /[([]\s*$/.test(before)),
  )
}

describe('docs/security.md', () => {
  test('numbers its controls without a gap', () => {
    expect(controls.map(([number]) => Number(number))).toEqual(controls.map((_row, index) => index + 1))
    expect(controls.length).toBeGreaterThan(19)
  })

  test.each(testsIn(page))('$file has "$title"', ({ file, title }) => {
    expect(existsSync(file) ? '' : `${file} does not exist`).toBe('')
    expect(hasTitle(file, title)).toBe(true)
  })

  test.each(controls)('control %s has files that exist and a test', (_number, _control, where = '', shown = '') => {
    const files = [...where.matchAll(/`(?<file>[^`]+)`/g)].map(({ groups }) => groups?.['file'] ?? '')

    expect(files.length).toBeGreaterThan(0)
    expect(files.filter((file) => !existsSync(file))).toEqual([])
    expect(testsIn(shown).length).toBeGreaterThan(0)
    // Whatever looks like a test and is not read as one would be checked by nobody.
    expect(shown.match(/test\/[\w./-]+\.ts/g)).toHaveLength(testsIn(shown).length)
  })

  test.each(threats)(
    'against "%s" stand controls that are there, and what is left is said',
    (_threat, against, left) => {
      const numbers = (against ?? '').split(', ').map(Number)

      expect(numbers.filter((number) => !(number >= 1 && number <= controls.length))).toEqual([])
      expect(left).not.toBe('')
    },
  )

  test('names every threat that this program was built against', () => {
    const all = threats.map(([threat]) => threat ?? '').join('\n')

    for (const word of [
      'Log text',
      'alert',
      'Redis',
      'bot token',
      'stolen worker',
      'replayed',
      'Double click',
      'impostor host',
    ])
      expect(all).toContain(word)
  })

  test('is not fooled by a title that no test has', () => {
    expect(hasTitle('test/docs/security.test.ts', 'a title that was taken away')).toBe(false)
    expect(hasTitle('test/docs/security.test.ts', 'numbers its controls without a gap')).toBe(true)
  })
})
