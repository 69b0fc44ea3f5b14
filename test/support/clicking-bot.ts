import { createInterface } from 'node:readline'
import { approvers, presserOf, startBot } from './bench-of-queues.ts'

/** A bot as a process of its own in which ten people press one button five times each, all at once, when a line comes in; it prints what each heard. */
const { REDIS_URL = '', PROPOSAL = '' } = process.env
const bot = await startBot(REDIS_URL, () => Promise.resolve())
process.stdout.write('ready\n')
for await (const line of createInterface(process.stdin)) {
  if (line === '') continue
  const people = Array.from({ length: 5 }, () => approvers).flat()
  const heard = await Promise.all(people.map((person) => bot.desk.press(PROPOSAL, presserOf(person))))
  process.stdout.write(`${heard.map(({ kind }) => kind).join(' ')}\n`)
}
await bot.stop()
