import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort, noOpenSsh, type OpenSshd, startOpenSshd } from '../support/open-sshd.ts'
import { expectPlainWords, npmCli, type Said } from './npm-cli.ts'

describe.skipIf(noOpenSsh)(
  `diagnose of a host that cannot be looked at${noOpenSsh ? ` (left out: ${noOpenSsh})` : ''}`,
  { timeout: 60_000 },
  () => {
    let sshd: OpenSshd
    let stranger: OpenSshd
    let stuck: OpenSshd
    const silent = createServer(() => {})

    beforeAll(async () => {
      ;[sshd, stranger, stuck] = await Promise.all([
        startOpenSshd(),
        startOpenSshd(),
        startOpenSshd({ config: 'ForceCommand exec sleep 120' }),
      ])
      await listening(silent)
    })

    afterAll(async () => {
      silent.close()
      await Promise.all([sshd, stranger, stuck].map((server) => server.stop()))
    })

    test('that is not in the inventory: names the nearest, asks nobody', async () => {
      const said = await diagnose('wbe-1', {})

      expectPlainWords(said)
      expect(said).toMatchObject({ exitCode: 2, stdout: '' })
      expect(said.stderr).toMatch(/^gatemedic: .*wbe-1.*Nearest: web-1.*\n$/)
    })

    test('where nothing listens: says refused, with address and port', async () => {
      const port = await freePort()

      const said = await diagnose('web-1', { port })

      expectUnreachable(said, 'refused')
      expect(said.stdout).toContain(`127.0.0.1:${port}`)
    })

    test('whose name does not resolve: says dns', async () => {
      const said = await diagnose('web-1', { address: 'web-1.invalid' })

      expectUnreachable(said, 'dns')
      expect(said.stdout).toContain('web-1.invalid')
    })

    test('whose sshd accepts and says nothing: says timeout, and ends', async () => {
      const address = silent.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0

      const said = await diagnose('web-1', { port })

      expectUnreachable(said, 'timeout')
    })

    test('whose login is refused to this key: says auth, and names user and key', async () => {
      const said = await diagnose('web-1', { identityFile: stranger.identityFile })

      expectUnreachable(said, 'auth')
      expect(said.stdout).toContain(stranger.identityFile)
      expect(said.stdout).toContain(sshd.user)
    })

    test('that shows another host key: says host-key, with the fingerprint seen and the one expected', async () => {
      const said = await diagnose('web-1', { hostKey: stranger.hostKeys.ed25519 })

      expectUnreachable(said, 'host-key')
      expect(new Set(said.stdout.replaceAll(/\s+/g, ' ').match(/SHA256:[\w+/]{43}/g)).size).toBe(2)
    })

    test('whose host key is pinned nowhere: is refused as well', async () => {
      const said = await diagnose('web-1', { hostKey: undefined, knownHosts: '/dev/null' })

      expectUnreachable(said, 'host-key')
    })

    test('whose key file is not there: names the file', async () => {
      const said = await diagnose('web-1', { identityFile: join(sshd.dir, 'no-such-key') })

      expectUnreachable(said, 'auth')
      expect(said.stdout).toContain('no-such-key')
    })

    test('that lets in and then hangs: ends within the budget, and calls nothing healthy', async () => {
      const { port, identityFile, hostKeys } = stuck

      const said = await diagnose('web-1', { port, identityFile, hostKey: hostKeys.ed25519 })

      expectPlainWords(said)
      expect(said.exitCode).toBe(0)
      expect(said.stdout).toMatch(/^cannot tell$/m)
      expect(said.stdout).toContain('no answer')
    })

    /** Diagnoses with an inventory of web-1 as it should be but for `fields`. */
    async function diagnose(target: string, fields: Readonly<Record<string, unknown>>): Promise<Said> {
      const { port, user, identityFile, hostKeys, dir } = sshd
      const entry = { address: '127.0.0.1', port, user, identityFile, hostKey: hostKeys.ed25519, ...fields }
      const file = join(dir, 'hosts.yml')
      writeFileSync(file, stringify({ hosts: { 'web-1': entry } }, { lineWidth: 0 }))
      return npmCli(['diagnose', target, '--inventory', file])
    }
  },
)

function expectUnreachable(said: Said, reason: string): void {
  expectPlainWords(said)
  expect(said.exitCode).toBe(3)
  expect(said.stdout).toMatch(/^web-1\b/)
  expect(said.stdout).toContain(`unreachable (${reason})`)
  expect(said.stdout.match(/^Next: \S/gm)?.length).toBe(1)
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
}
