import { approver, presserOf, startBot } from './bench-of-queues.ts'
import { dieAt } from './dying.ts'

/** A bot as a process of its own that presses, posts, and ends itself with SIGKILL at the step DIE_AT. */
const { REDIS_URL = '', PROPOSAL = '' } = process.env
const bot = await startBot(
  REDIS_URL,
  async ({ update }) => {
    const what = update.kind === 'action-started' ? 'start' : 'end'
    dieAt(`${what} comes`)
    await new Promise<void>((resolve) => process.stdout.write(`${update.kind}\n`, () => resolve()))
    dieAt(`${what} told`)
  },
  {
    proposals: (store) => ({
      ...store,
      apply: async (id, event) => {
        if (event.kind === 'claim') dieAt('pressed')
        const applied = await store.apply(id, event)
        if (event.kind === 'claim') dieAt('claimed')
        return applied
      },
    }),
    acts: (queue) => ({
      ...queue,
      ensure: async (id) => {
        await queue.ensure(id)
        dieAt('queued')
      },
    }),
  },
)
await bot.desk.press(PROPOSAL, presserOf(approver))
