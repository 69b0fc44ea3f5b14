import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LabHost } from '../../lab/host-handle.ts'
import { labHost } from '../../lab/host.ts'
import { inventoryText } from '../../lab/inventory-text.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { labHere } from '../lab/lab-here.ts'
import { expectPlainWords, npmCli } from './npm-cli.ts'

/** The image may have to be built first, from a mirror that may be slow. */
const buildTime = 600_000
const scratch = mkdtempSync(join(tmpdir(), 'gatemedic-bad-lab-'))
afterAll(() => rmSync(scratch, { recursive: true }))

async function diagnose(host: LabHost): Promise<Diagnosis> {
  const inventory = join(scratch, `${host.name}.yml`)
  writeFileSync(inventory, await inventoryText([host]))
  const said = await npmCli(['diagnose', host.name, '--inventory', inventory, '--json'])
  expectPlainWords(said)
  expect(said.stderr).toBe('')
  // What the program prints is a diagnosis; test/docs holds it against its schema.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const diagnosis = JSON.parse(said.stdout) as Diagnosis
  expect(said.exitCode).toBe(diagnosis.verdict === 'unreachable' ? 3 : 0)
  return diagnosis
}

async function succeed(host: LabHost, script: string): Promise<void> {
  expect(await host.exec(`set -e\n${script}`)).toMatchObject({ exitCode: 0 })
}

describe.skipIf(!labHere())('logs that are hard to read, while the backend is stopped', { timeout: 90_000 }, () => {
  let host: LabHost
  beforeAll(async () => {
    host = await labHost({ name: 'web-1' })
    await succeed(host, 'systemctl stop checkout-api.service')
  }, buildTime)
  afterAll(() => host.down())

  const failingRequests = `
for n in {1..20}; do curl -s -m 5 -o /dev/null -H 'Host: shop.example.com' http://127.0.0.1/; done`

  test.each([
    [
      '2 GB long, with its last lines real',
      'truncate -s 0 /var/log/nginx/error.log; truncate -s 2G /var/log/nginx/error.log; test $(stat -c %s /var/log/nginx/error.log) = 2147483648',
    ],
    ['binary but for its last lines', 'head -c 5000000 /dev/urandom >/var/log/nginx/error.log'],
    [
      'one endless line before its last ones',
      'head -c 5000000 /dev/zero | tr "\\\\0" x >/var/log/nginx/error.log; echo >>/var/log/nginx/error.log',
    ],
    ['beside a binary access log', 'head -c 5000000 /dev/urandom >/var/log/nginx/access.log'],
  ])('an error log that is %s still tells the cause', async (_what, spoil) => {
    await succeed(host, `${spoil}${failingRequests}`)

    const diagnosis = await diagnose(host)

    expect(diagnosis).toMatchObject({
      verdict: 'diagnosed',
      findings: [{ cause: 'backend-down', confidence: 'confirmed', subject: { unit: 'checkout-api.service' } }],
    })
  })

  test('an empty error log leaves it to the live request, and nothing is called healthy', async () => {
    await succeed(host, 'truncate -s 0 /var/log/nginx/error.log /var/log/nginx/access.log')

    const diagnosis = await diagnose(host)

    expect(diagnosis.verdict).not.toBe('healthy')
    expect(diagnosis.findings.filter(({ cause }) => cause !== 'backend-down')).toEqual([])
  })
})

describe.skipIf(!labHere())('hosts that are not what was expected', { timeout: 90_000 }, () => {
  let host: LabHost
  beforeAll(async () => {
    host = await labHost({ name: 'web-2' })
  }, buildTime)
  afterAll(() => host.down())

  test('empty logs on a host that works are no fault', async () => {
    await succeed(host, 'truncate -s 0 /var/log/nginx/*.log')

    const diagnosis = await diagnose(host)

    expect(diagnosis).toMatchObject({ verdict: 'healthy', findings: [] })
  })

  test('a shell that talks at every login disturbs nothing', async () => {
    await succeed(host, `printf 'echo hello; echo warning >&2\\n' | tee /root/.bashrc /root/.profile`)

    const diagnosis = await diagnose(host)
    await succeed(host, 'rm /root/.bashrc /root/.profile')

    expect(diagnosis).toMatchObject({ verdict: 'healthy', findings: [] })
  })

  test('an error log that is a pipe nobody writes to is not waited for, and nothing is called healthy', async () => {
    await succeed(host, 'cd /var/log/nginx; mv error.log kept; mkfifo error.log')

    const diagnosis = await diagnose(host)
    await succeed(host, 'cd /var/log/nginx; rm error.log; mv kept error.log')

    expect(diagnosis).toMatchObject({ verdict: 'undetermined', findings: [] })
    expect(diagnosis.headline).toContain('error log')
  })

  // What a round may take is judged by the clock, and other tests load the machine.
  test('a tool that hangs costs what it would have told, and is named', { retry: 1 }, async () => {
    await succeed(
      host,
      `umount /usr/bin/ss 2>/dev/null || true; printf '#!/bin/sh\\nexec sleep 300\\n' >/root/hangs; chmod 755 /root/hangs; mount --bind /root/hangs /usr/bin/ss`,
    )

    const diagnosis = await diagnose(host)
    await succeed(host, 'umount /usr/bin/ss')

    // Nothing of what makes a host healthy rests on ss: master, log and live requests were seen.
    expect(diagnosis).toMatchObject({ verdict: 'healthy', findings: [] })
    expect(JSON.stringify(diagnosis.unjudged)).toContain('ss -Htanp did not end')
  })

  test('an nginx that no systemd knows is looked at all the same', async () => {
    await succeed(
      host,
      `systemctl stop nginx; rm -f /run/nginx.pid; /usr/sbin/nginx
mount --bind /bin/false /usr/bin/systemctl; mount --bind /bin/false /usr/bin/journalctl`,
    )

    const diagnosis = await diagnose(host)
    await succeed(host, 'umount /usr/bin/systemctl /usr/bin/journalctl')

    expect(['healthy', 'undetermined']).toContain(diagnosis.verdict)
    expect(diagnosis.findings).toEqual([])
  })

  test('a host without nginx is told as just that', async () => {
    await succeed(
      host,
      'nginx -s quit; rm -rf /usr/sbin/nginx /etc/nginx /var/log/nginx /lib/systemd/system/nginx.service; systemctl daemon-reload',
    )

    const diagnosis = await diagnose(host)

    expect(diagnosis.verdict).toBe('undetermined')
    expect(diagnosis.findings).toEqual([])
    expect(diagnosis.headline).toMatch(/no nginx/i)
  })

  test('a host that drops every packet ends in a time-out', async () => {
    await succeed(
      host,
      'nft add table inet dead; nft add chain inet dead in "{ type filter hook input priority -5; policy drop; }"',
    )

    const diagnosis = await diagnose(host)

    expect(diagnosis).toMatchObject({ verdict: 'unreachable', reason: 'timeout', findings: [] })
  })
})
