import { withLearnedSites } from '../commands/with-learned-sites.ts'
import { openIntake } from './alerts/open-intake.ts'
import { openAlertMessages } from './alerts/open-alert-messages.ts'
import { createStorm } from './alerts/storm/start-storm.ts'
import type { Policy } from './approval/policy/policy.ts'
import { createFleetRunStore } from './approval/fleet-run-store.ts'
import { createFreezeKeeper } from './approval/freeze-store.ts'
import { whyNotDiagnose } from './approval/policy/may-diagnose.ts'
import { whyNotMute } from './approval/policy/may-mute.ts'
import { policyHostOf, policyHostsOf } from './approval/policy/policy-host.ts'
import { groupsIn } from './approval/policy/groups-in.ts'
import { withFreezes } from './approval/policy/with-freezes.ts'
import { createProposalStore } from './approval/proposal-store.ts'
import type { Config, SlackConfig } from './config.ts'
import type { Inventory } from './host/inventory.ts'
import { createCallBudget } from './jobs/call-budget.ts'
import { countAsked } from './jobs/count-asked.ts'
import { createDesk } from './jobs/desk-on-redis.ts'
import { openHistoryOf } from './jobs/history-outline.ts'
import { createFleetStore } from './jobs/fleet-store.ts'
import { createFleetRuns } from './jobs/fleet-runs.ts'
import { followLearnedSites } from './history/learned-sites.ts'
import { createFreezeDesk } from './jobs/freeze-desk.ts'
import { keepFreezes } from './jobs/keep-freezes.ts'
import { createDiagnosisBoard } from './jobs/diagnosis-board.ts'
import { openFeedbackDesk } from './jobs/feedback-on-redis.ts'
import { drain } from './jobs/drain.ts'
import { openRecord } from './jobs/open-record.ts'
import { createOutbox } from './jobs/outbox.ts'
import { createActQueue } from './jobs/queue-act.ts'
import { createDiagnoseQueue } from './jobs/queue-diagnose.ts'
import { createPostQueue, startPostWorker } from './jobs/queue-post.ts'
import { createSeenBefore } from './jobs/seen-before.ts'
import { startSweep, sweepOutboxes, sweepUntaken } from './jobs/sweep.ts'
import { createReviewStore } from './jobs/review-store.ts'
import { createAskedSweep } from './jobs/sweep-asked.ts'
import { createTellApproval } from './jobs/tell-approval.ts'
import { createThreadStore } from './jobs/thread-store.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import { openRedis } from './redis.ts'
import { recentOf } from './audit/recent.ts'
import { createSecondFactor } from './second-factor/second-factor.ts'
import { createLooks } from './looks/start-looks.ts'
import { createSlack, type SlackApp } from './slack/app.ts'
import type { SlackParts } from './slack/parts.ts'
import type { Stoppable } from './stop-in-order.ts'

export interface BotParts {
  readonly log: Logger
  readonly metrics: Metrics
  /** Names, sites and units are read; key files never. */
  readonly inventory: () => Inventory
  /** As it is in force at this moment. */
  readonly policy: () => Policy
  readonly now: () => Date
  readonly newId: () => string
}

/** The side that holds the Slack tokens: takes what people and alerts ask for, and brings the answers. */
export async function runBot(config: Config, slack: SlackConfig, parts: BotParts, started: Stoppable[]): Promise<void> {
  const { log, metrics, inventory, now, newId } = parts
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

  const { keys, audit, note } = await openRecord('bot', work, file, { log, now, started })

  const threads = createThreadStore(ask)
  const outbox = createOutbox(work, keys)
  const board = createDiagnosisBoard(ask, keys)
  const proposals = createProposalStore(ask, keys.worker)
  const hostOf = policyHostOf(inventory)
  const keeper = createFreezeKeeper(ask, keys.bot, keys.signer, audit.frozen)
  const mend = () => keepFreezes({ keeper, audit, log, now })
  started.push({ name: 'sweep of freezes', stop: startSweep('freezes', mend, 5000, log).close })
  const policy = withFreezes(parts.policy, { freezes: keeper, log, now })
  const hosts = () => policyHostsOf(inventory())
  const freezes = createFreezeDesk({ client: ask, keeper, policy: parts.policy, hosts, audit, log, now, newId })
  const { signer } = keys
  const minutes = file.proposalMinutes
  const tell = createTellApproval(ask, board, posts)
  const reviews = createReviewStore(ask)
  const runs = createFleetRunStore(ask, keys.bot, keys.signer)
  const approving = { bot: keys.bot, tell, reviews, audit, runs, actionsAtOnce: file.actionsAtOnce, log }
  const common = { board, diagnoses, acts, proposals, signer, policy, hostOf, note, minutes, now, ...approving }
  const desk = countAsked(createDesk({ client: ask, newId, ...common }), metrics.diagnosisAsked)
  const seenBefore = createSeenBefore(ask)
  const mayAsk = askPolicy(file.allowedChannels, parts.policy)
  const noteWrong = (by: string, because: string) =>
    note({ what: 'press', about: 'second factor', proposal: null, by, because })
  const secondFactor = createSecondFactor(ask, { file: file.secondFactorFile, noteWrong, log, now })
  const auditOf = (host: string) => recentOf(ask, host)
  const feedback = openFeedbackDesk(ask, keys, { file, threads, now })
  const historyOf = openHistoryOf(ask, keys, { file, now })
  const people = { mayAsk, freezes, secondFactor, auditOf, feedback, historyOf }
  const fleets = createFleetStore(ask)
  const sites = followLearnedSites(ask, keys.worker, now)
  started.push({ name: 'sites', stop: startSweep('learned sites', sites.refresh, 15_000, log).close })
  const known = { inventory: () => withLearnedSites(inventory(), sites.learned()), now, log }
  const storm = createStorm({ client: ask, keys, file, newId, ...known })
  const take = storm.take(posts.wake)
  const looks = createLooks({ client: ask, work, file, ...known })
  const { alertMessages, signposts } = openAlertMessages({ client: ask, file, take, ...known })
  const app = await createSlack(slack, {
    desk,
    threads,
    fleets,
    alertThreads: storm.alertThreads,
    ...storm.forPeople({ diagnoses, board, freezes, audit, whyNotMute: (who) => whyNotMute(parts.policy(), who) }),
    alertMessages,
    watching: looks.watching,
    groupSweeps: looks.groupSweeps,
    takePlace: createCallBudget(ask),
    slackCalled: metrics.slackCalled,
    mostHosts: file.fleetHosts,
    atOnce: file.diagnosesAtOnce,
    sharedChannels: file.sharedChannels,
    seenBefore,
    ...people,
    ...known,
    newId,
  })

  const fleetRuns = createFleetRuns(common, app.lookAtPeople)
  const { hear } = fleetRuns
  const drainThread = (threadId: string) => drain(threadId, { outbox, threads, hear, deliver: app.deliver, note, log })
  const posting = startPostWorker(work, drainThread, { log, concurrency: 30 })
  started.push(
    { name: 'post worker', stop: posting.close },
    { name: 'sweep of outboxes', stop: startSweep('outboxes', () => sweepOutboxes(outbox, posts), 5000, log).close },
    { name: 'fleets', stop: startSweep('fleets', app.showFleets, 1000, log).close, withinMs: 15_000 },
    { name: 'sweep of untaken', stop: startSweep('untaken', () => sweepUntaken(board, posts, now()), 5000, log).close },
  )
  const asked = createAskedSweep({ ...common, threads, memberOf: app.memberOf, callOff: app.callOff })
  started.push({ name: 'sweep of asked', stop: startSweep('asked', asked, 5000, log).close })
  started.push({ name: 'sweep of runs', stop: startSweep('runs', fleetRuns.sweep, 3000, log).close })
  started.push({ name: 'watches and sweeps', stop: (await looks.start(desk, threads, app)).close })
  if (file.alerts) {
    const putUp = startSweep('signposts', () => app.putSignposts(signposts), 2000, log)
    started.push({ name: 'sweep of alerts', stop: storm.start(desk, threads).close })
    started.push({ name: 'sweep of signposts', stop: putUp.close })
    started.push({ name: 'missed alerts', stop: startSweep('missed alerts', app.hearMissed, 300_000, log).close })
  }
  if (config.alerts) {
    const { close } = await openIntake(config.alerts, { client: ask, take, metrics, ...known })
    started.push({ name: 'alert intake', stop: close })
  }
  await app.start()
  started.push({ name: 'slack', stop: app.stop, withinMs: 15_000 })
  void tellStrangeGroups(app, parts.policy(), log)
  log.info(
    { transport: slack.transport.kind, policy: parts.policy().source, rules: parts.policy().rules.length },
    'bot is ready',
  )
}

/** Only Slack knows user groups: one that is not there is said, and has nobody. */
async function tellStrangeGroups({ strangeGroups }: SlackApp, policy: Policy, log: Logger): Promise<void> {
  try {
    const groups = await strangeGroups(groupsIn(policy))
    if (groups.length > 0)
      log.error({ groups, policy: policy.source }, 'the policy names user groups that Slack does not know')
  } catch (error) {
    log.warn({ err: error }, 'slack did not say whether it knows the user groups of the policy')
  }
}

/** Both must let him: the channels of gatemedic.yml, and who may diagnose by the policy. */
function askPolicy(allowed: readonly string[] | undefined, policy: () => Policy): SlackParts['mayAsk'] {
  return async (person) => {
    if (allowed && !allowed.includes(person.channel))
      return {
        allowed: false,
        because: 'Diagnoses are not allowed in this channel (allowedChannels in gatemedic.yml).',
      }
    const because = await whyNotDiagnose(policy(), person)
    return because === null ? { allowed: true } : { allowed: false, because }
  }
}
