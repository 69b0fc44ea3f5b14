import type { AlertIntakeParts } from './alerts/intake.ts'
import { startAlertIntake } from './alerts/intake.ts'
import { createProposalStore } from './approval/proposal-store.ts'
import type { Config, SlackConfig } from './config.ts'
import type { Inventory } from './host/inventory.ts'
import { createDesk } from './jobs/desk-on-redis.ts'
import { createDiagnosisBoard } from './jobs/diagnosis-board.ts'
import { drain } from './jobs/drain.ts'
import { createOutbox } from './jobs/outbox.ts'
import { createActQueue } from './jobs/queue-act.ts'
import { createDiagnoseQueue } from './jobs/queue-diagnose.ts'
import { createPostQueue, startPostWorker } from './jobs/queue-post.ts'
import { createSeen, createSeenBefore } from './jobs/seen-before.ts'
import { startSweep, sweepOutboxes, sweepUntaken } from './jobs/sweep.ts'
import { createThreadStore } from './jobs/thread-store.ts'
import type { Logger } from './log.ts'
import { openRedis } from './redis.ts'
import { createSlack } from './slack/app.ts'
import type { SlackParts } from './slack/parts.ts'
import type { Stoppable } from './stop-in-order.ts'

export interface BotParts {
  readonly log: Logger
  /** Names, sites and units are read; key files never. */
  readonly inventory: () => Inventory
  readonly now: () => Date
  readonly newId: () => string
}

/** The side that holds the Slack tokens: takes what people and alerts ask for, and brings the answers. */
export async function runBot(config: Config, slack: SlackConfig, parts: BotParts, started: Stoppable[]): Promise<void> {
  const { log, inventory, now, newId } = parts
  const { file } = config
  const [ask, work] = await Promise.all([
    openRedis(config.redisUrl, 'ask', { log }),
    openRedis(config.redisUrl, 'work', { log }),
  ])
  started.push({ name: 'redis', stop: () => [ask, work].forEach((client) => client.disconnect()) })

  const diagnoses = createDiagnoseQueue(ask, log)
  const acts = createActQueue(ask, log)
  const posts = createPostQueue(work, log)
  for (const queue of [posts, diagnoses, acts]) started.push({ name: 'queue', stop: queue.close })

  const threads = createThreadStore(ask)
  const outbox = createOutbox(work)
  const board = createDiagnosisBoard(ask)
  const proposals = createProposalStore(ask)
  const policy = { approvers: file.approvers }
  const desk = createDesk({ client: ask, board, diagnoses, acts, proposals, policy, now })
  const seenBefore = createSeenBefore(ask)
  const mayAsk = askPolicy(file.allowedChannels)
  const app = await createSlack(slack, { desk, threads, inventory, seenBefore, mayAsk, now, newId, log })

  const drainThread = (threadId: string) => drain(threadId, { outbox, threads, deliver: app.deliver, log })
  const posting = startPostWorker(work, drainThread, { log, concurrency: 10 })
  started.push(
    { name: 'post worker', stop: posting.close },
    { name: 'sweep of outboxes', stop: startSweep('outboxes', () => sweepOutboxes(outbox, posts), 5000, log).close },
    { name: 'sweep of untaken', stop: startSweep('untaken', () => sweepUntaken(board, posts, now()), 5000, log).close },
  )
  if (config.alerts) {
    const intake: AlertIntakeParts = {
      desk,
      threads,
      inventory,
      channels: file.channels,
      seenBefore,
      seen: createSeen(ask),
      now,
      newId,
      log,
    }
    const { close } = await startAlertIntake(config.alerts, intake)
    started.push({ name: 'alert intake', stop: close })
  }
  await app.start()
  started.push({ name: 'slack', stop: app.stop, withinMs: 15_000 })
  log.info({ transport: slack.transport.kind, approvers: file.approvers.length }, 'bot is ready')
}

function askPolicy(allowed: readonly string[] | undefined): SlackParts['mayAsk'] {
  return ({ channel }) => {
    if (!allowed || allowed.includes(channel)) return { allowed: true }
    return { allowed: false, because: 'Diagnoses are not allowed in this channel (allowedChannels in gatemedic.yml).' }
  }
}
