import { describe, expect, test } from 'vitest'
import { redactText } from '../../src/redact/redact-text.ts'
import { nearMisses, plantedSecrets } from './planted-secrets.ts'

describe('a planted secret is gone and what stands around it is not', () => {
  test.each(plantedSecrets)('$what', ({ text, secret, stays }) => {
    const redacted = redactText(text)

    expect(redacted).not.toContain(secret)
    expect(redacted).toMatch(/<redacted:[a-z-]+>/)
    for (const part of stays) expect(redacted).toContain(part)
  })

  test('all of them in one text', () => {
    const redacted = redactText(plantedSecrets.map(({ text }) => text).join('\n'))

    expect(plantedSecrets.filter(({ secret }) => redacted.includes(secret)).map(({ what }) => what)).toEqual([])
  })
})

test.each(nearMisses)('stays as it is: %s', (text) => {
  expect(redactText(text)).toBe(text)
})

test('a second pass changes nothing', () => {
  const once = plantedSecrets.map(({ text }) => redactText(text))

  expect(once.map(redactText)).toEqual(once)
})

test('a second pass changes nothing in texts made of pieces that meet by chance', () => {
  const pieces = [...plantedSecrets.flatMap(({ text }) => text.split(/(?<=[ "=:&])/)), ...nearMisses]
  let seed = 7
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
  const texts = Array.from({ length: 3000 }, () =>
    Array.from({ length: 1 + random(6) }, () => pieces[random(pieces.length)] ?? '').join(''),
  )

  const once = texts.map(redactText)

  expect(once.filter((text) => redactText(text) !== text)).toEqual([])
})

test('lines keep their numbers', () => {
  const text = plantedSecrets.map((planted) => planted.text).join('\n')

  expect(redactText(text).split('\n')).toHaveLength(text.split('\n').length)
})

describe('one megabyte', () => {
  const million = 1_000_000
  const fill = (piece: string): string => piece.repeat(Math.ceil(million / piece.length))

  test('of log lines with a secret in each loses every one', () => {
    const redacted = redactText(
      fill('2026/11/21 03:08:01 [error] 41#41: *9 x, request: "GET /a?token=s3cr3t HTTP/1.1"\n'),
    )

    expect(redacted).not.toContain('s3cr3t')
  })

  // A pattern that goes back for every start would need minutes here and run into the test's time limit.
  test.each([
    'token',
    'a"',
    '"',
    '://',
    'eyJ',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\n',
    '\\',
    'password',
    'token="',
    'map $http_cookie $x {',
    '; token "',
    'curl -u ',
    'mysql',
    'a=',
    '%3D',
    '$',
    '?key=',
    'Cookie: ',
  ])('of %j comes to an end', (piece) => {
    expect(redactText(fill(piece)).length).toBeGreaterThan(0)
  })
})
