import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { labHost } from '../../lab/host.ts'
import type { LabHost } from '../../lab/host-handle.ts'
import { installSudoers } from '../../lab/sudoers.ts'
import type { Action } from '../../src/actions/action.ts'
import { type ActAnswer, readActAnswer } from '../../src/actions/act-answer.ts'
import { compareAndActScript } from '../../src/actions/compare-and-act.ts'
import { explainRefusedReload } from '../../src/actions/explain.ts'
import { reloadNginx } from '../../src/actions/reload-nginx.ts'
import { reloadUnit } from '../../src/actions/reload-unit.ts'
import { restartNginx } from '../../src/actions/restart-nginx.ts'
import { startUnit } from '../../src/actions/start-unit.ts'
import { askRights } from '../../src/cli/ask-rights.ts'
import { sudoersFor } from '../../src/cli/sudoers-text.ts'
import { parseInventory } from '../../src/host/inventory.ts'
import { labHere } from './lab-here.ts'

const units = ['checkout-api.service', 'php8.2-fpm.service']
const nginx = 'nginx.service'
const more = '/etc/nginx/conf.d/zz-more.conf'

describe.skipIf(!labHere())('the one script that changes a host, on a real one', { timeout: 600_000 }, () => {
  let host: LabHost

  beforeAll(async () => {
    host = await labHost({ name: 'acting' })
    const acting = { user: 'medic', units, nginx: true }
    await installSudoers(host, sudoersFor({ user: 'plain', hosts: [{ name: 'web-1', act: acting }] }))
  }, 600_000)
  afterAll(() => host.down())

  describe.each(['root', 'medic'] as const)('run by %s', (user) => {
    it('tells the [emerg] line of a reload that nginx -t allows and the master refuses, and of none that it takes', async () => {
      await host.run(
        'a port that is taken',
        `systemctl reset-failed taken.service 2>/dev/null
systemd-run -q --collect --unit=taken python3 -m http.server 8099
until ss -Htln 'sport = :8099' | grep -q .; do sleep 0.2; done
printf 'server { listen 8099; server_name new.example.com; return 204; }\\n' >${more}; nginx -t -q`,
      )
      const refused = await act(user, reloadNginx, nginx)
      await host.run('the port is free', `rm ${more}; systemctl stop taken.service`)
      const taken = await act(user, reloadNginx, nginx)

      expect(refused).toMatchObject({ kind: 'ran', exitCode: 0, settled: false })
      expect(explainRefusedReload(refused.kind === 'ran' ? refused.emerg : '')).toMatch(
        /^\[emerg\] bind\(\) to 0\.0\.0\.0:8099 failed \(98: /,
      )
      expect(taken).toMatchObject({ kind: 'ran', exitCode: 0, settled: true, emerg: '' })
    })

    it('restarts nginx, and a new master shows', async () => {
      const before = await mainPid(nginx)

      const answer = await act(user, restartNginx, nginx)

      expect(answer).toMatchObject({ kind: 'ran', exitCode: 0, settled: true, state: 'active (running)' })
      expect(await mainPid(nginx)).not.toBe(before)
    })

    it('reloads a unit that can reload, which goes on running', async () => {
      const before = await mainPid('php8.2-fpm.service')

      const answer = await act(user, reloadUnit, 'php8.2-fpm.service')

      expect(answer).toMatchObject({ kind: 'ran', exitCode: 0, settled: true, state: 'active (running)' })
      expect(await mainPid('php8.2-fpm.service')).toBe(before)
    })

    it('starts a unit that systemd has given up because it was restarted too often', async () => {
      await host.break('backend-down-start-limit')
      const refused = await host.exec('systemctl start checkout-api.service')

      const answer = await act(user, startUnit, 'checkout-api.service')
      await host.cure('backend-down-start-limit')

      expect(refused.exitCode).not.toBe(0)
      expect(answer).toMatchObject({ kind: 'ran', exitCode: 0, state: 'active (running)' })
    })

    it('does nothing twice', async () => {
      await host.run('stopped', 'systemctl stop checkout-api.service')
      const expected = await guardOf(user, startUnit, 'checkout-api.service')

      const first = await actOn(user, startUnit, 'checkout-api.service', expected)
      const second = await actOn(user, startUnit, 'checkout-api.service', expected)

      expect([first.kind, second.kind]).toEqual(['ran', 'changed'])
    })
  })

  it('is refused by sudo to a user whom the file does not name', async () => {
    await host.run('stopped', 'systemctl stop checkout-api.service')

    const answer = await act('plain', startUnit, 'checkout-api.service')

    expect(answer).toMatchObject({ kind: 'refused', reason: 'sudo-refused' })
    await host.run('started', 'systemctl start checkout-api.service')
  })

  it('lets the doctor prove what read and act user may do, and that it is no more', async () => {
    const { address, hostKey, users } = host
    const acting = { ...users.medic, units, nginx: true }
    const hosts = { 'web-1': { address, hostKey, ...users.plain, act: acting } }
    const inventory = parseInventory(stringify({ hosts }, { lineWidth: 0 }), 'hosts.yml')

    const said = await askRights('web-1', inventory)

    expect(said).toHaveLength(2)
    expect(said[0]).toMatch(/^plain may run as root: .*ss -Htanp.*It may do nothing else as root/)
    expect(said[1]).toMatch(
      /^medic may run as root: .*systemctl restart nginx\.service.*It may do nothing else as root/,
    )
  })

  async function mainPid(unit: string): Promise<string> {
    return (await host.exec(`systemctl show -p MainPID --value ${unit}`)).stdout.trim()
  }

  async function act(user: string, action: Action, target: string): Promise<ActAnswer> {
    return actOn(user, action, target, await guardOf(user, action, target))
  }

  /** As the script itself sees it: what it refuses for, when something else is expected. */
  async function guardOf(user: string, action: Action, target: string): Promise<string> {
    const seen = await actOn(user, action, target, action.guards === 'nginx' ? 'nginx - ?' : '-')
    if (seen.kind !== 'changed') throw new Error(`something was done: ${JSON.stringify(seen)}`)
    return seen.seen
  }

  async function actOn(user: string, action: Action, target: string, expected: string): Promise<ActAnswer> {
    const test = action.testsConfig ? 'test' : 'no-test'
    const args = [action.guards, target, expected, test, '60', '40', ...action.argv(target)]
    const quoted = args.map((word) => `'${word}'`).join(' ')
    const script = Buffer.from(compareAndActScript()).toString('base64')
    const { stdout } = await host.exec(`base64 -d <<<'${script}' | runuser -u ${user} -- sh -s -- ${quoted}`)
    return readActAnswer(stdout, expected)
  }
})
