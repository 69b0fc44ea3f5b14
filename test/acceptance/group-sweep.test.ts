import { afterEach, expect, test } from 'vitest'
import { openRedis } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { until } from '../support/until.ts'
import { type MovedClock, withMovedClock } from './moved-clock.ts'

const channel = 'C0INCIDENTS'
let product: MovedClock | undefined

afterEach(async () => {
  await product?.close()
  product = undefined
})

test('a sweep whose time came while everything was down is one message when it is back', async () => {
  product = await withMovedClock('web-1', { sweeps: [{ group: 'edge', at: 'Mon 08:00', channel }] })
  const { standIn, redis, restartAll } = product
  await restartAll({ meanwhile: () => missTheRun(redis.url) })

  const told = await standIn.waitFor(() => standIn.workspace.messages(channel)[0], { deadlineMs: 30_000 })

  expect(told.text).toMatch(/^Sweep of group:edge: 1 thing on 1 of 1 host: web-1: checkout-api\.service/)
  expect(JSON.stringify(told.blocks)).toContain('Failing now')
  expect(standIn.workspace.messages(channel)).toHaveLength(1)
}, 60_000)

async function missTheRun(url: string): Promise<void> {
  const client = await openRedis(url, 'ask', { log: quiet })
  const planned = await until(
    'it is planned',
    async () => (await client.zrangebyscore('bull:sweeps:delayed', '-inf', '+inf'))[0],
  )
  await client.zadd('bull:sweeps:delayed', 'XX', (Date.now() - 3_600_000) * 0x1000, planned)
  client.disconnect()
}
