import type { Server } from 'node:http'

/** Listens on loopback only; gives "127.0.0.1:port". Rejects with the system's error when the port is taken. */
export function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const bound = server.address()
      resolve(`127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : port}`)
    })
  })
}

/** Ends when the port is free; open connections are cut. */
export function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
