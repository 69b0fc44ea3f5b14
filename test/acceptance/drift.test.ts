import { afterEach, describe, expect, it } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { labHost } from '../../lab/host.ts'
import type { LabHost } from '../../lab/host-handle.ts'
import { installSudoers } from '../../lab/sudoers.ts'
import { sudoersFor } from '../../src/cli/sudoers-text.ts'
import { labHere } from '../lab/lab-here.ts'
import { install, type Installation, type Listed, web1 } from './installation.ts'

const channel = 'C0INCIDENTS'
let host: LabHost | undefined
let installed: Installation | undefined

interface Case {
  readonly what: string
  readonly fault: string
  readonly button: string
  /** Done on the host between the diagnosis and the press. */
  readonly meanwhile: string
  readonly says: RegExp
  /** Shell that must succeed at the end: nothing was run. */
  readonly still: string
}

const noReload = 'true'
const shop = '/etc/nginx/conf.d/zz-more.conf'

describe.skipIf(!labHere())('a host that is not as it was diagnosed is left alone', { timeout: 240_000 }, () => {
  afterEach(async () => {
    await installed?.close()
    await host?.down()
    installed = host = undefined
  })

  it.each<Case>([
    {
      what: 'the unit was started by hand',
      fault: 'backend-down',
      button: 'Start checkout-api.service on web-1',
      meanwhile: 'systemctl start checkout-api.service',
      says: /somebody started checkout-api\.service meanwhile/,
      still: 'systemctl is-active checkout-api.service',
    },
    {
      what: 'the unit was restarted by hand',
      fault: 'socket-missing',
      button: 'Restart php8.2-fpm.service on web-1',
      meanwhile: 'systemctl restart php8.2-fpm.service; systemctl show -p InvocationID php8.2-fpm.service >/run/was',
      says: /php8\.2-fpm\.service was restarted meanwhile/,
      still: '[ "$(systemctl show -p InvocationID php8.2-fpm.service)" = "$(cat /run/was)" ]',
    },
    {
      what: 'the configuration was edited',
      fault: 'config-not-reloaded',
      button: 'Reload nginx on web-1',
      meanwhile: `echo '# half an idea' >${shop}`,
      says: /the configuration of nginx was edited since the diagnosis/,
      still: noReload,
    },
    {
      what: 'nginx -t does not pass any more',
      fault: 'config-not-reloaded',
      button: 'Reload nginx on web-1',
      meanwhile: `echo 'liste 81;' >${shop}`,
      says: /nginx -t does not pass now: .*unknown directive \\?"liste\\?"/,
      still: noReload,
    },
    {
      what: 'nginx was replaced',
      fault: 'config-not-reloaded',
      button: 'Reload nginx on web-1',
      meanwhile: 'systemctl restart nginx.service; systemctl show -p MainPID nginx.service >/run/was',
      says: /nginx was restarted meanwhile/,
      still: '[ "$(systemctl show -p MainPID nginx.service)" = "$(cat /run/was)" ]',
    },
    {
      what: 'another machine answers in its place',
      fault: 'backend-down',
      button: 'Start checkout-api.service on web-1',
      meanwhile: `ssh-keygen -q -t ed25519 -N '' -f /run/impostor && systemctl stop ssh.service ssh.socket 2>/dev/null; pkill -x sshd; mkdir -p /run/sshd; /usr/sbin/sshd -h /run/impostor`,
      says: /not reached as the act user: web-1 shows ssh-ed25519 \S+ but ssh-ed25519 \S+ is pinned/,
      still: '! systemctl is-active checkout-api.service',
    },
  ])('$what', async ({ fault, button, meanwhile, says, still }) => {
    const { verdict } = await offered(fault, button)
    await host?.run('meanwhile', meanwhile)

    const ended = await pressed(verdict, button)

    expect(JSON.stringify(ended)).toMatch(says)
    expect(ended.text).toMatch(/refused/i)
    expect(JSON.stringify(ended.blocks)).toContain('Check again')
    expect((await host?.exec(still))?.exitCode).toBe(0)
  })

  it('a reload that nginx -t allows and the master refuses is told with its line, and the offer said what else it would load', async () => {
    const { verdict } = await offered(
      'config-not-reloaded',
      'Reload nginx on web-1',
      `systemd-run -q --unit=metrics python3 -m http.server 8099
until ss -Htln 'sport = :8099' | grep -q .; do sleep 0.2; done
printf 'server { listen 8099; server_name new.example.com; return 204; }\\n' >${shop}
nginx -t -q`,
    )

    const ended = await pressed(verdict, 'Reload nginx on web-1')

    expect(JSON.stringify(verdict.blocks)).toContain(`also loads 1 file changed by others: ${shop}`)
    expect(ended.text).toMatch(/^web-1: the reload was refused by nginx\./)
    expect(JSON.stringify(ended)).toMatch(
      /\[emerg\] bind\(\) to 0\.0\.0\.0:8099 failed \(98[^.]*\. It goes on with the configuration of before/,
    )
  })

  it('the last member of a group that serves is not restarted', async () => {
    const button = 'Restart nginx on web-1'
    host = await labHost({ name: 'acting', fault: 'nginx-worker-crash-replaced' })
    const listed = { ...web1(host), groups: ['edge'] }
    // Nothing answers at this address of its network: web-2 is not known to be well.
    const gone: Listed = { ...listed, name: 'web-2', sites: [], address: host.address.replace(/\.\d+$/, '.77') }
    const { verdict, pid } = { ...(await shown(button, [listed, gone])), pid: await masterPid() }

    const ended = await pressed(verdict, button)

    expect(JSON.stringify(ended)).toMatch(/none of the other members of edge was seen healthy.*web-2/)
    expect(await masterPid()).toBe(pid)
  })

  it('a program that was replaced under nginx is cured by a restart, whose effect was said', async () => {
    const button = 'Restart nginx on web-1'
    host = await labHost({ name: 'acting', fault: 'nginx-worker-crash-replaced' })
    const { verdict } = await shown(button, [{ ...web1(host), groups: ['edge'] }])

    const ended = await pressed(verdict, button)

    expect(JSON.stringify(verdict.blocks)).toMatch(/web-1 is the only member of edge/)
    expect(ended.text).toMatch(/resolved/i)
  })

  it('an act user with no more than the generated sudoers file starts a unit that hit its start limit', async () => {
    const button = 'Start checkout-api.service on web-1'
    host = await labHost({ name: 'acting', fault: 'backend-down-start-limit' })
    const units = ['checkout-api.service']
    const act = { user: 'medic', units, nginx: false }
    await installSudoers(host, sudoersFor({ user: 'nobody', hosts: [{ name: 'web-1', act }] }))
    const { verdict } = await shown(button, [{ ...web1(host), units, actUser: host.users.medic }])

    const ended = await pressed(verdict, button)

    expect(ended.text).toMatch(/resolved/i)
    expect((await host.exec('systemctl is-active checkout-api.service')).stdout.trim()).toBe('active')
  })
})

async function masterPid(): Promise<string> {
  return (await host?.exec('systemctl show -p MainPID --value nginx.service'))?.stdout.trim() ?? ''
}

async function offered(fault: string, button: string, before = 'true'): Promise<{ readonly verdict: Message }> {
  host = await labHost({ name: 'acting', fault })
  await host.run('before', before)
  return shown(button, [web1(host)])
}

async function shown(button: string, listed: readonly Listed[]): Promise<{ readonly verdict: Message }> {
  installed = await install(listed, 'socket')
  await installed.standIn.person.type(dana.id, channel, '/nginx diagnose web-1')
  return { verdict: await reply((message) => JSON.stringify(message.blocks).includes(button)) }
}

async function pressed(verdict: Message, button: string): Promise<Message> {
  await installed?.standIn.person.press(dana.id, verdict, button)
  return reply((message) => message.ts !== verdict.ts && /resolved|still|failed|refused|could not/i.test(message.text))
}

async function reply(fits: (message: Message) => boolean): Promise<Message> {
  if (!installed) throw new Error('nothing is installed')
  const { standIn, worker } = installed
  const messages = (): readonly Message[] =>
    standIn.workspace
      .messages(channel)
      .flatMap((root) => standIn.workspace.thread(channel, root.ts).filter((message) => message.ts !== root.ts))
  try {
    return await standIn.waitFor(() => messages().find((message) => message.text.includes('<@') && fits(message)), {
      deadlineMs: 100_000,
    })
  } catch (cause) {
    const said = messages().map((message) => `${message.text}\n${JSON.stringify(message.blocks)}`)
    throw new Error(`no such reply:\n${said.join('\n')}\n${worker.output()}`, { cause })
  }
}
