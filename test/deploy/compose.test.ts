import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseConfigFile } from '../../src/config-file.ts'

const service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  privileged: z.boolean().default(false),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.unknown().optional(),
  network_mode: z.string().optional(),
})
const compose = z
  .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.unknown()) })
  .parse(parse(readFileSync('docker-compose.yml', 'utf8')))

function serviceNamed(name: string): z.infer<typeof service> {
  const found = compose.services[name]
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`)
  return found
}

/** Named volumes of a service: "worker-key" of "worker-key:/worker-key:ro". */
function volumesOf(name: string): readonly string[] {
  return serviceNamed(name)
    .volumes.map((volume) => volume.split(':')[0] ?? '')
    .filter((source) => !source.startsWith('.'))
}

describe('docker-compose.yml', () => {
  test('gives Slack tokens to the bot alone and the SSH key to the worker alone', () => {
    const withToken = Object.entries(compose.services).filter(([, { environment }]) =>
      Object.keys(environment).some((name) => name.startsWith('SLACK_')),
    )
    const withKey = Object.keys(compose.services).filter((name) => volumesOf(name).includes('worker-key'))

    expect(withToken.map(([name]) => name)).toEqual(['bot'])
    expect(withKey.toSorted()).toEqual(['keys', 'worker'])
  })

  test('gives each side its own signing keys and its own audit alone, and lets neither write its keys', () => {
    const config = parseConfigFile(readFileSync('deploy/gatemedic.yml', 'utf8'), 'deploy/gatemedic.yml')
    for (const [side, other] of [
      ['bot', 'worker'],
      ['worker', 'bot'],
    ] as const) {
      expect(serviceNamed(side).volumes).toContain(`${side}-signing:${config.keysDir}/${side}:ro`)
      expect(serviceNamed(side).volumes).toContain(`${side}-audit:${config.auditDir}`)
      expect(volumesOf(side).filter((name) => name.startsWith(`${other}-`) && name !== 'worker-key')).toEqual([])
    }
  })

  test('makes the signing keys once, with the image that reads them, out of reach of any network', () => {
    const made = serviceNamed('signing-keys')

    expect(made.build).toEqual(serviceNamed('bot').build)
    expect(made.command?.slice(1)).toEqual(['dist/src/cli/main.js', 'keys', 'init', '--dir', '/keys'])
    expect(existsSync('src/cli/main.ts')).toBe(true)
    expect(made.volumes).toEqual(['bot-signing:/keys/bot', 'worker-signing:/keys/worker'])
    expect(made.network_mode).toBe('none')
    expect(made.environment).toEqual({})
  })

  test('keeps Redis on disk and evicts nothing', () => {
    const { command, volumes } = serviceNamed('redis')

    expect(command).toEqual(expect.arrayContaining(['--appendonly', 'yes', 'noeviction']))
    expect(volumes).toContain('redis-data:/data')
  })

  test('lets bot and worker wait for a healthy Redis and for the keys', () => {
    for (const role of ['bot', 'worker']) {
      expect(serviceNamed(role).environment['ROLE']).toBe(role)
      expect(serviceNamed(role).depends_on).toEqual({
        redis: { condition: 'service_healthy' },
        keys: { condition: 'service_completed_successfully' },
        'signing-keys': { condition: 'service_completed_successfully' },
      })
    }
  })

  test('opens no port beyond this machine', () => {
    const ports = Object.values(compose.services).flatMap((one) => one.ports)

    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
  })

  test('runs nothing privileged but the host that is there to be broken', () => {
    const privileged = Object.entries(compose.services).filter(([, one]) => one.privileged)

    expect(privileged.map(([name]) => name)).toEqual(['web-1'])
  })

  test('names only files, services and volumes that exist', () => {
    const services = Object.values(compose.services)
    const files = services.flatMap((one) => [
      ...(one.build === undefined ? [] : [one.build.dockerfile]),
      ...one.volumes.map((volume) => volume.split(':')[0] ?? '').filter((source) => source.startsWith('.')),
    ])

    expect(files.filter((file) => !existsSync(file))).toEqual([])
    expect(
      services.flatMap((one) => Object.keys(one.depends_on)).filter((name) => !(name in compose.services)),
    ).toEqual([])
    expect(
      Object.keys(compose.services)
        .flatMap(volumesOf)
        .filter((name) => !(name in compose.volumes)),
    ).toEqual([])
  })
})
