import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { type StandIn, startStandIn } from '../../demo/slack/stand-in.ts'
import { recorded } from '../support/fleet-members.ts'
import { type GatemedicProcess, startGatemedic } from '../support/gatemedic-process.ts'
import { type RecordedFleet, type RecordedMember, serveFleet } from '../support/recorded-fleet.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

const channel = 'C0INCIDENTS'
const edge = { groups: ['edge'] }

/** Four behind one dead backend, three that are broken each in its own way, one that is well. */
const members: readonly RecordedMember[] = [
  ...[1, 2, 3, 4].map((nr) => ({ name: `web-${nr}`, folder: recorded.stoppedThere, machine: 'web-1', entry: edge })),
  { name: 'web-5', folder: recorded.stoppedHere, entry: edge },
  { name: 'web-6', folder: recorded.socketPermission, entry: edge },
  { name: 'web-7', folder: '../demo/recordings/web-4', entry: edge },
  { name: 'web-8', folder: recorded.healthy, entry: edge },
  { name: 'app-3', folder: recorded.stoppedThere, machine: 'app-3', entry: { addresses: ['10.77.7.3'] } },
]

describe('a group of eight hosts with three faults of their own and one dead backend', { timeout: 120_000 }, () => {
  let redis: TestRedis
  let standIn: StandIn
  let fleet: RecordedFleet
  let folder: string
  const processes: GatemedicProcess[] = []

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatemedic-fleet-'))
    ;[redis, standIn] = await Promise.all([startRedis(), startStandIn()])
  })
  afterEach(async () => {
    for (const each of processes.splice(0)) await each.kill('SIGKILL')
    await Promise.all([standIn.close(), fleet.close()])
    await redis.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is one message that names the backend first, with the details of each group in its thread', async () => {
    await install(0)

    await standIn.person.type(dana.id, channel, '/nginx diagnose group:edge')
    const end = await lastWord()

    const [root, ...rest] = messages()
    expect(root?.text).toMatch(
      /^group:edge: 10\.77\.7\.3:8383 on app-3: the backend is down, 4 of 8 hosts fail by it; 3 more in trouble$/,
    )
    expect(plain(root)).toMatch(/It is the backend 10\.77\.7\.3:8383 on app-3, not these 4 hosts/)
    expect(plain(root)).toMatch(/\(web-1, web-2, web-3, web-4\)/)
    expect(rest.filter(({ text }) => /^\d+ hosts?: /.test(text)).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^4 hosts: the backend is down, 10\.77\.7\.3:8383 on app-3 \((?:likely|confirmed)\)$/),
      expect.stringMatching(/^1 host: web-5: checkout-api\.service/),
      expect.stringMatching(/^1 host: web-6: .*php8\.2-fpm\.sock/),
      expect.stringMatching(/^1 host: web-7: /),
      '1 host: healthy',
    ])
    expect(end.text).toMatch(/^group:edge: .*<@U0DANA/)
    expect(messages().filter(({ threadTs }) => threadTs === null || threadTs === undefined)).toHaveLength(1)
    expect(edits()).toBeLessThan(8)
  })

  it.each(['bot', 'worker'] as const)(
    'is told to the end by another %s when the first is killed half-way, and nothing is said twice',
    async (role) => {
      await install(1)
      await standIn.person.type(dana.id, channel, '/nginx diagnose group:edge')
      await standIn.waitFor(() => /: [1-7] of 8 hosts looked at/.test(messages()[0]?.text ?? ''), {
        deadlineMs: 40_000,
      })

      await processes[role === 'worker' ? 0 : 1]?.kill('SIGKILL')
      await start(role)
      await lastWord()

      const texts = messages().map(({ text }) => text)
      expect(texts[0]).toContain('4 of 8 hosts fail by it')
      expect(texts).toHaveLength(new Set(texts.slice(1)).size + 1)
      expect(texts.filter((text) => text.includes('<@'))).toHaveLength(1)
    },
  )

  async function install(pace: number): Promise<void> {
    fleet = await serveFleet(members, { folder, pace })
    await Promise.all([start('worker'), start('bot')])
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

  function messages(): readonly Message[] {
    return standIn.workspace.messages(channel)
  }

  function edits(): number {
    return standIn.calls('chat.update').length
  }

  async function lastWord(): Promise<Message> {
    try {
      return await standIn.waitFor(() => messages().find(({ text }) => text.includes('<@')), { deadlineMs: 60_000 })
    } catch (cause) {
      const seen = messages().map(plain).join('\n')
      throw new Error(`no last word:\n${seen}\n${processes.map((each) => each.output()).join('\n')}`, { cause })
    }
  }
})

function plain(message: Message | undefined): string {
  return `${message?.text ?? ''}\n${JSON.stringify(message?.blocks ?? [])}`
}
