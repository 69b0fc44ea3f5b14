import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sudoersFor } from '../../src/cli/sudoers-text.ts'
import { labHost } from '../../lab/host.ts'
import type { LabHost } from '../../lab/host-handle.ts'
import { labUsers } from '../../lab/keys.ts'
import { lookAs } from '../../lab/score.ts'
import { installSudoers } from '../../lab/sudoers.ts'
import { labHere } from './lab-here.ts'

/**
 * Every file with type, mode, owner, size and time of its last change; what the system itself writes all the time is left out: journal and login
 * records, the message of the day that every SSH login renews, and the access log, in which our own harmless live requests appear like anybody's.
 */
const listFiles = `
find / -xdev \\( -path /proc -o -path /run -o -path /sys -o -path /dev -o -path /run/log -o -path /var/log/journal -o -path /run/systemd -o -path /run/user -o -path /run/sudo -o -path /var/lib/sudo \\) -prune -o \
  \\( -type f -o -type d -o -type l -o -type s \\) ! -name '*access.log' ! -name wtmp ! -name lastlog ! -name btmp ! -name utmp ! -path '/var/lib/systemd/*' -printf '%y %m %u %g %s %T@ %p\\n' | sort -k7
find /run -mindepth 1 -xdev \\( -path /run/systemd -o -path /run/log -o -path /run/user -o -path /run/sudo \\) -prune -o -type f ! -name utmp ! -name motd.dynamic -printf '%y %m %u %g %s %T@ %p\\n' | sort -k7
find /tmp /var/tmp /etc/nginx /var/lib/nginx /var/log/nginx ! -name '*access.log' -printf '%y %m %u %g %s %T@ %p\\n' | sort -k7
cut -d' ' -f1 /proc/modules | sort`

describe.skipIf(!labHere())('a diagnosis', () => {
  let host: LabHost

  beforeAll(async () => {
    host = await labHost({ name: 'untouched', fault: 'healthy' })
    // Debian's phpsessionclean.timer (minutes 9 and 39) makes and removes directories in /tmp: the host's own work, not the diagnosis's.
    await host.exec("systemctl stop '*.timer'")
    await installSudoers(host, sudoersFor({ user: 'medic', hosts: [] }))
    // The first login of a user makes files of its own (lastlog, the user's manager); it is not the diagnosis that does.
    for (const user of labUsers) await lookAs(host, user)
  })
  afterAll(() => host?.down())

  it.each(labUsers)('as %s leaves every file of a host with a running nginx as it was', async (user) => {
    const before = await filesOf(host)

    const { diagnosis } = await lookAs(host, user)

    expect(diagnosis.collection.probes.length).toBeGreaterThan(12)
    expect(changes(before, await filesOf(host))).toEqual([])
  })

  it.each(labUsers)(
    'as %s leaves every file of a host with a stopped nginx as it was, but for the empty pid file of nginx -T',
    async (user) => {
      await host.exec('systemctl stop nginx; rm -f /run/nginx.pid')
      const before = await filesOf(host)

      await lookAs(host, user)

      const changed = changes(before, await filesOf(host)).filter((line) => !/ 0 \S+ \/run\/nginx\.pid$/.test(line))
      expect(changed).toEqual([])
    },
  )
})

async function filesOf(host: LabHost): Promise<ReadonlySet<string>> {
  const { stdout, exitCode, stderr } = await host.exec(listFiles)
  if (exitCode !== 0 && stdout === '') throw new Error(stderr)
  return new Set(stdout.split('\n').filter(Boolean))
}

function changes(before: ReadonlySet<string>, after: ReadonlySet<string>): readonly string[] {
  return [
    ...[...before].filter((line) => !after.has(line)).map((line) => `- ${line}`),
    ...[...after].filter((line) => !before.has(line)).map((line) => `+ ${line}`),
  ]
}
