import { describe, expect, it } from 'vitest'
import { inert, inertLine, mrkdwn } from '../../src/slack/escape.ts'

describe('text of a host', () => {
  it.each([
    ['\u001B[31mred\u001B[0m', 'red'],
    ['\u001B]8;;http://evil.example\u0007click\u001B]8;;\u001B\\', 'click'],
    ['\u001B]0;title without an end', ''],
    ['a\u202Eb\u2066c\u200Bd\uFEFFe\u00ADf', 'abcdef'],
    ['a\u0000b\u0007c\u0085d', 'abcd'],
    ['one\r\ntwo\rthree\u2028four', 'one\ntwo\nthree\nfour'],
    ['tab\tstays', 'tab\tstays'],
    ['lone \uD800 surrogate', 'lone  surrogate'],
    ['<!channel> & "quotes" stay', '<!channel> & "quotes" stay'],
  ])('%j is shown literally as %j', (text, shown) => {
    expect(inert(text, 100)).toBe(shown)
  })

  it('is cut at its cap without splitting a character', () => {
    expect(inert('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`)
    expect(inert('12345678😀tail', 10)).toBe('12345678…')
    expect(inertLine('  a \n b  ', 10)).toBe('a b')
  })

  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<http://evil|Approve>', '&lt;http://evil|Approve&gt;'],
    ['&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['`code` ```', 'ˋcodeˋ ˋˋˋ'],
  ])('%j is inert where Slack parses: %j', (text, shown) => {
    expect(mrkdwn(text, 100)).toBe(shown)
  })

  it('is read in time in proportion to its length', () => {
    expect(inert('\u001B['.repeat(500_000), 3000)).toBe('')
    expect(inert('\u001B]'.repeat(500_000), 3000)).toBe('')
  })
})
