import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { fitToLeave } from '../../src/examine/examine.ts'
import { factsOf } from '../../src/examine/facts.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import type { Examination } from '../../src/jobs/examination.ts'
import type { PastedOutput } from '../../src/jobs/request.ts'
import { createDelivered, newId, requestFor, startBot, startDiagnosing } from '../support/bench-of-queues.ts'
import { captureFolders } from '../support/captures.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

let redis: TestRedis
let blind: Snapshot
let logText: string
const running: { readonly stop: () => Promise<void> }[] = []

beforeAll(async () => {
  redis = await startRedis()
  const folder = captureFolders().find(({ name }) => name === 'rules/backend-down/fires-backend-down')?.folder ?? ''
  const seen = await readSnapshot(folder)
  const log = seen.captures.find(({ capture }) => capture.probe === 'error-log')?.capture.stdout ?? ''
  logText = log.slice(log.indexOf('@tail\n') + 6)
  const without: Readonly<Record<string, string>> = {
    'error-log': '@log unreadable 0 0 0 /var/log/nginx/error.log\n',
    'live-requests': '',
  }
  const captures = seen.captures.map(({ capture, ...rest }) => ({
    ...rest,
    capture: { ...capture, host: 'web-p', stdout: without[capture.probe] ?? capture.stdout },
  }))
  blind = { ...seen, host: 'web-p', captures }
})
afterEach(async () => {
  for (const part of running.splice(0).toReversed()) await part.stop()
})
afterAll(() => redis.stop())

function examination(): Examination {
  const captures = blind.captures.map(({ capture }) => capture)
  const facts = factsOf(captures, blind.host, 'both rounds')
  return fitToLeave({ diagnosis: replaySnapshot(blind), facts, masters: [], backends: [], recorded: blind.captures })
}

async function open() {
  const delivered = createDelivered()
  const bot = await startBot(redis.url, delivered.deliver)
  running.push(bot)
  running.push(await startDiagnosing(redis.url, () => Promise.resolve(examination())))
  const thread = newId()
  const paste = async (pasted: PastedOutput): Promise<void> => {
    await bot.openThread(`${thread}-again`)
    await bot.desk.diagnose(requestFor('web-p', `${thread}-again`, { pasted }))
  }
  return { delivered, bot, thread, paste }
}

test('an undetermined diagnosis keeps its answers, and pasted output is judged with them in the same way as any diagnosis', async () => {
  const { delivered, bot, thread, paste } = await open()
  await bot.ask('web-p', thread)
  const [first] = await until('the first answer is there', () => {
    const updates = delivered.of(thread, 'diagnosis')
    return updates.length > 0 && updates
  })
  const key = first?.diagnosis.ask?.paste ?? ''

  await paste({ key, text: logText, by: 'Dana' })

  const [again] = await until('the second answer is there', () => {
    const updates = delivered.of(`${thread}-again`, 'diagnosis')
    return updates.length > 0 && updates
  })
  expect(first?.diagnosis.verdict).toBe('undetermined')
  expect(key).toMatch(/^[0-9a-f]{32}$/)
  expect(again?.diagnosis).toMatchObject({ verdict: 'diagnosed', host: 'web-p', pasted: { by: 'Dana' } })
  expect(again?.diagnosis.findings[0]).toMatchObject({ cause: 'backend-down', confidence: 'likely' })
  expect(again?.proposal).toBeNull()
})

test.each([
  ['the answers are gone', { key: 'f'.repeat(32), text: 'x', by: 'Dana' }, 'kept for an hour'],
  ['the key is of no diagnosis at all', { key: 'thread:1', text: 'x', by: 'Dana' }, 'kept for an hour'],
])('says so when %s', async (_what, pasted, told) => {
  const { delivered, thread, paste } = await open()

  await paste(pasted)

  const [failed] = await until('the failure is told', () => {
    const updates = delivered.of(`${thread}-again`, 'failed')
    return updates.length > 0 && updates
  })
  expect(failed?.message).toContain(told)
  expect(failed?.next).toContain('Diagnose the host again')
})

test('says so when the text is something else, and the next try may be right', async () => {
  const { delivered, bot, thread, paste } = await open()
  await bot.ask('web-p', thread)
  const [first] = await until('the first answer is there', () => {
    const updates = delivered.of(thread, 'diagnosis')
    return updates.length > 0 && updates
  })
  const key = first?.diagnosis.ask?.paste ?? ''

  await paste({ key, text: 'bash: tail: command not found', by: 'Dana' })
  await until('the failure is told', () => delivered.of(`${thread}-again`, 'failed').length > 0)
  await paste({ key, text: logText, by: 'Dana' })

  await until('the answer is there', () => delivered.of(`${thread}-again`, 'diagnosis').length > 0)
  expect(delivered.of(`${thread}-again`, 'failed')[0]?.message).toContain('not what the command prints')
})
