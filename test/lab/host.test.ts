import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../lab/command.ts'
import type { LabHost } from '../../lab/host-handle.ts'
import { labHost } from '../../lab/host.ts'
import { isAlive } from '../../lab/process-identity.ts'
import { installSudoers } from '../../lab/sudoers.ts'
import { labHere } from './lab-here.ts'

/** The image may have to be built first, from a mirror that may be slow. */
const buildTime = 600_000

describe.skipIf(!labHere())('a lab host', { timeout: 60_000 }, () => {
  let host: LabHost
  const scratch = mkdtempSync(join(tmpdir(), 'gatemedic-test-'))

  beforeAll(async () => {
    host = await labHost()
  }, buildTime)

  afterAll(async () => {
    await host.down()
    rmSync(scratch, { recursive: true })
  })

  test('answers 502 for the shop while backend-down is broken, and 200 again after its cure', async () => {
    const broken = await host.break('backend-down')
    const during = await siteStatus(host, 'shop.example.com')
    await host.cure('backend-down')
    await host.exec('for try in {1..50}; do ss -Htln "sport = :8080" | grep -q . && break; sleep 0.1; done')
    const after = await siteStatus(host, 'shop.example.com')

    expect([...new Set(broken)]).toEqual(['502'])
    expect([during, after]).toEqual(['502', '200'])
  })

  test.each(['root', 'medic', 'plain'] as const)('lets %s in by SSH under the pinned host key', async (user) => {
    const seen = await sshAs(user, host.hostKey, 'id -un')

    expect(seen).toEqual({ stdout: `${user}\n`, stderr: '', exitCode: 0 })
  })

  test('is refused by ssh under another host key', async () => {
    const other = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAII2qG8nr7fJoBiOoX02MHNUvfpnF8BMR6l0gGkeWLiN7'

    const seen = await sshAs('root', other, 'id -un')

    expect(seen).toMatchObject({ stdout: '', exitCode: 255 })
  })

  test('lets medic and not plain read the error log', async () => {
    const [medic, plain] = await Promise.all(
      (['medic', 'plain'] as const).map((user) =>
        sshAs(user, host.hostKey, 'head -c 1 /var/log/nginx/error.log >/dev/null'),
      ),
    )

    expect([medic?.exitCode, plain?.exitCode]).toEqual([0, 1])
  })

  test('runs under sudo what an installed sudoers file allows, and nothing else', async () => {
    await installSudoers(host, 'medic ALL=(root) NOPASSWD: /usr/sbin/nft list ruleset\n')

    const allowed = await sshAs('medic', host.hostKey, 'sudo -n nft list ruleset')
    const refused = await sshAs('medic', host.hostKey, 'sudo -n cat /etc/shadow')

    expect([allowed.exitCode, refused.exitCode]).toEqual([0, 1])
  })

  test('refuses a sudoers file that visudo refuses', async () => {
    await expect(installSudoers(host, 'medic ALL=(root NOPASSWD: ALL\n')).rejects.toThrow(/syntax error/)
  })

  test('does not share its services with a second host', async () => {
    const second = await labHost({ name: 'web-2' })
    try {
      await second.exec('systemctl stop nginx')

      expect([await siteStatus(host, 'www.example.com'), await siteStatus(second, 'www.example.com')]).toEqual([
        '200',
        '000',
      ])
    } finally {
      await second.down()
    }
  })

  test('leaves neither process nor interface nor control group nor folder behind', async () => {
    const gone = await labHost({ name: 'web-3' })
    const { container, subnetNumber } = gone.record

    await gone.down()

    expect([container.init, container.nspawn].filter(isAlive)).toEqual([])
    expect(Object.keys(networkInterfaces())).not.toContain(`gatemedic${subnetNumber}`)
    expect(
      (await run(['find', '/sys/fs/cgroup', '-maxdepth', '6', '-name', `*${gone.record.session}-web-3`])).stdout,
    ).toBe('')
  })

  async function sshAs(user: 'root' | 'medic' | 'plain', hostKey: string, command: string) {
    const knownHosts = join(scratch, `known-${user}-${hostKey.slice(-8).replaceAll('/', '_')}`)
    writeFileSync(knownHosts, `${host.address} ${hostKey}\n`)
    const { identityFile } = host.users[user]
    const options = [`UserKnownHostsFile=${knownHosts}`, 'StrictHostKeyChecking=yes', 'BatchMode=yes']
    return run([
      'ssh',
      '-F',
      'none',
      '-i',
      identityFile,
      ...options.flatMap((each) => ['-o', each]),
      `${user}@${host.address}`,
      command,
    ])
  }
})

/** The status that nginx on the host gives for a site, 000 when nothing listens; asked from this machine. */
async function siteStatus(host: LabHost, site: string): Promise<string> {
  const ran = await run([
    'curl',
    '-s',
    '-m',
    '10',
    '-o',
    '/dev/null',
    '-w',
    '%{http_code}',
    '-H',
    `Host: ${site}`,
    `http://${host.address}/`,
  ])
  return ran.stdout
}
