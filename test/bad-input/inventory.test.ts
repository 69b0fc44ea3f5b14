import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { expectPlainWords, npmCli } from './npm-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatemedic-bad-'))
afterAll(() => rmSync(folder, { recursive: true }))

const host = 'hosts:\n  web-1:\n    address: 127.0.0.1\n    user: medic\n'

test.each([
  ['a key with a wrong value', `${host}    port: many\n`, /:5: hosts\.web-1\.port must be a number/],
  ['a misspelt key', `${host}    identityfile: /x\n`, /:5: hosts\.web-1\.identityfile .*identityFile/],
  ['a key that is missing', 'hosts:\n  web-1:\n    address: 127.0.0.1\n', /:2: hosts\.web-1\.user/],
  ['a jump host that is not there', `${host}    via: bastion\n`, /:5: hosts\.web-1\.via .*bastion/],
  ['a host key that is none', `${host}    hostKey: ssh-ed25519\n`, /:5: hosts\.web-1\.hostKey .*ssh-ed25519 AAAA/],
  ['the same host twice', `${host}  web-1: { address: 127.0.0.2, user: medic }\n`, /:5: /],
  ['broken YAML', 'hosts:\n  web-1: [\n', /: .*not valid YAML/],
  ['an empty file', '', /must have a map "hosts:"/],
  ['binary', '\u0000\u0001\u0002\uFFFD', /bad\.yml/],
])('an inventory with %s is one line with file, line and key', { timeout: 60_000 }, async (_what, text, message) => {
  const file = join(folder, 'bad.yml')
  writeFileSync(file, text)

  const said = await npmCli(['diagnose', 'web-1', '--inventory', file])

  expectPlainWords(said)
  expect(said).toMatchObject({ exitCode: 2, stdout: '' })
  expect(said.stderr).toMatch(/^gatemedic: inventory [^\n]*bad\.yml[^\n]*\n$/)
  expect(said.stderr).toMatch(message)
})
