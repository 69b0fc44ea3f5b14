import { connect, type ConnectOptions } from './connect.ts'
import type { HostConnection } from './connection.ts'
import type { Inventory } from './inventory.ts'
import { createGate, orAborted } from './waiting.ts'

export interface PoolOptions {
  /** Milliseconds that an unused connection is kept. */
  readonly idleMs: number
  /** Milliseconds for a new connection. */
  readonly budgetMs: number
  /** Most connections that are being opened at a time: a bastion drops more than its MaxStartups (10 by default). */
  readonly maxOpening?: number
}

export interface Pool {
  /**
   * Runs `use` with a connection to the host. Users of the same host share one; a broken one is replaced. Throws HostUnreachableError
   * when none can be opened, otherwise what `use` throws.
   */
  readonly withConnection: <T>(
    host: string,
    use: (connection: HostConnection) => Promise<T>,
    signal?: AbortSignal,
  ) => Promise<T>
  /** Closes what is open and what is still being opened. */
  readonly close: () => Promise<void>
}

interface Slot {
  /** Address, user and key may be others by the one that is read next. */
  readonly inventory: Inventory
  readonly opening: Promise<HostConnection>
  users: number
  idle: NodeJS.Timeout | null
}

interface Taken {
  readonly slot: Slot
  readonly connection: HostConnection
}

/** Connections by host name. `open` is the function that connects; it is a parameter for the jobs that act as another user. */
export function createPool(
  inventory: () => Inventory,
  options: PoolOptions,
  open: (host: string, inventory: Inventory, options: ConnectOptions) => Promise<HostConnection> = connect,
): Pool {
  const slots = new Map<string, Slot>()
  const shutdown = new AbortController()
  const gate = createGate(options.maxOpening ?? 8)

  function slotOf(host: string): Slot {
    const known = slots.get(host)
    const listed = inventory()
    if (known?.inventory === listed) return known
    if (known) outdate(host, known)
    const opening = gate(() => open(host, listed, { budgetMs: options.budgetMs, signal: shutdown.signal }))
    const slot: Slot = { inventory: listed, opening, users: 0, idle: null }
    slots.set(host, slot)
    void forgetWhenGone(host, slot)
    return slot
  }

  /** Who uses it goes on with it; nobody else gets it. */
  function outdate(host: string, slot: Slot): void {
    forget(host, slot)
    if (slot.users === 0) void slot.opening.then((connection) => connection.close()).catch(() => {})
  }

  async function forgetWhenGone(host: string, slot: Slot): Promise<void> {
    // A failure to open is told to each user of the slot; here it only means that the next one tries anew.
    await slot.opening.then((connection) => connection.lost).catch(() => {})
    forget(host, slot)
  }

  function forget(host: string, slot: Slot): void {
    if (slot.idle) clearTimeout(slot.idle)
    if (slots.get(host) === slot) slots.delete(host)
  }

  async function take(host: string, signal: AbortSignal | undefined): Promise<Taken> {
    const slot = slotOf(host)
    slot.users += 1
    if (slot.idle) clearTimeout(slot.idle)
    slot.idle = null
    try {
      const connection = await orAborted(slot.opening, signal)
      if (connection.isOpen) return { slot, connection }
    } catch (error) {
      slot.users -= 1
      throw error
    }
    // It broke a moment ago, and the slot has not been emptied yet.
    forget(host, slot)
    return take(host, signal)
  }

  function release(host: string, slot: Slot, connection: HostConnection): void {
    slot.users -= 1
    if (slot.users > 0 || !connection.isOpen) return
    slot.idle = setTimeout(() => {
      forget(host, slot)
      connection.close()
    }, options.idleMs)
    slot.idle.unref()
  }

  return {
    async withConnection(host, use, signal) {
      const { slot, connection } = await take(host, signal)
      try {
        return await use(connection)
      } finally {
        release(host, slot, connection)
      }
    },
    async close() {
      shutdown.abort(new Error('the pool is closed'))
      const all = [...slots]
      await Promise.all(
        all.map(async ([host, slot]) => {
          forget(host, slot)
          // One that could not be opened has nothing to close, and its user has heard of it.
          await slot.opening.then((connection) => connection.close()).catch(() => {})
        }),
      )
    },
  }
}
