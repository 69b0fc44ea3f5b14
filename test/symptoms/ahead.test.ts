import { expect, it } from 'vitest'
import type { Host } from '../../src/probes/host.ts'
import { stampAgo, stampAhead } from '../../src/symptoms/time.ts'

const host: Host = {
  epoch: Date.UTC(2026, 10, 21, 12, 0, 0) / 1000,
  timezone: '+01:00',
  uptime: 1000,
  os: 'Debian GNU/Linux 12 (bookworm)',
  user: 'root',
  groups: ['root'],
  systemd: true,
  cpus: 2,
  addresses: [],
  unusable: [],
}

it.each([
  ['written just now', '2026/11/21 13:00:00', 0, 0, 0],
  ['written while the host was asked', '2026/11/21 13:01:00', 0, 0, 0],
  ['of an hour ago', '2026/11/21 12:00:00', 0, 3600, 0],
  ['of two hours ahead', '2026/11/21 15:00:00', 0, 0, 7200],
  ['in UTC, by a log that is known to be', '2026/11/21 12:00:00', 3600, 0, 0],
  ['as far ahead as the guessed zone may be off', '2026/11/21 12:14:00', 3600, 0, 0],
  ['further ahead than that', '2026/11/21 12:40:00', 3600, 0, 2400],
])('a line %s', (_what, stamp, shift, ago, ahead) => {
  expect({ ago: stampAgo(stamp, shift, host), ahead: stampAhead(stamp, shift, host) }).toEqual({ ago, ahead })
})
