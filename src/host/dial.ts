import { connect, type Socket } from 'node:net'
import type { InventoryHost } from './inventory.ts'
import { duringDial, timeout } from './reasons.ts'

/**
 * A TCP connection with Nagle's algorithm off: ssh2 leaves it on, which costs four round trips at connect and 40 ms for each command.
 * Throws HostUnreachableError with the reason that the kernel or the resolver gave.
 */
export async function dial(host: InventoryHost, signal: AbortSignal): Promise<Socket> {
  if (signal.aborted) throw timeout(host, 'was not asked: the time was used up before', signal.reason)
  const socket = connect({ host: host.address, port: host.port, noDelay: true })
  return new Promise((resolve, reject) => {
    const stop = () => failed(timeout(host, 'did not answer in time', signal.reason))
    const failed = (error: Error) => {
      signal.removeEventListener('abort', stop)
      socket.destroy()
      reject(error)
    }
    socket.once('error', (error) => failed(duringDial(host, error)))
    signal.addEventListener('abort', stop)
    socket.once('connect', () => {
      signal.removeEventListener('abort', stop)
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}
