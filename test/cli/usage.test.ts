import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatemedic-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

function inventory(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const good = inventory(
  'hosts.yml',
  `hosts:
  web-1: { address: 127.0.0.1, port: 1, user: medic, identityFile: ${folder}/none, groups: [edge], sites: [shop.example.com] }
`,
)

describe('wrong use ends with code 2, one line on stderr and nothing on stdout', () => {
  test.each([
    ['a host that is not in the inventory', ['diagnose', 'wbe-1', '-i', good], /wbe-1.*Nearest: web-1/],
    ['a site that no host serves', ['diagnose', 'shpo.example.com', '-i', good], /Nearest: shop\.example\.com/],
    ['an unknown group', ['diagnose', 'group:egde', '-i', good], /no group egde.*Nearest: group:edge/],
    ['an address instead of a name', ['diagnose', '169.254.169.254', '-i', good], /by the names of the inventory/],
    ['an option where a host should be', ['diagnose', '-i', good, '--', '-oProxyCommand=x'], /looks like an option/],
    ['no inventory named', ['diagnose', 'web-1'], /no inventory: name the file, --inventory hosts\.yml/],
    ['an inventory that is not there', ['diagnose', 'web-1', '-i', join(folder, 'none.yml')], /none\.yml: there is no/],
    ['a bad budget', ['diagnose', 'web-1', '-i', good, '--budget', '1'], /Seconds, a whole number from 5 to 300/],
    ['a bad look back', ['diagnose', 'web-1', '-i', good, '--since', 'monday'], /How far back/],
    ['--raw with --json', ['diagnose', 'web-1', '-i', good, '--raw', '--json'], /cannot be used with/],
    ['a snapshot that is not there', ['replay', join(folder, 'no-snapshot')], /snapshot\.json: there is no such file/],
    ['a command that does not exist', ['diagnos', 'web-1'], /Did you mean diagnose/],
    ['sudoers for everybody', ['sudoers', '--user', 'ALL'], /"ALL" cannot be the name of a user/],
  ])('%s', async (_what, args, message) => {
    const run = await runCli(args)

    expect(run.stderr).toMatch(message)
    expect(run.stderr).not.toMatch(/^\s+at /m)
    expect({ exitCode: run.exitCode, stdout: run.stdout }).toEqual({ exitCode: 2, stdout: '' })
  })

  test('an inventory with a mistake is named with file, line and key', async () => {
    const bad = inventory('bad.yml', 'hosts:\n  web-1:\n    address: 127.0.0.1\n    user: medic\n    port: many\n')

    const run = await runCli(['diagnose', 'web-1', '--inventory', bad, '--json'])

    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain(`${bad}:5: hosts.web-1.port`)
  })
})

test('the inventory can come from the environment', async () => {
  const run = await runCli(['diagnose', 'web-9'], { env: { GATEMEDIC_INVENTORY: good } })

  expect(run.stderr).toContain('No host of the inventory is called web-9')
})

test.each(['diagnose', 'explain', 'replay', 'snapshot', 'sudoers', 'doctor'])(
  '%s --help describes every option and shows an example',
  async (command) => {
    const { exitCode, stdout } = await runCli([command, '--help'])

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(new RegExp(`Examples?:\\n.*gatemedic ${command}`))
    expect(stdout.match(/^ {2}(?:-\w, )?--[\w-]+(?: <\w+>)?$/gm)).toBeNull()
  },
)

test('--version prints the version of the package and nothing else', async () => {
  const version = /"version": "(.+)"/.exec(readFileSync('package.json', 'utf8'))?.[1]

  expect(await runCli(['--version'])).toMatchObject({ exitCode: 0, stdout: `${version ?? ''}\n`, stderr: '' })
})

describe('an unreachable host', () => {
  test('ends with code 3, with its JSON on stdout and nothing else anywhere', async () => {
    const run = await runCli(['diagnose', 'web-1', '-i', good, '--json'])

    expect(run).toMatchObject({ exitCode: 3, stderr: '' })
    expect(JSON.parse(run.stdout)).toMatchObject({ schema: 1, host: 'web-1', verdict: 'unreachable', reason: 'auth' })
  })

  test('says to a person what to do next', async () => {
    const run = await runCli(['diagnose', 'web-1', '-i', good])

    expect(run.exitCode).toBe(3)
    expect(run.stdout).toMatch(/^web-1.*\n(?:.*\n)*unreachable \(auth\)\nNext: /)
  })
})
