import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect } from '../../src/host/collect.ts'
import { connect } from '../../src/host/connect.ts'
import { parseInventory } from '../../src/host/inventory.ts'
import { freePort, noOpenSsh, type OpenSshd, startOpenSshd } from '../support/open-sshd.ts'
import { inventoryOf, type SshHost, startSshHost } from '../support/ssh-host.ts'
import { question } from './question.ts'

const run = promisify(execFile)

describe('a host that cannot be reached', () => {
  let host: SshHost
  beforeAll(async () => {
    host = await startSshHost()
  })
  afterAll(() => host.close())

  const path = (name: string) => join(host.identityFile, '..', name)

  function open(fields: Readonly<Record<string, unknown>>, budgetMs = 8000) {
    const { identityFile } = host
    const hostKey = host.server.hostKey
    const inventory = inventoryOf({ port: host.server.port, identityFile, hostKey, ...fields })
    return connect('web-1', inventory, { budgetMs }).catch((error: unknown) => error)
  }

  it('is told as refused when nothing listens on the port', async () => {
    const error = await open({ port: await freePort() })

    expect(error).toMatchObject({ reason: 'refused', host: 'web-1', next: expect.stringContaining('sshd') })
  })

  it('is told as a name that cannot be resolved', async () => {
    const error = await open({ address: 'no-such-host.invalid' })

    expect(error).toMatchObject({ reason: 'dns', message: expect.stringContaining('no-such-host.invalid') })
  })

  it('is told as a time-out when it takes the connection and says nothing', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    const port = typeof address === 'object' ? address?.port : 0

    const error = await open({ port }, 300)
    silent.close()

    expect(error).toMatchObject({ reason: 'timeout', next: expect.stringContaining('hanging sshd') })
  })

  it('is told as refused when something else than sshd answers', async () => {
    const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1')
    await once(web, 'listening')
    const address = web.address()

    const error = await open({ port: typeof address === 'object' ? address?.port : 0 })
    web.close()

    expect(error).toMatchObject({ reason: 'refused', message: expect.stringContaining('SSH handshake') })
  })

  it('names user and key when the login is refused, and the line that is missing', async () => {
    const error = await open({ user: 'nobody-we-know' })

    expect(error).toMatchObject({
      reason: 'auth',
      message: expect.stringMatching(/nobody-we-know with ssh-ed25519 SHA256:/),
      next: expect.stringMatching(/ssh-ed25519 AAAA/),
    })
  })

  it('says why a key file cannot be used, and the way round', async () => {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'secret', '-f', path('locked')])
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path('ca')])
    await copyFile(path('locked.pub'), path('certified.pub'))
    await run('ssh-keygen', ['-q', '-s', path('ca'), '-I', 'medic', '-n', 'medic', path('certified.pub')])
    const body = Buffer.from('openssh-key-v1\0....sk-ssh-ed25519@openssh.com....').toString('base64')
    await writeFile(path('sk'), `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----\n`)

    const locked = await open({ identityFile: path('locked') })
    const certificate = await open({ identityFile: path('certified-cert.pub') })
    const publicKey = await open({ identityFile: path('locked.pub') })
    const securityKey = await open({ identityFile: path('sk') })
    const missing = await open({ identityFile: path('none') })

    expect(locked).toMatchObject({ reason: 'auth', message: expect.stringContaining('passphrase') })
    expect(locked).toMatchObject({ next: expect.stringContaining('agent: true') })
    expect(certificate).toMatchObject({ reason: 'auth', message: expect.stringContaining('certificate') })
    expect(publicKey).toMatchObject({ reason: 'auth', message: expect.stringContaining('public key') })
    expect(securityKey).toMatchObject({ reason: 'auth', message: expect.stringContaining('security key') })
    expect(missing).toMatchObject({ reason: 'auth', message: expect.stringContaining('no such file') })
  })

  it('says that a certificate beside the key was not used when the plain key is refused', async () => {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path('plain')])
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path('authority')])
    await run('ssh-keygen', ['-q', '-s', path('authority'), '-I', 'medic', '-n', 'medic', path('plain.pub')])

    const error = await open({ identityFile: path('plain') })

    expect(error).toMatchObject({ reason: 'auth', next: expect.stringContaining('certificates are not supported') })
  })

  it('says that no agent runs where agent: true is set', async () => {
    const before = process.env['SSH_AUTH_SOCK']
    delete process.env['SSH_AUTH_SOCK']

    const error = await connect(
      'web-1',
      inventoryOf({ port: host.server.port, agent: true, hostKey: host.server.hostKey }),
      { budgetMs: 3000 },
    ).catch((caught: unknown) => caught)
    if (before !== undefined) process.env['SSH_AUTH_SOCK'] = before

    expect(error).toMatchObject({ reason: 'auth', message: expect.stringContaining('SSH_AUTH_SOCK') })
  })

  it('is told as a shell that runs nothing, with its own words', async () => {
    const closed = await startSshHost((_order, output) => {
      output.stdout('This account is currently not available.\n')
      return Promise.resolve(1)
    })
    const connection = await connect('web-1', closed.inventory, { budgetMs: 5000 })

    const error = await collect(connection, [question('who', 'id')], { host: 'web-1', seconds: 5 }).catch(
      (caught: unknown) => caught,
    )
    connection.close()
    await closed.close()

    expect(error).toMatchObject({ reason: 'shell', message: expect.stringContaining('not available') })
  })

  it('is given up at once when the caller stops', async () => {
    const stop = new AbortController()
    stop.abort()

    const { inventory } = host
    const error = await connect('web-1', inventory, { budgetMs: 5000, signal: stop.signal }).catch(
      (caught: unknown) => caught,
    )

    expect(error).toMatchObject({ reason: 'timeout' })
  })
})

describe.skipIf(noOpenSsh)(`a host behind a jump host${noOpenSsh ? ` (left out: ${noOpenSsh})` : ''}`, () => {
  let bastion: OpenSshd
  let target: OpenSshd
  let closed: OpenSshd
  beforeAll(async () => {
    ;[bastion, target, closed] = await Promise.all([
      startOpenSshd(),
      startOpenSshd(),
      startOpenSshd({ config: 'AllowTcpForwarding no' }),
    ])
  })
  afterAll(() => Promise.all([bastion.stop(), target.stop(), closed.stop()]))

  it('is asked through two hops, each pinned', async () => {
    const connection = await openBehind({
      outer: entry(bastion),
      inner: entry(bastion, { via: 'outer' }),
      'web-1': entry(target, { via: 'inner' }),
    })
    const [capture] = await collect(connection, [question('port', 'echo "$SSH_CONNECTION"')], {
      host: 'web-1',
      seconds: 5,
    })
    connection.close()

    expect(capture?.stdout.trim().split(' ').at(-1)).toBe(String(target.port))
  })

  it('is refused when the jump host shows another key', async () => {
    const error = await openBehind({
      bastion: entry(bastion, { hostKey: target.hostKeys.ed25519 }),
      'web-1': entry(target, { via: 'bastion' }),
    }).catch((caught: unknown) => caught)

    expect(error).toMatchObject({
      host: 'web-1',
      reason: 'host-key',
      message: expect.stringContaining('bastion shows'),
    })
  })

  it('is refused when the host behind shows another key', async () => {
    const error = await openBehind({
      bastion: entry(bastion),
      'web-1': entry(target, { via: 'bastion', hostKey: bastion.hostKeys.ed25519 }),
    }).catch((caught: unknown) => caught)

    expect(error).toMatchObject({ host: 'web-1', reason: 'host-key', seen: expect.stringContaining('SHA256:') })
  })

  it('names the jump host that is down', async () => {
    const error = await openBehind({
      bastion: entry(bastion, { port: await freePort() }),
      'web-1': entry(target, { via: 'bastion' }),
    }).catch((caught: unknown) => caught)

    expect(error).toMatchObject({ reason: 'jump-host', message: expect.stringContaining('bastion') })
  })

  it('tells a jump host that forbids forwarding from a host behind it that is down', async () => {
    const forbidden = await openBehind({ bastion: entry(closed), 'web-1': entry(target, { via: 'bastion' }) }).catch(
      (caught: unknown) => caught,
    )
    const down = await openBehind({
      bastion: entry(bastion),
      'web-1': entry(target, { via: 'bastion', port: await freePort() }),
    }).catch((caught: unknown) => caught)

    expect(forbidden).toMatchObject({ reason: 'jump-host', next: expect.stringContaining('AllowTcpForwarding') })
    expect(down).toMatchObject({ reason: 'refused' })
  })
})

function entry(sshd: OpenSshd, fields: Readonly<Record<string, unknown>> = {}) {
  const { port, user, identityFile, hostKeys } = sshd
  return { address: '127.0.0.1', port, user, identityFile, hostKey: hostKeys.ed25519, ...fields }
}

function openBehind(hosts: Readonly<Record<string, unknown>>) {
  return connect('web-1', parseInventory(JSON.stringify({ hosts }), 'test.yml'), { budgetMs: 8000 })
}
