import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { loadConfig } from '../../src/config.ts'
import { loadConfigFile } from '../../src/config-file.ts'

const compose = z
  .object({ services: z.record(z.string(), z.object({ environment: z.record(z.string(), z.string()).default({}) })) })
  .parse(parse(readFileSync('docker-compose.yml', 'utf8')))

test('the configuration that the compose file mounts is valid and lets nobody act until somebody is named', async () => {
  const file = await loadConfigFile('deploy/gatemedic.yml')

  expect(file.approvers).toEqual([])
  expect(file.inventory).toBe('/inventory/hosts.yml')
})

test.each(['bot', 'worker'])('the environment that the compose file gives the %s is accepted', async (role) => {
  const given = compose.services[role]?.environment ?? {}
  const tokens = new Map([
    ['SLACK_BOT_TOKEN', 'xoxb-1'],
    ['SLACK_APP_TOKEN', 'xapp-1'],
    ['SLACK_SIGNING_SECRET', ''],
  ])
  const filled = Object.entries(given).map(([name, value]) => [name, tokens.get(name) ?? value])

  const config = await loadConfig({ ...Object.fromEntries(filled), GATEMEDIC_CONFIG: 'deploy/gatemedic.yml' })

  expect(config.role).toBe(role)
  expect(config.healthPort).toBe(8081)
  expect(config.slack === null).toBe(role === 'worker')
})
