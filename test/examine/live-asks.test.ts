import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { liveRequests } from '../../src/probes/live-requests.ts'
import { captureFolders } from '../support/captures.ts'

/** What was asked live of every captured host: way, scheme, address, name and path of each request. */
const hosts = captureFolders().flatMap(({ name, folder }) => {
  const file = join(folder, '2-live-requests.txt')
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('@ask '))
  return [{ name, asks: lines.map((line) => line.replace(/^@ask \d+ /, '').split('|')) }]
})

test('no captured host was asked more than ten live requests, or more than four straight to its backends', () => {
  const requests = hosts.map(({ name, asks }) => ({
    name,
    ways: asks.map(([way]) => way).filter((way) => way !== 'watch'),
  }))
  const tooMany = requests.filter(({ ways }) => ways.length > 10 || ways.filter((way) => way === 'direct').length > 4)

  expect(hosts.length).toBeGreaterThan(100)
  expect(tooMany).toEqual([])
})

test('a live request is a GET without a body, a cookie or an account, marked as ours and cut off after some seconds', () => {
  const { script } = liveRequests

  // curl(1): methods, bodies, uploads, accounts, cookies, following to elsewhere.
  expect(script).not.toMatch(
    /(?:curl|set --)[^\n|]* (?:-X|--request|-d|--data\S*|-F|--form|-T|--upload-file|-u|--user|-n|--netrc|-b|--cookie|-L|--location)\b/,
  )
  expect(script).toMatch(/-A 'gatemedic \(diagnosis\)'.* --max-time \$longest --connect-timeout 2 --limit-rate/)
})
