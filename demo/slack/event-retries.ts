import type { Delivered, Delivery, Transport } from './delivery.ts'

/** One delivery with all its attempts. */
export interface DeliveryRecord {
  readonly delivery: Delivery
  readonly at: number
  readonly attempts: readonly Delivered[]
}

export interface Deliveries {
  /** Ends with the first attempt; the retries of an event that failed go on behind. */
  send(delivery: Delivery): Promise<Delivered>
  /** The same body once more, marked as a retry if it is an event: what a lost acknowledgement leads to. */
  again(delivery: Delivery): Promise<Delivered>
  log(): readonly DeliveryRecord[]
  close(): void
}

interface DeliveryOptions {
  readonly transport: () => Transport
  /** Waits before each retry of an event. Slack: at once, after a minute, after five. */
  readonly retryDelaysMs: readonly number[]
  readonly now: () => number
  readonly onAttempt: () => void
}

/** Commands and presses are brought once; events up to four times until the app acknowledges. */
export function createDeliveries(options: DeliveryOptions): Deliveries {
  const records: { delivery: Delivery; at: number; attempts: Delivered[] }[] = []
  const timers = new Set<NodeJS.Timeout>()
  let closed = false

  async function attempt(delivery: Delivery, record: { attempts: Delivered[] }): Promise<Delivered> {
    const delivered = await options.transport().deliver(delivery)
    record.attempts.push(delivered)
    options.onAttempt()
    if (delivered.outcome !== 'acked' && delivery.kind === 'events_api') retryLater(delivery, record, delivered)
    return delivered
  }

  function retryLater(delivery: Delivery, record: { attempts: Delivered[] }, last: Delivered): void {
    const number = (delivery.retry?.number ?? 0) + 1
    const wait = options.retryDelaysMs[number - 1]
    if (wait === undefined || closed) return
    const reason = last.outcome === 'timed-out' ? 'http_timeout' : 'http_error'
    const timer = setTimeout(() => {
      timers.delete(timer)
      void attempt({ ...delivery, retry: { number, reason } }, record)
    }, wait)
    timers.add(timer)
  }

  function begin(delivery: Delivery): Promise<Delivered> {
    const record = { delivery, at: options.now(), attempts: [] }
    records.push(record)
    return attempt(delivery, record)
  }

  return {
    send: begin,
    again(delivery) {
      const isEvent = delivery.kind === 'events_api'
      return begin(isEvent ? { ...delivery, retry: { number: 1, reason: 'http_timeout' } } : delivery)
    },
    log: () => records,
    close() {
      closed = true
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
