import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Child, lastLines, startChild } from './child.ts'
import { nextFreePort } from './ports.ts'

export interface OwnRedis {
  readonly url: string
  readonly child: Child
}

/**
 * A Redis (or Valkey) of the demo's own: loopback, a free port, its data in `folder`, every write kept (appendonly), nothing evicted,
 * as production should have it.
 */
export async function startOwnRedis(program: string, folder: string): Promise<OwnRedis> {
  const data = join(folder, 'redis')
  mkdirSync(data, { recursive: true })
  const port = await nextFreePort(0)
  const where = ['--bind', '127.0.0.1', '--port', String(port), '--dir', data]
  const keeping = ['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction']
  const log = join(folder, 'redis.log')
  const child = startChild({ name: 'Redis', argv: [program, ...where, ...keeping], log })

  let gone = false
  void child.ended.then(() => (gone = true))
  const deadline = Date.now() + 10_000
  while (!(await answersPing(port))) {
    if (gone || Date.now() > deadline) {
      await child.stop()
      throw new Error(`Redis (${program}) did not start:\n${lastLines(log)}`)
    }
    await pause(20)
  }
  return { url: `redis://127.0.0.1:${port}`, child }
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.setTimeout(500, () => socket.destroy())
    socket.once('data', (data) => {
      resolve(data.toString().startsWith('+PONG'))
      socket.destroy()
    })
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })
}
