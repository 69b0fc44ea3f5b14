import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveRecordedHosts, type ServedHosts } from '../../demo/hosts/serve.ts'
import { runCli } from './run-cli.ts'

let folder = ''
let inventory = ''
let served: ServedHosts | null = null
const silent = createServer()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatemedic-cli-'))
  served = await serveRecordedHosts([{ name: 'web-1' }, { name: 'web-2' }, { name: 'web-3', user: 'plain' }], {
    folder,
    pace: 0,
  })
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  const silentPort = typeof address === 'object' && address !== null ? address.port : 0
  const login = `address: 127.0.0.1, identityFile: ${served.identityFile}`
  const lines = served.hosts.map(
    ({ name, port, hostKey, user }) =>
      `  ${name}: { ${login}, user: ${user}, port: ${port}, hostKey: "${hostKey}", groups: [edge] }`,
  )
  const [first] = served.hosts
  const hung = `  web-hung: { ${login}, user: root, port: ${silentPort}, hostKey: "${first?.hostKey ?? ''}" }`
  inventory = join(folder, 'hosts.yml')
  writeFileSync(inventory, `hosts:\n${lines.join('\n')}\n${hung}\n`)
})

afterAll(async () => {
  silent.close()
  await served?.close()
  rmSync(folder, { recursive: true })
})

describe('a recorded host over SSH', () => {
  test('diagnose prints the answer first, the evidence, and what was checked', async () => {
    const run = await runCli(['diagnose', 'web-1', '-i', inventory])

    expect(run.exitCode).toBe(0)
    expect(run.stdout).toMatch(/^web-1: checkout-api\.service/)
    for (const part of [
      'diagnosed',
      'backend-down',
      'Evidence',
      'Ruled out',
      'Fix',
      '1. systemctl start checkout-api',
    ]) {
      expect(run.stdout).toContain(part)
    }
    expect(run.stderr).toMatch(/^web-1: connecting/)
  })

  test('several hosts give one JSON object a line, in the order asked, and stderr stays empty', async () => {
    const run = await runCli(['diagnose', 'web-2,web-1', '-i', inventory, '--json'])

    const said = run.stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(said).toMatchObject([
      { schema: 1, host: 'web-2' },
      { schema: 1, host: 'web-1', verdict: 'diagnosed', findings: [{ cause: 'backend-down' }] },
    ])
  })

  test('a group with an unreachable host still prints every object, and ends with code 3', async () => {
    const run = await runCli(['diagnose', 'web-1', 'web-hung', '-i', inventory, '--json', '--budget', '5'])

    expect(run.exitCode).toBe(3)
    expect(
      run.stdout
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toMatchObject([
      { host: 'web-1', verdict: 'diagnosed' },
      { host: 'web-hung', verdict: 'unreachable', reason: 'timeout' },
    ])
  })

  test('a snapshot replays to the same answer', async () => {
    const out = join(folder, 'snapshot')

    const taken = await runCli(['snapshot', 'web-1', '-i', inventory, '-o', out])
    const again = await runCli(['replay', out, '--json'])

    expect(taken).toMatchObject({ exitCode: 0, stdout: '' })
    expect(JSON.parse(again.stdout)).toMatchObject({
      host: 'web-1',
      verdict: 'diagnosed',
      findings: [{ cause: 'backend-down' }],
    })
    expect(readdirSync(out)).toContain('snapshot.json')
    expect(readFileSync(join(out, 'snapshot.json'), 'utf8')).toContain('"recordedOn": "Debian')
  })

  test('a snapshot of an unreachable host writes nothing and ends with code 3', async () => {
    const run = await runCli(['snapshot', 'web-hung', '-i', inventory, '-o', join(folder, 'none'), '--budget', '5'])

    expect(run.exitCode).toBe(3)
    expect(readdirSync(folder)).not.toContain('none')
  })

  test('doctor goes through every host', async () => {
    const run = await runCli(['doctor', '-i', inventory, '--budget', '5'])

    expect(run.exitCode).toBe(3)
    expect(run.stdout).toMatch(/^web-1: reached as root, /m)
    expect(run.stdout).toMatch(/^web-3: reached as plain, not everything can be read\n(?: +.*\n)+? +Mend: .*adm/m)
    expect(run.stdout).toMatch(/^web-hung: not reached\n(?: +.*\n)+ +Next: /m)
  })

  test('Ctrl-C ends a diagnosis that waits, with code 130 and nothing on stdout', async () => {
    const run = await runCli(['diagnose', 'web-hung', '-i', inventory, '--budget', '300'], {
      interruptAt: 'connecting to root@127.0.0.1',
    })

    expect(run).toMatchObject({ exitCode: 130, stdout: '' })
  })
})
