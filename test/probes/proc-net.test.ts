import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { sockets } from '../../src/probes/sockets.ts'
import { captureOf } from '../support/capture-of.ts'

const run = promisify(execFile)
// What an Alpine host has, and no ss.
const tools = mkdtempSync(join(tmpdir(), 'no-ss-'))
for (const tool of ['sh', 'awk', 'sed', 'ls', 'sort', 'id']) symlinkSync(join('/usr/bin', tool), join(tools, tool))

afterAll(() => {
  rmSync(tools, { recursive: true })
})

async function listening(host: string): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const place = server.address()
  if (place === null || typeof place === 'string') throw new Error('no TCP server')
  return { server, port: place.port }
}

async function seen() {
  const script = `as_root() { "$@"; }\n${sockets.script}`
  const { stdout } = await run('/bin/sh', ['-c', script], { env: { PATH: tools, LC_ALL: 'C' } })
  const fact = sockets.parse(captureOf('sockets', stdout))
  if (!fact.ok) throw new Error(fact.reason)
  return fact.value
}

describe.skipIf(process.platform !== 'linux')('sockets on a host without ss', () => {
  it('are read from the kernel’s tables: addresses of both families, and a connection', async () => {
    const four = await listening('127.0.0.1')
    const six = await listening('::1')
    const any = await listening('0.0.0.0')
    const client = connect(four.port, '127.0.0.1')
    try {
      await once(client, 'connect')
      const { listeners, connections, from } = await seen()
      const addressAt = (port: number) => listeners.filter((each) => each.port === port).map(({ address }) => address)

      expect(addressAt(four.port)).toEqual(['127.0.0.1'])
      expect(addressAt(six.port)).toEqual(['::1'])
      expect(addressAt(any.port)).toEqual(['0.0.0.0'])
      expect(connections).toContainEqual(
        expect.objectContaining({ state: 'ESTAB', peer: `127.0.0.1:${four.port}`, count: 1 }),
      )
      expect(listeners.every(({ sendQ }) => sendQ === null)).toBe(true)
      expect(from).toBe('/proc/net/tcp')
    } finally {
      client.destroy()
      for (const { server } of [four, six, any]) server.close()
    }
  })

  it.skipIf(process.getuid?.() !== 0)('have their owners for root', async () => {
    const { server, port } = await listening('127.0.0.1')
    try {
      const { listeners, ownersSeen } = await seen()

      expect(ownersSeen).toBe(true)
      expect(listeners.find((each) => each.port === port)?.owners.map(({ pid }) => pid)).toContain(process.pid)
    } finally {
      server.close()
    }
  })
})
