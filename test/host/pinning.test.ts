import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect } from '../../src/host/collect.ts'
import { connect } from '../../src/host/connect.ts'
import { fingerprint, parseHostKey } from '../../src/host/host-key.ts'
import { HostKeyError } from '../../src/host/unreachable.ts'
import { noOpenSsh, type OpenSshd, startOpenSshd } from '../support/open-sshd.ts'
import { inventoryOf } from '../support/ssh-host.ts'
import { question } from './question.ts'

const run = promisify(execFile)

describe.skipIf(noOpenSsh)(`host keys of a real sshd${noOpenSsh ? ` (left out: ${noOpenSsh})` : ''}`, () => {
  let sshd: OpenSshd
  beforeAll(async () => {
    sshd = await startOpenSshd()
  })
  afterAll(() => sshd.stop())

  function open(fields: Readonly<Record<string, unknown>>) {
    const { port, user, identityFile } = sshd
    return connect('web-1', inventoryOf({ port, user, identityFile, ...fields }), { budgetMs: 8000 })
  }

  async function knownHosts(name: string, text: string): Promise<string> {
    const path = join(sshd.dir, name)
    await writeFile(path, text)
    return path
  }

  it('connects with the key pinned in the inventory and runs a batch', async () => {
    const connection = await open({ hostKey: sshd.hostKeys.ed25519 })
    const [capture] = await collect(connection, [question('who', 'id -un')], { host: 'web-1', seconds: 5 })
    connection.close()

    expect(capture).toMatchObject({ probe: 'who', host: 'web-1', exitCode: 0, stdout: `${sshd.user}\n`, stderr: '' })
  })

  it('connects with an RSA key pinned although the host prefers another type', async () => {
    const connection = await open({ hostKey: sshd.hostKeys.rsa })
    connection.close()

    expect(connection.fingerprint).toBe(fingerprint(parseHostKey(sshd.hostKeys.rsa)?.blob ?? Buffer.alloc(0)))
  })

  it('refuses a changed key and names both fingerprints', async () => {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(sshd.dir, 'other')])
    const other = (await readFile(join(sshd.dir, 'other.pub'), 'utf8')).trim()

    const error = await open({ hostKey: other }).catch((caught: unknown) => caught)

    expect(error).toBeInstanceOf(HostKeyError)
    expect(error).toMatchObject({
      reason: 'host-key',
      seen: `ssh-ed25519 ${fingerprint(parseHostKey(sshd.hostKeys.ed25519)?.blob ?? Buffer.alloc(0))}`,
      expected: [`ssh-ed25519 ${fingerprint(parseHostKey(other)?.blob ?? Buffer.alloc(0))}`],
    })
  })

  it('refuses a host without a key of the pinned type and shows the key that it has', async () => {
    await run('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', join(sshd.dir, 'ecdsa')])
    const other = (await readFile(join(sshd.dir, 'ecdsa.pub'), 'utf8')).trim()

    const error = await open({ hostKey: other }).catch((caught: unknown) => caught)

    expect(error).toMatchObject({ reason: 'host-key', seen: expect.stringMatching(/^ssh-ed25519 SHA256:/) })
  })

  it('refuses a host that no known_hosts line names, and says which key it shows', async () => {
    const path = await knownHosts('empty', `[127.0.0.1]:22222 ${sshd.hostKeys.ed25519}\n`)

    const error = await open({ knownHosts: path }).catch((caught: unknown) => caught)

    expect(error).toMatchObject({ reason: 'host-key', expected: [], seen: expect.stringContaining('SHA256:') })
  })

  it('finds the key in a hashed known_hosts file', async () => {
    const path = await knownHosts('hashed', `[127.0.0.1]:${sshd.port} ${sshd.hostKeys.ed25519}\n`)
    await run('ssh-keygen', ['-H', '-f', path])

    const connection = await open({ knownHosts: path })
    connection.close()

    expect(await readFile(path, 'utf8')).toMatch(/^\|1\|/)
  })

  it('refuses a revoked key although it is also listed as good', async () => {
    const entry = `[127.0.0.1]:${sshd.port} ${sshd.hostKeys.ed25519}\n`
    const path = await knownHosts('revoked', `${entry}@revoked ${entry}`)

    const error = await open({ knownHosts: path }).catch((caught: unknown) => caught)

    expect(error).toMatchObject({ reason: 'host-key', message: expect.stringContaining('revoked') })
  })

  it('says that host certificates are not supported where only an authority is listed', async () => {
    const path = await knownHosts('authority', `@cert-authority [127.0.0.1]:${sshd.port} ${sshd.hostKeys.rsa}\n`)

    const error = await open({ knownHosts: path }).catch((caught: unknown) => caught)

    expect(error).toMatchObject({ reason: 'host-key', next: expect.stringContaining('certificates are not supported') })
  })
})
