import { actionOf } from './actions/index.ts'
import { refusalOf } from './actions/permission.ts'
import type { Policy } from './approval/policy/policy.ts'
import { createFleetRunReader } from './approval/fleet-run-store.ts'
import { createFreezeStore } from './approval/freeze-store.ts'
import { policyHostOf } from './approval/policy/policy-host.ts'
import { withFreezes } from './approval/policy/with-freezes.ts'
import { createProposalMaker } from './approval/proposal-store.ts'
import { readPastActions } from './audit/past-actions.ts'
import type { Config } from './config.ts'
import { createLearnedSites } from './history/learned-sites.ts'
import { createLastHealthy } from './history/last-healthy.ts'
import { createHistory } from './history/store.ts'
import type { Inventory } from './host/inventory.ts'
import { act } from './jobs/act-job.ts'
import type { ActParts, RunAsActUser } from './jobs/act-parts.ts'
import { createActingSign } from './jobs/acting-sign.ts'
import { diagnose, type DiagnoseParts, giveUp } from './jobs/diagnose-job.ts'
import { createCheckLimits } from './jobs/check-limits.ts'
import { createDiagnosisBoard } from './jobs/diagnosis-board.ts'
import type { Examine } from './jobs/examination.ts'
import { createHoldGroups } from './jobs/hold-groups.ts'
import { captureLimits } from './history/kept-captures.ts'
import { createKeepSaid } from './jobs/keep-said.ts'
import { createKeptAnswers } from './jobs/kept-answers.ts'
import { openRecord } from './jobs/open-record.ts'
import { createActQueue, startActWorker } from './jobs/queue-act.ts'
import { createDiagnoseQueue } from './jobs/queue-diagnose.ts'
import { createPostQueue } from './jobs/queue-post.ts'
import { createWatchQueue, startWatchWorker } from './jobs/queue-watch.ts'
import { createActionSweep } from './jobs/settle.ts'
import { startSweep, sweepDiagnoses } from './jobs/sweep.ts'
import { watch } from './jobs/watch-job.ts'
import { startDiagnoseWorker } from './jobs/work-diagnose.ts'
import type { Logger } from './log.ts'
import { openRedis } from './redis.ts'
import type { Stoppable } from './stop-in-order.ts'

export interface WorkerParts {
  readonly log: Logger
  readonly inventory: () => Inventory
  /** As it is in force at this moment. */
  readonly policy: () => Policy
  readonly examine: Examine
  readonly runAsActUser: RunAsActUser
  readonly redact: (text: string) => string
  readonly now: () => Date
  readonly newId: () => string
}

/** The side that holds the SSH keys: examines hosts and acts on them. It knows nothing of Slack but thread ids. */
export async function runWorker(config: Config, parts: WorkerParts, started: Stoppable[]): Promise<void> {
  const { log, inventory, now, newId } = parts
  const { file } = config
  const client = await openRedis(config.redisUrl, 'work', { log })
  started.push({ name: 'redis', stop: () => client.disconnect() })
  const { keys, audit, note } = await openRecord('worker', client, file, { log, now, started })

  const board = createDiagnosisBoard(client, keys)
  const posts = createPostQueue(client, log)
  const diagnoses = createDiagnoseQueue(client, log)
  const acts = createActQueue(client, log)
  const watches = createWatchQueue(client, keys.signer, log)
  for (const queue of [posts, diagnoses, acts, watches]) started.push({ name: 'queue', stop: queue.close })

  const membersOf = (group: string): readonly string[] =>
    [...inventory().hosts.values()].flatMap(({ name, groups }) => (groups.includes(group) ? [name] : []))
  const permission = (host: string) => inventory().hosts.get(host)?.act ?? null
  const common = {
    board,
    posts,
    proposals: createProposalMaker(client, keys.worker, keys.signer),
    examine: parts.examine,
    policy: withFreezes(parts.policy, { freezes: createFreezeStore(client, keys.bot), log, now }),
    hostOf: policyHostOf(inventory),
    actionOf,
    refusalOf: (host: string, action: Parameters<typeof refusalOf>[2], target: string) =>
      refusalOf(host, permission(host), action, target),
    history: createHistory({ client, ...keys, days: file.historyDays, now }),
    log,
    now,
  }
  const pastActions = (since: Date) => readPastActions(audit.file, client, since)
  const diagnoseParts: DiagnoseParts = {
    ...common,
    pastActions,
    note,
    newId,
    lastHealthy: createLastHealthy(client),
    learnedSites: createLearnedSites(client, keys.signer),
    keptAnswers: createKeptAnswers(client),
    hideClients: file.maskClients,
    keepSaid: createKeepSaid({ ...common, client, signer: keys.signer, limits: captureLimits(file) }),
    offer: { ...common, membersOf, minutes: file.proposalMinutes },
    knows: (host) => inventory().hosts.has(host),
    limitMs: (file.budgetSeconds + 10) * 1000,
    progressEveryMs: 1500,
  }
  const actParts: ActParts = {
    ...common,
    checkLimits: createCheckLimits({
      ...common,
      membersOf,
      pastActions,
      holdGroups: createHoldGroups(client),
    }),
    watches,
    audit,
    bot: keys.bot,
    runs: createFleetRunReader(client, keys.bot),
    note,
    runAsActUser: parts.runAsActUser,
    redact: parts.redact,
    showActing: createActingSign(client, log),
    againAfterMs: 4000,
  }

  const concurrency = file.diagnosesAtOnce
  const diagnosing = startDiagnoseWorker(client, (run) => diagnose(run, diagnoseParts), { log, concurrency })
  // An action may be in the middle of its command: it is waited for as long as it can take.
  const acting = startActWorker(client, (id) => act(id, actParts), { log, note, concurrency: 4 })
  const watching = startWatchWorker(client, (ticket) => watch(ticket, actParts), { worker: keys.worker, note, log })
  const sweepOpen = () => sweepDiagnoses(board, diagnoses, (request) => giveUp(request, diagnoseParts))
  const sweepActions = createActionSweep({ client, queue: acts, parts: actParts, graceMs: 6000 })
  started.push(
    { name: 'act worker', stop: acting.close, withinMs: 200_000 },
    { name: 'watch worker', stop: watching.close, withinMs: 40_000 },
    { name: 'diagnose worker', stop: diagnosing.close },
    { name: 'sweep of diagnoses', stop: startSweep('diagnoses', sweepOpen, 2000, log).close },
    { name: 'sweep of actions', stop: startSweep('actions', sweepActions, 2000, log).close, withinMs: 60_000 },
  )
  log.info({ hosts: inventory().hosts.size, audit: audit.file }, 'worker is ready')
}
