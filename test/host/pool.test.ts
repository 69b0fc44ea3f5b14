import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collect } from '../../src/host/collect.ts'
import { connect } from '../../src/host/connect.ts'
import type { HostConnection } from '../../src/host/connection.ts'
import { createPool, type Pool } from '../../src/host/pool.ts'
import { type SshHost, startSshHost } from '../support/ssh-host.ts'
import { question } from './question.ts'

describe('the pool', () => {
  let host: SshHost
  let pool: Pool
  const opened: HostConnection[] = []
  beforeEach(async () => {
    host = await startSshHost()
    opened.length = 0
    pool = newPool(60_000)
  })
  afterEach(async () => {
    await pool.close()
    await host.close()
  })

  function newPool(idleMs: number): Pool {
    return createPool(
      () => host.inventory,
      { idleMs, budgetMs: 5000 },
      async (name, inventory, options) => {
        const connection = await connect(name, inventory, options)
        opened.push(connection)
        return connection
      },
    )
  }

  it('gives two users of a host the same connection, also at the same time', async () => {
    const both = await Promise.all([pool.withConnection('web-1', echo), pool.withConnection('web-1', echo)])
    const later = await pool.withConnection('web-1', echo)

    expect([...both, later].map(([capture]) => capture?.stdout)).toEqual(['on\n', 'on\n', 'on\n'])
    expect(opened).toHaveLength(1)
  })

  it('replaces a connection that broke', async () => {
    await pool.withConnection('web-1', echo)
    host.server.drop()
    await opened[0]?.lost

    const [capture] = await pool.withConnection('web-1', echo)

    expect(capture?.stdout).toBe('on\n')
    expect(opened).toHaveLength(2)
  })

  it('connects anew, and closes what was open, when the inventory was read again', async () => {
    let listed = host.inventory
    const reading = createPool(
      () => listed,
      { idleMs: 60_000, budgetMs: 5000 },
      async (name, inventory, options) => {
        const connection = await connect(name, inventory, options)
        opened.push(connection)
        return connection
      },
    )
    await reading.withConnection('web-1', echo)

    listed = { hosts: new Map(host.inventory.hosts) }
    await reading.withConnection('web-1', echo)
    await opened[0]?.lost

    expect(opened.map(({ isOpen }) => isOpen)).toEqual([false, true])
    await reading.close()
  })

  it('closes a connection that nobody has used for a while', async () => {
    const short = newPool(10)
    await short.withConnection('web-1', echo)

    const why = await opened[0]?.lost

    expect(why).toContain('web-1')
    expect(opened[0]?.isOpen).toBe(false)
  })

  it('keeps a connection that is in use although the idle time is over', async () => {
    const short = newPool(10)

    const captures = await short.withConnection('web-1', (connection) =>
      collect(connection, [question('s', 'sleep 0.3; echo on')], { host: 'web-1', seconds: 5 }),
    )
    await short.close()

    expect(captures[0]?.stdout).toBe('on\n')
  })

  it('tells every user that a host cannot be reached, and tries anew the next time', async () => {
    await host.server.close()

    const first = await pool.withConnection('web-1', echo).catch((error: unknown) => error)
    const second = await pool.withConnection('web-1', echo).catch((error: unknown) => error)

    expect(first).toMatchObject({ reason: 'refused' })
    expect(second).toMatchObject({ reason: 'refused' })
    expect(second).not.toBe(first)
  })

  it('lets one user give up without taking the connection from another', async () => {
    const stop = new AbortController()
    const impatient = pool.withConnection('web-1', echo, stop.signal).catch((error: unknown) => error)
    const patient = pool.withConnection('web-1', echo)
    stop.abort(new Error('enough'))

    expect(await impatient).toMatchObject({ message: 'enough' })
    expect((await patient)[0]?.stdout).toBe('on\n')
  })

  it('closes what is open', async () => {
    await pool.withConnection('web-1', echo)
    await pool.close()

    expect(opened.map(({ isOpen }) => isOpen)).toEqual([false])
  })
})

function echo(connection: HostConnection) {
  return collect(connection, [question('e', 'echo on')], { host: 'web-1', seconds: 5 })
}
