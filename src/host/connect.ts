import type { Socket } from 'node:net'
import { NodeSSH } from 'node-ssh'
import type { ClientChannel } from 'ssh2'
import { HostConnection } from './connection.ts'
import { dial } from './dial.ts'
import { fingerprint } from './host-key.ts'
import { type Identity, identityOf } from './identity.ts'
import type { Inventory, InventoryHost } from './inventory.ts'
import { accepts, type Pin, pinOf, refusal } from './pinned-keys.ts'
import { behindJump, duringLogin, jumpFailed, timeout } from './reasons.ts'
import { sshOptions } from './ssh-options.ts'

export interface ConnectOptions {
  readonly signal?: AbortSignal
  /** Milliseconds for everything from name resolution to the end of the login, jump hosts included. */
  readonly budgetMs: number
  /** Logs in as somebody else than the inventory's read user: the act user. Without a key of its own it has the read user's. */
  readonly as?: { readonly user: string; readonly identityFile?: string | undefined }
}

interface Login {
  readonly host: InventoryHost
  readonly pin: Pin
  readonly identity: Identity
  readonly jump: HostConnection | null
  readonly signal: AbortSignal
}

/** Connects to a host of the inventory, through its jump hosts if any. Throws HostUnreachableError or HostKeyError. */
export async function connect(name: string, inventory: Inventory, options: ConnectOptions): Promise<HostConnection> {
  const listed = inventory.hosts.get(name)
  if (!listed) throw new RangeError(`${name} is not a host of the inventory`)
  const host = options.as ? actingHost(listed, options.as) : listed
  const budget = AbortSignal.timeout(options.budgetMs)
  const signal = options.signal ? AbortSignal.any([options.signal, budget]) : budget
  const [pin, identity] = await Promise.all([pinOf(host), identityOf(host)])
  const jump = host.via === undefined ? null : await connectJump(host, host.via, inventory, options.budgetMs, signal)
  try {
    return await login({ host, pin, identity, jump, signal })
  } catch (error) {
    jump?.close()
    throw error
  }
}

function actingHost(host: InventoryHost, as: NonNullable<ConnectOptions['as']>): InventoryHost {
  return { ...host, user: as.user, ...(as.identityFile === undefined ? {} : { identityFile: as.identityFile }) }
}

async function connectJump(
  host: InventoryHost,
  via: string,
  inventory: Inventory,
  budgetMs: number,
  signal: AbortSignal,
) {
  try {
    return await connect(via, inventory, { budgetMs, signal })
  } catch (error) {
    throw jumpFailed(host, via, error)
  }
}

async function login(to: Login): Promise<HostConnection> {
  const first = await attempt(to, to.pin)
  if (first.connection) return first.connection
  // The host has no key of the pinned type. A second handshake, which is always refused, learns which key it does have.
  const again = first.noCommonKey ? await attempt(to, { ...to.pin, keys: [] }) : first
  if (again.seen || first.noCommonKey) throw refusal(to.host, to.pin, again.seen)
  throw duringLogin(to.host, to.identity, first.error)
}

interface Attempt {
  readonly connection: HostConnection | null
  /** The refused key. */
  readonly seen: Buffer | null
  readonly noCommonKey: boolean
  readonly error: unknown
}

async function attempt({ host, identity, jump, signal }: Login, pin: Pin): Promise<Attempt> {
  const socket = await open(host, jump, signal)
  const hangUp = () => socket.destroy()
  signal.addEventListener('abort', hangUp)
  let seen: Buffer | null = null
  const ssh = new NodeSSH()
  try {
    const ready = ssh.connect({
      sock: socket,
      ...sshOptions(host.user, identity, pin),
      hostVerifier: (key: Buffer) => accepts(pin, (seen = Buffer.from(key))),
    })
    const client = ssh.connection
    // ssh2 goes on to emit errors after the first one; without a listener each would end the process.
    client?.on('error', () => {})
    await ready
    if (!client || !seen) throw new Error('the connection closed at once')
    const connection = new HostConnection(host.name, fingerprint(seen), client, jump)
    return { connection, seen: null, noCommonKey: false, error: null }
  } catch (error) {
    socket.destroy()
    if (signal.aborted) throw timeout(host, 'took the connection but did not finish the SSH login in time', error)
    const refusedKey: Buffer | null = seen !== null && !accepts(pin, seen) ? seen : null
    return { connection: null, seen: refusedKey, noCommonKey: /no matching host key/i.test(String(error)), error }
  } finally {
    signal.removeEventListener('abort', hangUp)
  }
}

async function open(
  host: InventoryHost,
  jump: HostConnection | null,
  signal: AbortSignal,
): Promise<Socket | ClientChannel> {
  if (!jump) return dial(host, signal)
  const gaveUp = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(timeout(host, `did not answer in time (via ${jump.host})`)), {
      once: true,
    })
  })
  return Promise.race([jump.forward(host.address, host.port), gaveUp]).catch((error: unknown) => {
    throw behindJump(host, jump.host, error)
  })
}
