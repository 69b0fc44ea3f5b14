import { expect, test } from 'vitest'
import { pathTest } from '../../src/nginx/path-test.ts'

test.each([
  ['($uri !~ ^/_work/)', '/', true],
  ['($uri !~ ^/_work/)', '/_work/index.html', false],
  ['($request_uri ~* "^/(?:api|APP)/")', '/app/cart', true],
  ['($uri = /health)', '/health', true],
  ['($uri != "/health")', '/health', false],
  ['($uri ~ \\.php$)', '/index_php', false],
])('%s for %s: %s', (text, path, holds) => {
  expect(pathTest(text, path)).toBe(holds)
})

test.each([
  '($uri ~ ^/(a+)+$)',
  '($host = shop.example.com)',
  '($uri ~ "^/(")',
  '(-f $request_filename)',
  '($uri = $x)',
])('%s is not judged', (text) => {
  expect(pathTest(text, '/')).toBeNull()
})
