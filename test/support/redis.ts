import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './until.ts'

export interface TestRedis {
  readonly url: string
  readonly port: number
  /** Ends the server as a crash would and starts it again on the same port and data. */
  readonly restart: () => Promise<void>
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
  readonly pid: () => number
  readonly stop: () => Promise<void>
}

/** How a write gets to disk: before it is answered, within a second, never. */
export type Durability = 'always' | 'everysec' | 'none'

/** A real redis-server of its own on a temporary folder; every write is on disk before it is answered, where nothing else is said. */
export async function startRedis(durability: Durability = 'always'): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'gatemedic-redis-'))
  const port = await freePort()
  let child: ChildProcess | null = null

  async function start(): Promise<void> {
    const options = [
      '--port',
      `${port}`,
      '--bind',
      '127.0.0.1',
      '--dir',
      directory,
      '--save',
      '',
      '--appendonly',
      durability === 'none' ? 'no' : 'yes',
      '--appendfsync',
      durability === 'none' ? 'always' : durability,
    ]
    child = spawn('redis-server', [...options, '--loglevel', 'warning'], { stdio: 'ignore' })
    const failed = new Promise<never>((_resolve, reject) => child?.once('error', reject))
    await Promise.race([failed, until('redis answers', () => answersPing(port))])
  }
  async function kill(): Promise<void> {
    const running = child
    child = null
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()))
    running.kill('SIGKILL')
    await ended
  }

  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    kill,
    pid: () => child?.pid ?? 0,
    restart: async () => {
      await kill()
      await start()
    },
    stop: async () => {
      await kill()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
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
