import { createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { openRedis, RedisUnreachableError } from '../src/redis.ts'
import { quiet } from './support/bench-of-queues.ts'
import { freePort } from './support/redis.ts'

const sockets = new Set<Socket>()
const silent = createServer((socket) => sockets.add(socket))

afterEach(() => {
  for (const socket of sockets) socket.destroy()
  silent.close()
})

test('a Redis that is not there is one error with its address, without the password', async () => {
  const port = await freePort()

  const opening = openRedis(`redis://:hunter2@127.0.0.1:${port}`, 'work', { log: quiet, budgetMs: 300 })

  await expect(opening).rejects.toThrow(RedisUnreachableError)
  await expect(opening).rejects.toThrow(
    `Redis at 127.0.0.1:${port} does not answer (ECONNREFUSED): start it, or set REDIS_URL to one that runs`,
  )
})

test('a Redis that accepts and says nothing is given up after the budget', async () => {
  const port = await freePort()
  await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve))

  const opening = openRedis(`redis://127.0.0.1:${port}`, 'ask', { log: quiet, budgetMs: 300 })

  await expect(opening).rejects.toThrow(`Redis at 127.0.0.1:${port} does not answer (no answer within 0.3 s)`)
})
