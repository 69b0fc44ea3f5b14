import { appendFileSync } from 'node:fs'
import { startBot } from './bench-of-queues.ts'

/** A bot as a process of its own whose Slack never answers: it notes what it was to deliver, and hangs until it is killed. */
const { REDIS_URL = '', SEEN_FILE = '' } = process.env
await startBot(REDIS_URL, (post) => {
  appendFileSync(SEEN_FILE, `${post.threadId} ${post.revision}\n`)
  return new Promise(() => undefined)
})
