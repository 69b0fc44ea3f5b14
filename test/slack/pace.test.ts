import { expect, test } from 'vitest'
import { createPace } from '../../src/slack/pace.ts'
import { budgetOf } from '../../src/slack/tiers.ts'
import { callsPerMinute } from '../../demo/slack/rate-tiers.ts'
import { createLog } from '../../src/log.ts'

const log = createLog('silent')

test('calls of one lane go in the order in which they were asked for, whatever each has to wait', async () => {
  const answers = [3, 2, 0, 1, 0, 0]
  const asked: string[] = []
  const pace = createPace(
    async ({ key }) => {
      asked.push(key)
      return answers.shift() ?? 0
    },
    'calm',
    log,
  )
  const done: number[] = []

  await Promise.all([1, 2, 3].map((each) => pace('chat.update', 'C1').then(() => done.push(each))))

  expect(done).toEqual([1, 2, 3])
  expect(asked).toHaveLength(6)
})

test('a channel that is slow holds up no other, and people none of the alerts', async () => {
  const never = new Promise<number>(() => undefined)
  const pace = createPace(({ key }) => (key.endsWith('C1') ? never : Promise.resolve(0)), 'calm', log)
  void pace('chat.postMessage', 'C1')

  await expect(pace('chat.postMessage', 'C2')).resolves.toBeUndefined()
})

test('when nobody can tell, the call is made', async () => {
  const pace = createPace(() => Promise.reject(new Error('Redis is away')), 'person', log)

  await expect(pace('chat.update', 'C1')).resolves.toBeUndefined()
})

test.each(
  Object.entries(callsPerMinute).filter(([method]) => !['auth.test', 'apps.connections.open'].includes(method)),
)('%s is called less often than the %i a minute that Slack grants', (method, granted) => {
  const { windows } = budgetOf(method, 'C1')

  for (const { ms, most } of windows) expect(most).toBeLessThanOrEqual(Math.ceil((granted * ms) / 60_000) + granted / 5)
  expect(windows.find(({ ms }) => ms === 60_000)?.most).toBeLessThan(granted)
})
