import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { type StandIn, startStandIn } from '../../demo/slack/stand-in.ts'
import { readAloud } from '../slack/read-aloud.ts'
import { recorded } from '../support/fleet-members.ts'
import { type GatemedicProcess, startGatemedic } from '../support/gatemedic-process.ts'
import { type RecordedFleet, type RecordedMember, serveFleet } from '../support/recorded-fleet.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

const channel = 'C0INCIDENTS'
const notReloaded = '../demo/recordings/web-4'
const edge = { groups: ['edge'] }

/** A host whose nginx runs on an old configuration; a reload cures it, or does not. */
function stale(name: string, cures = true): RecordedMember {
  const after = cures ? `${notReloaded}/after` : notReloaded
  return { name, folder: notReloaded, after, act: { units: [], nginx: true }, entry: edge }
}

/** Behind one dead backend; it answers again when that runs. */
const behind = {
  folder: recorded.stoppedThere,
  machine: 'web-1',
  entry: edge,
  after: 'pairs/healthy',
  curedWith: 'app-3',
}
const backend: RecordedMember = {
  name: 'app-3',
  folder: recorded.stoppedThere,
  machine: 'app-3',
  after: recorded.stoppedThere,
  act: { units: ['apache2.service'], nginx: false },
  entry: { addresses: ['10.77.7.3'] },
}

describe('one approval for the hosts of a group', { timeout: 120_000 }, () => {
  let redis: TestRedis
  let standIn: StandIn
  let fleet: RecordedFleet
  let folder: string
  let processes: GatemedicProcess[]

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatemedic-fleet-'))
    processes = []
    ;[redis, standIn] = await Promise.all([startRedis(), startStandIn()])
  })
  afterEach(async () => {
    for (const each of processes) await each.kill('SIGKILL')
    await Promise.all([standIn.close(), fleet.close()])
    await redis.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('reloads three hosts, and says so once', async () => {
    await install([stale('web-1'), stale('web-2'), stale('web-3')])
    const offer = await replyWith('Reload nginx on 3 hosts, 2 at a time')

    await standIn.person.press(dana.id, offer, 'Reload nginx on 3 hosts')

    await replyWith(`Reload nginx on 3 hosts: 3 of 3 resolved <@${dana.id}>`)
    expect(fleet.acted()).toEqual(['web-1', 'web-2', 'web-3'])
    await rootWith('nothing is failing on 3 hosts')
    await rootWith('Reload nginx on 3 hosts: 3 of 3 resolved')
  })

  it('stops at the first that is not cured: what comes after it is not touched', async () => {
    await install([stale('web-1', false), stale('web-2', false), stale('web-3'), stale('web-4')])
    const offer = await replyWith('Reload nginx on 4 hosts, 2 at a time')

    await standIn.person.press(dana.id, offer, 'Reload nginx on 4 hosts')

    const end = await replyWith('web-3 and web-4 were not touched.')
    expect(end.text).toMatch(/^Reload nginx on 4 hosts stopped after web-[12]: .*; 0 of 4 resolved <@U0DANA/)
    expect(fleet.acted()).not.toContain('web-3')
    expect(fleet.acted()).not.toContain('web-4')
  })

  it('goes on with another bot when its own is killed half-way: each host once, its end told once', async () => {
    await install([stale('web-1'), stale('web-2'), stale('web-3'), stale('web-4')])
    const offer = await replyWith('Reload nginx on 4 hosts, 2 at a time')
    await standIn.person.press(dana.id, offer, 'Reload nginx on 4 hosts')
    await replyWith('Reloading nginx on 4 hosts')

    await processes[1]?.kill('SIGKILL')
    await start('bot')

    const resolved = `Reload nginx on 4 hosts: 4 of 4 resolved <@${dana.id}>`
    await replyWith(resolved)
    expect(standIn.workspace.messages(channel).filter(({ text }) => text === resolved)).toHaveLength(1)
    expect(recordOfWorker().match(/"step":"started"/g)).toHaveLength(4)
  })

  it('acts once on a backend that several hosts share', async () => {
    const fronts = [1, 2, 3].map((nr): RecordedMember => ({ ...behind, name: `web-${nr}` }))
    await install([...fronts, backend])
    const offer = await replyWith('Asked for by web-1, web-2 and web-3: done once, it is for all of them.')

    await standIn.person.press(dana.id, offer, 'Start apache2.service on app-3')

    await replyWith('resolved by the start of apache2.service on app-3')
    // Two of the three were not looked at after it: that is done now, by itself.
    await rootWith('nothing is failing on 3 hosts')
    expect(fleet.acted()).toEqual(['app-3'])
    expect(recordOfWorker().match(/"step":"started"/g)).toHaveLength(1)
  })

  async function install(members: readonly RecordedMember[]): Promise<void> {
    fleet = await serveFleet(members, { folder, pace: 0, settings: { approvers: [dana.id] } })
    await start('worker')
    await start('bot')
    await standIn.person.type(dana.id, channel, '/nginx diagnose group:edge')
  }

  async function start(role: 'bot' | 'worker'): Promise<void> {
    const tokens = {
      SLACK_BOT_TOKEN: standIn.botToken,
      SLACK_APP_TOKEN: standIn.appToken,
      SLACK_API_URL: standIn.apiUrl,
    }
    const env = { ROLE: role, REDIS_URL: redis.url, GATEMEDIC_CONFIG: fleet.config[role], LOG_LEVEL: 'info' }
    const process = startGatemedic({ ...env, ...(role === 'bot' ? tokens : {}) })
    processes.push(process)
    await process.ready()
  }

  async function rootWith(words: string): Promise<void> {
    await standIn.waitFor(
      () =>
        standIn.workspace
          .messages(channel)
          .slice(0, 1)
          .some((root) => aloud(root).includes(words)),
      {
        deadlineMs: 30_000,
      },
    )
  }

  function recordOfWorker(): string {
    const own = join(folder, 'worker', 'audit')
    return readFileSync(join(own, readdirSync(own).find((name) => name.endsWith('.jsonl')) ?? ''), 'utf8')
  }

  async function replyWith(words: string): Promise<Message> {
    try {
      return await standIn.waitFor(
        () => standIn.workspace.messages(channel).find((message) => aloud(message).includes(words)),
        {
          deadlineMs: 40_000,
        },
      )
    } catch (cause) {
      const said = standIn.workspace.messages(channel).map(aloud).join('\n\n')
      const written = processes.map((each) => each.output()).join('\n')
      throw new Error(`nothing says "${words}":\n${said}\n${written}`, { cause })
    }
  }
})

function aloud(message: Message): string {
  return readAloud(message)
}
