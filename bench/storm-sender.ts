import { setTimeout as pause } from 'node:timers/promises'
import { sendUntilTaken, type StormAlert } from '../test/support/under-storm.ts'

/**
 * Sends alerts at a steady pace, whatever becomes of those before, and prints how long each took, from the moment at which it
 * was due, as JSON. A process of its own: what it does must not count as the intake's time.
 */
const { URL: url = '', FIRST = '0', COUNT = '1', PER_SECOND = '1', HOSTS = '1' } = process.env
const startsAt = new Date().toISOString()
const many = Number(COUNT)
const began = performance.now()

async function sendOne(index: number): Promise<number> {
  const due = began + (index * 1000) / Number(PER_SECOND)
  await pause(Math.max(0, due - performance.now()))
  const alert: StormAlert = {
    id: `outbreak-${Number(FIRST) + index}`,
    host: `edge-${(index % Number(HOSTS)) + 1}`,
    title: ['HighErrorRate', 'ProbeFailed', 'LatencyHigh'][index % 3] ?? '',
    status: 'firing',
    startsAt,
  }
  await sendUntilTaken(url, alert, 120_000)
  return performance.now() - due
}

const latencies = await Promise.all(Array.from({ length: many }, (_, index) => sendOne(index)))
process.stdout.write(JSON.stringify(latencies))
