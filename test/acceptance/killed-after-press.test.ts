import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { type StandIn, startStandIn } from '../../demo/slack/stand-in.ts'
import { verifyTogether } from '../../src/audit/verify.ts'
import { readPublicKeys } from '../../src/signing/key-files.ts'
import { readAloud } from '../slack/read-aloud.ts'
import { type GatemedicProcess, startGatemedic } from '../support/gatemedic-process.ts'
import { type RecordedFleet, type RecordedMember, serveFleet } from '../support/recorded-fleet.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

const channel = 'C0INCIDENTS'
const stopped = '../demo/recordings/web-1'

/** Who is killed, and at which call of Slack that follows the press: the first tells that it runs, the last ones how it ended. */
const cases = [
  { host: 'web-1', role: 'bot', call: 1 },
  { host: 'web-2', role: 'bot', call: 2 },
  { host: 'web-3', role: 'bot', call: 3 },
  { host: 'web-4', role: 'bot', call: 4 },
  { host: 'web-5', role: 'worker', call: 1 },
] as const

describe('bot or worker killed after a press, as people see it', { timeout: 120_000 }, () => {
  let redis: TestRedis
  let standIn: StandIn
  let fleet: RecordedFleet
  let folder: string
  const running = new Map<'bot' | 'worker', GatemedicProcess>()

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatemedic-killed-'))
    ;[redis, standIn] = await Promise.all([startRedis(), startStandIn()])
    const act = { units: ['checkout-api.service'], nginx: false }
    const members = cases.map(({ host }): RecordedMember => ({
      name: host,
      folder: stopped,
      after: `${stopped}/after`,
      act,
    }))
    fleet = await serveFleet(members, { folder, pace: 0, settings: { approvers: [dana.id] } })
    await Promise.all([start('worker'), start('bot')])
  })
  afterAll(async () => {
    for (const each of running.values()) await each.kill('SIGKILL')
    await Promise.all([standIn?.close(), fleet?.close()])
    await redis?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(cases)(
    'the $role at call $call: one action, its end told, the root in its final state',
    async ({ host, role, call }) => {
      await standIn.person.type(dana.id, channel, `/nginx diagnose ${host}`)
      const button = `Start checkout-api.service on ${host}`
      const offer = await messageWith((message) => readAloud(message).includes(`[${button}]`))
      // The last message of a diagnosis: what comes after it comes of the press.
      await messageWith(({ text }) => text === `What else was looked at on ${host}`)
      const before = callsOfSlack()

      await standIn.person.press(dana.id, offer, button)
      await standIn.waitFor(() => callsOfSlack() >= before + call, { deadlineMs: 40_000 })
      await running.get(role)?.kill('SIGKILL')
      await start(role)

      await messageWith(
        ({ text }) => text.startsWith(`${host}: `) && text.includes('resolved') && text.includes(dana.id),
      )
      await messageWith((message) => isRoot(message) && readAloud(message).includes(`${host}: resolved`))
      expect(fleet.acted()).toContain(host)
      expect(
        recordOf('worker').filter((line) => line.includes('"step":"started"') && line.includes(`"host":"${host}"`)),
      ).toHaveLength(1)
      expect(await complaints()).toEqual([])
    },
  )

  async function start(role: 'bot' | 'worker'): Promise<void> {
    const tokens = {
      SLACK_BOT_TOKEN: standIn.botToken,
      SLACK_APP_TOKEN: standIn.appToken,
      SLACK_API_URL: standIn.apiUrl,
    }
    const env = { ROLE: role, REDIS_URL: redis.url, GATEMEDIC_CONFIG: fleet.config[role], LOG_LEVEL: 'info' }
    const process = startGatemedic({ ...env, ...(role === 'bot' ? tokens : {}) })
    running.set(role, process)
    await process.ready()
  }

  function callsOfSlack(): number {
    return ['chat.update', 'chat.postMessage'].flatMap((method) => standIn.calls(method)).length
  }

  async function messageWith(fits: (message: Message) => boolean): Promise<Message> {
    try {
      return await standIn.waitFor(() => standIn.workspace.messages(channel).find(fits), { deadlineMs: 60_000 })
    } catch (cause) {
      const said = standIn.workspace.messages(channel).map(readAloud).join('\n\n')
      const written = [...running.values()].map((each) => each.output()).join('\n')
      throw new Error(`no such message:\n${said}\n${written}`, { cause })
    }
  }

  function filesOf(role: 'bot' | 'worker'): readonly string[] {
    const own = join(folder, role, 'audit')
    return readdirSync(own)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => join(own, name))
  }

  function recordOf(role: 'bot' | 'worker'): readonly string[] {
    return filesOf(role).flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  }

  async function complaints(): Promise<readonly unknown[]> {
    const { bot, worker } = await readPublicKeys(join(folder, 'keys'))
    const checked = await verifyTogether([...filesOf('bot'), ...filesOf('worker')], [bot, worker])
    return checked.filter(({ verified, complaints: found }) => !verified.ok || found.length > 0)
  }
})

function isRoot({ ts, threadTs }: Message): boolean {
  return threadTs === undefined || threadTs === ts
}
