import type { Server } from 'node:http'

/** The port cannot be had; the message names it, where it is configured, and what to do. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError'
}

/** Where a server listens, and the name of the setting for the message. */
export interface ListenOn {
  readonly port: number
  readonly host: string
  /** "alerts.port in gatemedic.yml" */
  readonly setting: string
}

/** Resolves when the server listens; rejects with PortTakenError. */
export function listen(server: Server, { port, host, setting }: ListenOn): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is taken by another process' : `cannot be used (${error.code})`
      reject(
        new PortTakenError(`port ${port} on ${host} ${why}: change ${setting}, or stop what uses it`, { cause: error }),
      )
    })
    server.listen(port, host, resolve)
  })
}

/** Stops listening at once and drops idle connections; requests under way are answered. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}
