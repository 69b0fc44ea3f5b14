import { spawn } from 'node:child_process'
import { timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import ssh2, { type AuthContext, type Connection, type ServerChannel } from 'ssh2'

/** A command as the SSH server got it, with all of its stdin. */
export interface Order {
  readonly user: string
  readonly command: string
  readonly script: string
  /** Fires when the client has closed the channel or the connection. */
  readonly gone: AbortSignal
}

export interface Output {
  readonly stdout: (bytes: Buffer | string) => void
  readonly stderr: (bytes: Buffer | string) => void
}

/** Answers a command: writes output and gives the exit code. */
export type Answer = (order: Order, output: Output) => Promise<number>

export interface SshServerOptions {
  readonly answer: Answer
  /** Public keys that may log in, by user: "ssh-ed25519 AAAA...". */
  readonly users: Readonly<Record<string, string>>
  readonly port?: number
}

export interface SshServer {
  readonly port: number
  /** The host key to pin: "ssh-ed25519 AAAA...". */
  readonly hostKey: string
  readonly close: () => Promise<void>
  /** Breaks all connections at once, as a crashed host would. */
  readonly drop: () => void
}

export interface KeyPair {
  readonly private: string
  readonly public: string
}

/** A fresh ed25519 pair in OpenSSH's format. */
export function newKeyPair(): KeyPair {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519')
    // ssh2 now and then writes a pair that it cannot read back; such a pair is thrown away.
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair
  }
}

/** An SSH server on the loopback interface with a fresh host key; it knows exec with stdin, and nothing else. */
export async function startSshServer(options: SshServerOptions): Promise<SshServer> {
  const key = newKeyPair()
  const open = new Set<Connection>()
  const server = new ssh2.Server({ hostKeys: [key.private] }, (client) => {
    open.add(client)
    let user = ''
    client.on('authentication', (context) => {
      user = context.username
      if (mayLogIn(context, options.users[context.username])) context.accept()
      else context.reject(['publickey'])
    })
    client.on('session', (accept) => {
      accept().on('exec', (acceptExec, _reject, { command }) => void serve(acceptExec(), user, command, options.answer))
    })
    client.on('error', () => open.delete(client))
    client.on('close', () => open.delete(client))
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the SSH server has no TCP port')
  const { port } = address
  const drop = () => {
    for (const client of open) client.end()
    open.clear()
  }
  return {
    port,
    hostKey: key.public.split(' ').slice(0, 2).join(' '),
    drop,
    close: async () => {
      drop()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function mayLogIn(context: AuthContext, allowed: string | undefined): boolean {
  if (context.method !== 'publickey' || allowed === undefined) return false
  const key = ssh2.utils.parseKey(allowed)
  if (key instanceof Error) return false
  const expected = key.getPublicSSH()
  if (expected.length !== context.key.data.length || !timingSafeEqual(expected, context.key.data)) return false
  if (!context.signature || !context.blob) return true
  // Typed as boolean, but ssh2 answers some failures with an Error.
  const verified: unknown = key.verify(context.blob, context.signature, context.hashAlgo)
  return verified === true
}

async function serve(channel: ServerChannel, user: string, command: string, answer: Answer): Promise<void> {
  const left = new AbortController()
  channel.on('close', () => left.abort())
  channel.on('error', () => left.abort())
  const script = await readAll(channel)
  const output: Output = {
    stdout: (bytes) => void (left.signal.aborted || channel.write(bytes)),
    stderr: (bytes) => void (left.signal.aborted || channel.stderr.write(bytes)),
  }
  const code = await answer({ user, command, script, gone: left.signal }, output).catch((error: unknown) => {
    output.stderr(`${String(error)}\n`)
    return 255
  })
  if (left.signal.aborted) return
  channel.exit(code)
  channel.end()
}

async function readAll(channel: ServerChannel): Promise<string> {
  const chunks: Buffer[] = []
  channel.on('data', (chunk: Buffer) => chunks.push(chunk))
  await Promise.race([once(channel, 'end'), once(channel, 'close')])
  return Buffer.concat(chunks).toString('utf8')
}

/** Really runs the command on this machine, as sshd would: through a shell, with the script on stdin. */
export function runHere(environment: NodeJS.ProcessEnv = process.env): Answer {
  return async (order, output) => {
    const child = spawn('/bin/sh', ['-c', order.command], { env: environment, stdio: 'pipe' })
    child.stdout.on('data', output.stdout)
    child.stderr.on('data', output.stderr)
    // The client that goes away takes the pipes with it, so that the script ends at its next output.
    order.gone.addEventListener('abort', () => {
      child.stdout.destroy()
      child.stderr.destroy()
    })
    child.stdin.on('error', () => {})
    child.stdin.end(order.script)
    return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 255)))
  }
}
