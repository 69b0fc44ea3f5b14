import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const sshd = '/usr/sbin/sshd'

/** Why the tests with a real OpenSSH server cannot run here, or null. */
export const noOpenSsh = existsSync(sshd) ? null : 'openssh-server is not installed'

export interface OpenSshd {
  readonly port: number
  readonly user: string
  /** Folder that holds `id` (the client's key), `id.pub`, `authorized_keys` and the host keys. */
  readonly dir: string
  readonly identityFile: string
  /** "ssh-ed25519 AAAA..." and "ssh-rsa AAAA...". */
  readonly hostKeys: { readonly ed25519: string; readonly rsa: string }
  /** Process ids of the sshd processes that serve connections. */
  readonly sessions: () => Promise<readonly number[]>
  readonly stop: () => Promise<void>
}

const run = promisify(execFile)

/** An OpenSSH server of our own on a loopback port, for the user who runs the tests. */
export async function startOpenSshd(
  options: { readonly config?: string; readonly hostKeyTypes?: readonly string[] } = {},
): Promise<OpenSshd> {
  const dir = await mkdtemp(join(tmpdir(), 'gatemedic-sshd-'))
  const keygen = (type: string, file: string) =>
    run('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', '', '-f', join(dir, file)])
  await Promise.all([keygen('ed25519', 'id'), keygen('ed25519', 'host_ed25519'), keygen('rsa', 'host_rsa')])
  await writeFile(join(dir, 'authorized_keys'), await readFile(join(dir, 'id.pub')))
  const port = await freePort()
  const keys = (options.hostKeyTypes ?? ['ed25519', 'rsa']).map((type) => `HostKey ${join(dir, `host_${type}`)}`)
  // As root sshd insists on its privilege separation directory.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 })
  const config = `Port ${port}
ListenAddress 127.0.0.1
${keys.join('\n')}
PidFile none
AuthorizedKeysFile ${join(dir, 'authorized_keys')}
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
${options.config ?? ''}
`
  await writeFile(join(dir, 'sshd_config'), config)
  const child = spawn(sshd, ['-D', '-e', '-f', join(dir, 'sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] })
  await untilListening(port, child)
  const key = async (type: string) => (await readFile(join(dir, `host_${type}.pub`), 'utf8')).trim()
  return {
    port,
    user: userInfo().username,
    dir,
    identityFile: join(dir, 'id'),
    hostKeys: { ed25519: await key('ed25519'), rsa: await key('rsa') },
    sessions: async () => {
      const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
      return children.split(' ').filter(Boolean).map(Number)
    },
    async stop() {
      const ended = child.exitCode === null ? once(child, 'exit') : null
      child.kill()
      await ended
      await rm(dir, { recursive: true, force: true })
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no TCP port')
  return address.port
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const deadline = Date.now() + 10_000
  while (Date.now() < deadline && child.exitCode === null) {
    const answered = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`sshd did not start: ${said}`)
}
