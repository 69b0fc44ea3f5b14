import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { quote, quoteAll } from '../../src/host/quote.ts'

const hostile = [
  '',
  "'",
  "''; id; ''",
  '$(id)',
  '`id`',
  '$HOME',
  '"quoted"',
  'a b\tc\nd',
  String.raw`back\slash\\`,
  '*',
  '~root',
  '#comment',
  '!!',
  '-n',
  '; rm -rf /',
  'ü€😀',
  '\u001b[31m',
]

describe('quoting', () => {
  it.each(['/bin/sh', '/bin/bash'])('gives every hostile value back unchanged under %s', (shell) => {
    const printed = execFileSync(shell, ['-c', String.raw`printf '%s\0' ${quoteAll(hostile)}`], { encoding: 'utf8' })

    expect(printed.split('\0').slice(0, -1)).toEqual(hostile)
  })

  it('refuses a NUL byte, which no shell can carry', () => {
    expect(() => quote('a\0b')).toThrow(RangeError)
  })
})
