import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSnapshot, writeSnapshot } from '../../src/host/snapshot.ts'
import { plantClients, plantedClients } from '../support/plant-clients.ts'
import { runCli } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatemedic-masked-'))
const configs = { masked: 'maskClients: true\n', broken: 'maskClients: perhaps\n' }

beforeAll(async () => {
  const snapshot = plantClients(await readSnapshot('test/rules/backend-down/fires-backend-down'))
  await writeSnapshot(join(folder, 'host'), snapshot)
  for (const [name, text] of Object.entries(configs)) writeFileSync(join(folder, `${name}.yml`), text)
})
afterAll(() => rmSync(folder, { recursive: true }))

async function shown(config: string): Promise<readonly string[]> {
  const env = { GATEMEDIC_CONFIG: join(folder, `${config}.yml`) }
  const { exitCode, stdout } = await runCli(['replay', join(folder, 'host')], { env })
  expect(exitCode).toBe(0)
  return plantedClients.filter((each) => stdout.includes(each))
}

test('the command line masks clients where gatemedic.yml says so or cannot be read, and not where there is none', async () => {
  const runs = await Promise.all([shown('masked'), shown('broken'), shown('none')])

  expect(runs.map((each) => each.length > 0)).toEqual([false, false, true])
})

test('two captured hosts side by side are masked as well', async () => {
  const env = { GATEMEDIC_CONFIG: join(folder, 'masked.yml') }
  const { stdout } = await runCli(['replay', join(folder, 'host'), join(folder, 'host'), '--json'], { env })

  expect(stdout).toContain('client-1')
  expect(plantedClients.filter((each) => stdout.includes(each))).toEqual([])
})
