import { App, LogLevel } from '@slack/bolt'
import type { WebClientOptions } from '@slack/web-api'
import type { Signposts } from '../alerts/signposts.ts'
import type { Review } from '../approval/review.ts'
import type { Deliver, LookAtPeople } from '../jobs/desk.ts'
import type { Watch } from '../looks/watches/watch.ts'
import { callOffAlone } from './announce-alone.ts'
import { boltLog } from './bolt-log.ts'
import { createDeliver } from './deliver.ts'
import { tellWatchEnd } from './deliver-watch.ts'
import { putSignposts } from './put-signposts.ts'
import { hearMissed } from './hear-missed.ts'
import { createNames } from './names.ts'
import type { SlackParts, SlackSettings } from './parts.ts'
import { lookAtPeople } from './presser.ts'
import { receiveActions } from './receive-action.ts'
import { receiveAlertMessages } from './receive-alert-message.ts'
import { receiveAlertShortcut } from './receive-alert-shortcut.ts'
import { receiveCommands } from './receive-command.ts'
import { receiveMentions } from './receive-mention.ts'
import { receiveUnknown } from './receive-unknown.ts'
import { receiveWindows } from './receive-window.ts'
import { createReceiver } from './receivers.ts'
import { createLanes } from './lanes.ts'
import { createRunningWork } from './running-work.ts'
import { scopesWords } from './scopes-missing.ts'
import { showFleets } from './show-fleets.ts'
import { showGroupSweeps } from './show-group-sweep.ts'
import { startError } from './slack-errors.ts'
import { createTurns } from './turns.ts'
import type { Web } from './web.ts'

export interface SlackApp {
  /** Begins to receive. Rejects with SlackStartError. */
  readonly start: () => Promise<void>
  /** Takes nothing new, closes the connections, and waits up to 10 s for what is under way. */
  readonly stop: () => Promise<void>
  /** Called by the post queue. Works before start() and until the process ends. */
  readonly deliver: Deliver
  /** Which of these are no user groups of the workspace; rejects when Slack does not say. */
  readonly strangeGroups: (groups: readonly string[]) => Promise<readonly string[]>
  /** Which of these user groups have this person as a member now. Rejects when Slack does not say. */
  readonly memberOf: (userId: string, groups: readonly string[]) => Promise<readonly string[]>
  /** Shows what fleets have answered; called every second. */
  readonly showFleets: () => Promise<void>
  /** Tells the sweeps that every host has answered; called every few seconds. */
  readonly showGroupSweeps: () => Promise<void>
  /** Says that a watch is over. */
  readonly tellWatchEnd: (watch: Watch) => Promise<void>
  /** Takes alerts that were posted while nobody heard them; called at start and every few minutes. */
  readonly hearMissed: () => Promise<void>
  /** Says in the threads of alert messages where their answers are; called every few seconds. */
  readonly putSignposts: (signposts: Omit<Signposts, 'put'>) => Promise<void>
  /** People who pressed before, as Slack knows them now. */
  readonly lookAtPeople: LookAtPeople
  /** Redraws the announcement of somebody who went on alone when it did not come about. */
  readonly callOff: (review: Review) => Promise<void>
}

/** How long a stop waits for work that was taken, in ms. */
const drainMs = 10_000

/** Slack as people see it: commands, mentions and buttons come in, threads go out. Asks Slack whether the bot token is good; rejects with SlackStartError. */
export async function createSlack(settings: SlackSettings, parts: SlackParts): Promise<SlackApp> {
  const clientOptions = clientOptionsOf(settings)
  const logger = boltLog(parts.log)
  const { web, roots, calm } = createLanes(settings.botToken, { ...clientOptions, logger }, parts)
  const nameOf = createNames(web, parts)
  const app = await initialized(settings, clientOptions, logger)
  const work = createRunningWork()
  const inTurn = createTurns()
  app.use(({ next }) => work.track(next()))
  app.error(async (error) => parts.log.error({ err: error }, 'a delivery from slack failed'))
  const all = { ...parts, roots, web, nameOf, inTurn }
  receiveCommands(app, all)
  receiveMentions(app, all)
  receiveAlertMessages(app, all)
  receiveAlertShortcut(app, all)
  receiveActions(app, all)
  receiveWindows(app, all)
  receiveUnknown(app, { web, log: parts.log })

  let started = false

  return {
    start: async () => {
      try {
        await app.start()
        started = true
        void tellScopesMissing(web, parts.log)
      } catch (error) {
        throw startError(error, settings, 'app')
      }
    },
    stop: async () => {
      if (started) await app.stop()
      started = false
      const left = await work.drained(drainMs)
      if (left > 0) parts.log.warn({ left }, 'stopped with deliveries from slack under way')
    },
    strangeGroups: web.strangeGroups,
    deliver: createDeliver(all, { ...all, ...calm }),
    showFleets: () => showFleets(all, { ...all, ...calm }),
    showGroupSweeps: () => showGroupSweeps({ ...all, ...calm }),
    tellWatchEnd: (watch) => tellWatchEnd(all, watch),
    hearMissed: () => hearMissed(all),
    putSignposts: (signposts) => putSignposts({ ...all, ...calm }, signposts),
    memberOf: (userId, groups) => web.groupsOf(userId, groups),
    lookAtPeople: () => lookAtPeople(all),
    callOff: (review) => callOffAlone(all, review),
  }
}

/** Said before the first answer comes without its buttons. */
async function tellScopesMissing(web: Pick<Web, 'scopesMissing'>, log: SlackParts['log']): Promise<void> {
  try {
    const missing = await web.scopesMissing()
    if (missing.length > 0) log.error({ missing }, scopesWords(missing))
  } catch (error) {
    log.warn({ err: error }, 'slack did not say which scopes the app has')
  }
}

/** Two tries more after a failure, ten seconds each: the post queue repeats later anyway, and people wait for the rest. */
function clientOptionsOf({ apiUrl }: SlackSettings): WebClientOptions {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 2, minTimeout: 300, factor: 2 },
    timeout: 10_000,
  }
}

async function initialized(
  settings: SlackSettings,
  clientOptions: WebClientOptions,
  logger: ReturnType<typeof boltLog>,
): Promise<App> {
  try {
    const receiver = createReceiver(settings, clientOptions, logger)
    // Without deferInitialization a bad token becomes an unhandled rejection of the constructor (bolt 5.1.0).
    const app = new App({
      token: settings.botToken,
      receiver,
      clientOptions,
      logger,
      logLevel: LogLevel.WARN,
      deferInitialization: true,
    })
    await app.init()
    return app
  } catch (error) {
    throw startError(error, settings, 'bot')
  }
}
