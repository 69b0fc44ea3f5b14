import type { Client, ClientChannel } from 'ssh2'

/** An open, authenticated connection to one host; it holds the connections of its jump hosts and closes them with itself. */
export class HostConnection {
  readonly host: string
  /** Fingerprint of the key that the host showed. */
  readonly fingerprint: string
  /** Settles when the connection is gone, with the reason in words. */
  readonly lost: Promise<string>
  #open = true
  readonly #client: Client
  readonly #jump: HostConnection | null

  constructor(host: string, shown: string, client: Client, jump: HostConnection | null) {
    this.host = host
    this.fingerprint = shown
    this.#client = client
    this.#jump = jump
    this.lost = new Promise((resolve) => {
      const gone = (why: string) => {
        this.#open = false
        jump?.close()
        resolve(why)
      }
      // ssh2 goes on to emit errors after the login; without a listener each would end the process.
      client.on('error', (error) => gone(`connection to ${host} lost: ${error.message}`))
      client.on('close', () => gone(`connection to ${host} lost`))
    })
  }

  get isOpen(): boolean {
    return this.#open
  }

  /** Starts a command; its channel has stdout as itself and stderr beside. */
  exec(command: string): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      if (!this.#open) reject(new Error(`connection to ${this.host} is closed`))
      else this.#client.exec(command, (error, channel) => (error ? reject(error) : resolve(channel)))
    })
  }

  /** A connection from this host to another one. */
  forward(address: string, port: number): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      this.#client.forwardOut('127.0.0.1', 0, address, port, (error, channel) =>
        error ? reject(error) : resolve(channel),
      )
    })
  }

  close(): void {
    this.#open = false
    this.#client.end()
    // A host that hangs never answers the farewell; its socket must not keep the process alive.
    setTimeout(() => this.#client.destroy(), 1000).unref()
    this.#jump?.close()
  }
}
