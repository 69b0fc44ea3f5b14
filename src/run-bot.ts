import type { AlertIntakeParts } from './alerts/intake.ts'
import { startAlertIntake } from './alerts/intake.ts'
import { hostname } from 'node:os'
import type { Policy } from './approval/policy/policy.ts'
import { policyHostOf } from './approval/policy/policy-host.ts'
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
import { openAudit } from './audit/audit.ts'
import { anchorInRedis } from './audit/anchors.ts'
import { copyToRedis } from './audit/redis-copy.ts'
import { noteOtherHeads } from './audit/witness.ts'
import { claimWriter } from './audit/writer-name.ts'
import { createNoteRefusal } from './jobs/refusals.ts'
import { readKeys } from './signing/key-files.ts'
import { createSlack } from './slack/app.ts'
import type { SlackParts } from './slack/parts.ts'
import type { Stoppable } from './stop-in-order.ts'

export interface BotParts {
  readonly log: Logger
  /** Names, sites and units are read; key files never. */
  readonly inventory: () => Inventory
  /** As it is in force at this moment. */
  readonly policy: () => Policy
  readonly now: () => Date
  readonly newId: () => string
}

/** The side that holds the Slack tokens: takes what people and alerts ask for, and brings the answers. */
export async function runBot(config: Config, slack: SlackConfig, parts: BotParts, started: Stoppable[]): Promise<void> {
  const { log, inventory, policy, now, newId } = parts
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

  const writer = await claimWriter(file.auditDir, `bot-${hostname()}`)
  started.push({ name: 'audit writer', stop: writer.release })
  const keys = await readKeys(file.keysDir, 'bot')
  const audit = await openAudit(file.auditDir, {
    writer: writer.name,
    signer: keys.signer,
    self: keys.bot,
    anchors: [anchorInRedis(work, writer.name)],
    log,
    copy: copyToRedis(work),
    now,
  })
  started.push({ name: 'audit', stop: audit.close })
  const note = createNoteRefusal(audit, log, now)
  const witness = () => noteOtherHeads(work, audit, keys, { log, now })
  started.push({ name: 'witness', stop: startSweep('witness', witness, 60_000, log).close })

  const threads = createThreadStore(ask)
  const outbox = createOutbox(work, keys)
  const board = createDiagnosisBoard(ask, keys)
  const proposals = createProposalStore(ask, keys.worker)
  const hostOf = policyHostOf(inventory)
  const { signer } = keys
  const minutes = file.proposalMinutes
  const common = { board, diagnoses, acts, proposals, signer, policy, hostOf, note, minutes, now }
  const desk = createDesk({ client: ask, ...common })
  const seenBefore = createSeenBefore(ask)
  const mayAsk = askPolicy(file.allowedChannels)
  const app = await createSlack(slack, { desk, threads, inventory, seenBefore, mayAsk, now, newId, log })

  const drainThread = (threadId: string) => drain(threadId, { outbox, threads, deliver: app.deliver, note, log })
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
  log.info({ transport: slack.transport.kind, policy: policy().source, rules: policy().rules.length }, 'bot is ready')
}

function askPolicy(allowed: readonly string[] | undefined): SlackParts['mayAsk'] {
  return ({ channel }) => {
    if (!allowed || allowed.includes(channel)) return { allowed: true }
    return { allowed: false, because: 'Diagnoses are not allowed in this channel (allowedChannels in gatemedic.yml).' }
  }
}
