import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labHost } from '../../lab/host.ts'
import type { LabHost } from '../../lab/host-handle.ts'
import { lookAs } from '../../lab/score.ts'
import { labHere } from './lab-here.ts'

// systemd-journald gives every user the lines of his own processes to read (SplitMode=uid of journald.conf(5)), from his first login on.
describe.skipIf(!labHere())('a user who may read no journal but his own', () => {
  let host: LabHost

  beforeAll(async () => {
    host = await labHost({ name: 'own-journal', fault: 'healthy' })
    await host.exec('journalctl --sync')
  })
  afterAll(() => host?.down())

  it('is not told that the journal of a backend says nothing', async () => {
    const own = await host.exec('runuser -u plain -- journalctl -q --no-pager -o cat')
    expect(own.stdout).toContain('listed by plain')

    const { facts } = await lookAs(host, 'plain')

    const seen = facts?.['backend-units']
    const logs = seen?.known ? seen.value.units.map(({ telling }) => telling.unknown) : []
    expect(logs).toContain('the journal may not be read (add the user to group systemd-journal)')
  })
})
