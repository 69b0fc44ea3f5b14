import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type StandIn, startStandIn } from '../../demo/slack/stand-in.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { createAlertThreads } from '../../src/alerts/storm/alert-threads.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import { drain } from '../../src/jobs/drain.ts'
import { createFleetStore } from '../../src/jobs/fleet-store.ts'
import { keys } from '../../src/jobs/keys.ts'
import { createOutbox } from '../../src/jobs/outbox.ts'
import { createThreadStore } from '../../src/jobs/thread-store.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { createDeliver } from '../../src/slack/deliver.ts'
import { createLanes } from '../../src/slack/lanes.ts'
import { showFleets } from '../../src/slack/show-fleets.ts'
import { createTurns } from '../../src/slack/turns.ts'
import { newId, note, now, quiet, requestFor } from '../support/bench-of-queues.ts'
import { diagnosisFrom, recorded, renamed } from '../support/fleet-members.ts'
import { createGate } from '../support/gate.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { proposal } from './cases.ts'
import { type Office, openOffice } from './office.ts'

const channel = 'C0INCIDENTS'
const requester = { kind: 'alert', source: 'prometheus', title: 'HighErrorRate' } as const
/** More commands to Redis than all of it takes. */
const never = 1000

let redis: TestRedis
let client: RedisClient
let office: Office
let slack: StandIn
let threadId: string
let down: Diagnosis
let well: Diagnosis

beforeAll(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'work', { log: quiet })
  ;[down, well] = await Promise.all([diagnosisFrom(recorded.stoppedThere), diagnosisFrom(recorded.healthy)])
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})
beforeEach(async () => {
  office = await openOffice('socket')
})
afterEach(() => office.close())

/** A connection that stands still before its nth command, as the process behind it may be killed or stopped there: between any two steps, those at Slack too. */
async function stopsAfter(commands: number) {
  const own = await openRedis(redis.url, 'work', { log: quiet })
  const send = own.sendCommand.bind(own)
  const gate = createGate()
  let sent = 0
  const stopped = new Promise<void>((resolve) => {
    own.sendCommand = (command, stream) => {
      sent += 1
      if (sent <= commands) return send(command, stream)
      resolve()
      return gate.passed.then(() => send(command, stream))
    }
  })
  return { own, stopped, goOn: gate.open, sent: () => sent }
}

/** The part of a bot that brings the answers of a fleet to Slack. Before each call of Slack it asks Redis for a place, as it always does. */
function botOn(own: RedisClient) {
  const threads = createThreadStore(own)
  const over = { firing: 0, suppressed: 0, resolvedAt: '2026-11-21T03:12:00.000Z', over: true }
  const titles = [{ title: 'HighErrorRate', count: 2 }]
  const hosts = ['web-1', 'web-2', 'web-3']
  const tallyOf = async () => ({ source: 'prometheus', alerts: 2, titles, others: 0, hosts, ...over })
  const alertThreads = createAlertThreads(own, botKeys, tallyOf)
  const desk = {
    ...office.parts.desk,
    offerTogether: async () => [{ kind: 'one', proposal, diagnosed: ['web-1'] }] as const,
  }
  const given = { ...office.parts, threads, fleets: createFleetStore(own), desk, alertThreads, now, log: quiet }
  const takePlace = async (): Promise<number> => {
    await own.ping()
    return 0
  }
  const lanes = createLanes(slack.botToken, { slackApiUrl: slack.apiUrl }, { ...given, takePlace })
  const hasty = { ...given, ...lanes, inTurn: createTurns(), nameOf: async () => 'Dana' }
  const calm = { ...hasty, ...lanes.calm }
  const deliver = createDeliver(hasty, calm)
  const outbox = createOutbox(own, botKeys)
  return {
    /** What is in the outbox, and what the fleet has to show when the hold of another bot has run out. */
    live: async (): Promise<void> => {
      await drain(threadId, { outbox, threads, deliver, note, log: quiet })
      for (let turn = 0; turn < 5 && (await client.scard(keys.fleets)) > 0; turn += 1) {
        await client.del(keys.fleetTaken(threadId))
        await showFleets(hasty, calm)
      }
    },
  }
}

async function askFor(...hosts: readonly string[]): Promise<void> {
  const requests = hosts.map((host) => requestFor(host, threadId, { fleet: true, requester }))
  await createDiagnosisBoard(client, botKeys).joinAll({ threadId, title: 'alerts', requests }, now())
  const worker = createDiagnosisBoard(client, workerKeys)
  for (const { id, host } of requests) {
    await worker.begin(id, 'run')
    const diagnosis = renamed(host === 'web-3' ? well : down, host)
    const update = { kind: 'diagnosis', diagnosis, proposal: host === 'web-1' ? proposal : null } as const
    await worker.announce(id, update, { run: 'run', last: true })
  }
}

/** What stands in Slack when a bot stops after so many commands, something happens, and another bot does the rest. */
async function toldWhenStoppedAfter(
  commands: number,
  { meanwhile, goesOn = false }: { readonly meanwhile?: () => Promise<void>; readonly goesOn?: boolean } = {},
): Promise<{ readonly texts: readonly string[]; readonly sent: number; readonly left: number }> {
  await client.flushall()
  slack = await startStandIn()
  threadId = newId()
  const thread = { id: threadId, channel, rootTs: null, threadTs: null, requester, via: 'root' } as const
  await createThreadStore(client).open(thread)
  await askFor('web-1', 'web-2', 'web-3')
  const first = await stopsAfter(commands)
  const life = botOn(first.own).live()
  await Promise.race([life, first.stopped])
  const sent = first.sent()

  await meanwhile?.()
  const next = botOn(client)
  await next.live()
  if (goesOn) {
    first.goOn()
    await life
    await next.live()
  }

  first.own.disconnect()
  const texts = slack.workspace.messages(channel).map(({ text }) => text)
  await slack.close()
  return { texts, sent, left: await client.scard(keys.fleets) }
}

function everyOther(step: number, from: number, to: number): readonly number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, nth) => from + nth * step)
}

describe('a fleet whose last host has answered', () => {
  it('is told to its end, once, wherever a bot is killed over it', async () => {
    const whole = await toldWhenStoppedAfter(never)

    for (const at of everyOther(5, 1, whole.sent)) {
      const told = await toldWhenStoppedAfter(at)
      expect({ at, texts: told.texts, left: told.left }).toEqual({ at, texts: whole.texts, left: 0 })
    }
    expect(whole.texts).toHaveLength(6)
  })

  it('is told to its end also when another host is asked for before the next bot comes', async () => {
    const whole = await toldWhenStoppedAfter(never)

    for (const at of everyOther(9, 3, whole.sent)) {
      const { texts, left } = await toldWhenStoppedAfter(at, { meanwhile: () => askFor('web-4') })
      expect({ at, left }).toEqual({ at, left: 0 })
      expect(texts.join('\n'), `${at}`).toMatch(/^Start checkout-api.service on web-1\?$/m)
      expect(texts.join('\n'), `${at}`).toMatch(/^(?:2|3) hosts: the backend is down/m)
      expect(texts[0], `${at}`).toContain('3 of 4 hosts fail by it')
    }
  })

  it('says one message twice at most when a bot stood still, was overtaken, and goes on', async () => {
    const whole = await toldWhenStoppedAfter(never)

    for (const at of everyOther(17, 4, whole.sent)) {
      const { texts, left } = await toldWhenStoppedAfter(at, { goesOn: true })
      expect({ at, left }).toEqual({ at, left: 0 })
      expect(new Set(texts), `${at}`).toEqual(new Set(whole.texts))
      expect(texts.length, `${at}`).toBeLessThanOrEqual(whole.texts.length + 1)
    }
  })
})
