import { describe, expect, it } from 'vitest'
import type { Host } from '../../src/probes/host.ts'
import { idleServices } from '../../src/probes/idle-services.ts'
import type { TellingLine } from '../../src/probes/unit-telling.ts'
import { fallenService } from '../../src/rules/fallen-service.ts'
import { captureOf } from '../support/capture-of.ts'

const BOOT = 1_795_000_000
const host: Host = {
  epoch: BOOT + 2000,
  timezone: '+00:00',
  uptime: 2000,
  os: 'Debian GNU/Linux 12 (bookworm)',
  user: 'root',
  groups: [],
  systemd: true,
  cpus: 2,
  addresses: [],
  unusable: [],
}

/** Python's smtplib and sockets say this and no more. */
const words = 'gunicorn[332]: ConnectionRefusedError: [Errno 111] Connection refused'

describe('fallenService', () => {
  it('is the one known service that ended just before a backend was refused by nobody in particular', () => {
    expect(fallenService(said(words, 1805), host, idle(['rabbitmq-server.service', 1800]))).toMatchObject({
      service: 'RabbitMQ',
    })
  })

  it.each([
    ['it ended long before', said(words, 1805), idle(['rabbitmq-server.service', 1500])],
    ['it ended after the first of these words', said(words, 1700), idle(['rabbitmq-server.service', 1800])],
    ['two ended then', said(words, 1805), idle(['rabbitmq-server.service', 1800], ['redis-server.service', 1790])],
    ['what ended is no service of a known kind', said(words, 1805), idle(['report.service', 1800])],
    [
      'the words name who refused',
      said('Error: connect ECONNREFUSED 127.0.0.1:9400', 1805),
      idle(['rabbitmq-server.service', 1800]),
    ],
    ['the words are no refusal', said('TimeoutError: timed out', 1805), idle(['rabbitmq-server.service', 1800])],
    ['not all services were seen', said(words, 1805), idle(['rabbitmq-server.service', 1800], null)],
  ])('is none when %s', (_, line, services) => {
    expect(fallenService(line, host, services)).toBeNull()
  })
})

function said(newest: string, uptime: number): TellingLine {
  const at = BOOT + uptime
  return { kind: 'dependency', from: 'unit', count: 3, newest, at: at + 60, firstAt: at, log: 'journal' }
}

/** Services and when they ended, in seconds after boot; null: there are more than were looked at. */
function idle(...ended: readonly (readonly [string, number] | null)[]) {
  const units = ended.flatMap((each) =>
    each === null
      ? []
      : [
          `@unit ${each[0]}`,
          `Id=${each[0]}`,
          'LoadState=loaded',
          'ActiveState=failed',
          `StateChangeTimestampMonotonic=${each[1]}000000`,
          '@journal',
          `@listens ${each[0]}`,
        ],
  )
  const text = [`@more ${ended.includes(null) ? 99 : 3}`, ...units, '@opening', ''].join('\n')
  const result = idleServices.parse(captureOf('idle-services', text))
  const source = { host: 'web-1', probe: 'idle-services', command: '' }
  return result.ok
    ? { known: true as const, value: result.value, source }
    : { known: false as const, reason: 'not read', source }
}
