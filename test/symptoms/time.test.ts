import { expect, it } from 'vitest'
import type { Host } from '../../src/probes/host.ts'
import { isYounger } from '../../src/symptoms/time.ts'

/** A process that began at 1795230000.5. */
const began = 1000
const whole: Host = {
  epoch: 1795230010,
  timezone: '+00:00',
  uptime: 1009.5,
  os: 'Debian GNU/Linux 12 (bookworm)',
  user: 'root',
  groups: ['root'],
  systemd: true,
  cpus: 2,
  addresses: [],
  unusable: [],
}
const fine: Host = { ...whole, fraction: 0 }

it.each([
  ['after it', 1795230000.9, fine, true],
  ['before it', 1795230000.2, fine, false],
  ['at the same moment', 1795230000.51, fine, false],
  ['within a second of it, where the clock tells whole seconds', 1795230000.9, whole, false],
  ['two seconds after it', 1795230002.9, whole, true],
])('a file that changed %s', (_when, fineCtime, host, younger) => {
  expect(isYounger({ ctime: Math.floor(fineCtime), fineCtime }, began, host)).toBe(younger)
})
