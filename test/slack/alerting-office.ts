import { readFileSync } from 'node:fs'
import { isList, isObject, parseJson } from '../../demo/slack/json.ts'
import type { Message } from '../../demo/slack/model.ts'
import type { OtherContent } from '../../demo/slack/stand-in.ts'
import { openAlertMessages } from '../../src/alerts/open-alert-messages.ts'
import type { Signposts } from '../../src/alerts/signposts.ts'
import type { TallyOf } from '../../src/alerts/storm/alert-tally.ts'
import { createStorm } from '../../src/alerts/storm/start-storm.ts'
import type { TakeAlerts } from '../../src/alerts/take-alerts.ts'
import type { DiagnosisRequest } from '../../src/jobs/request.ts'
import type { Thread } from '../../src/jobs/thread.ts'
import type { RedisClient } from '../../src/redis.ts'
import { inventoryOfTests } from '../commands/inventory-of-tests.ts'
import { newId, quiet } from '../support/bench-of-queues.ts'
import { botKeys } from '../support/keys.ts'
import { until } from '../support/until.ts'
import { type Office, openOffice, type TransportKind } from './office.ts'

export interface AlertingOffice extends Office {
  /** As the intake calls it for a webhook. */
  readonly take: TakeAlerts
  readonly signposts: Signposts
  readonly tallyOf: TallyOf
  /** The diagnosis that is asked for as the first, second, ... one. Waiting for it also shows that no other was asked for before it. */
  readonly nextRequest: (
    count?: number,
  ) => Promise<{ readonly request: DiagnosisRequest; readonly thread: Thread | null }>
  readonly repliesBelow: (message: Message) => readonly Message[]
}

export const alertChannel = 'C0EDGEALERT'

const now = () => new Date()

/** What the file of test/alerts/slack says, for posting it as another app. */
export function recorded(name: string): OtherContent {
  const event = parseJson(readFileSync(`test/alerts/slack/${name}.json`, 'utf8'))
  if (!isObject(event) || !isList(event['attachments'])) throw new Error(`${name} has no attachments`)
  return { attachments: event['attachments'].filter(isObject) }
}

interface AlertingOptions {
  /** False: Slack brings no messages. */
  readonly messageEvents?: boolean
  readonly waitSeconds?: number
}

/** The office with what starts diagnoses by alerts, on a real Redis: messages of Alertmanager's bot and Grafana's app count in #edge-alerts. */
export async function openAlertingOffice(
  kind: TransportKind,
  client: RedisClient,
  { waitSeconds = 0, messageEvents = true }: AlertingOptions = {},
): Promise<AlertingOffice> {
  const slack = [{ channel: alertChannel, bots: ['B0ALERTMGR1', 'A0GRAFANA01', 'B0GATEMEDIC'], mostHosts: 5, map: [] }]
  const file = {
    channels: { default: alertChannel, hosts: {}, groups: {} },
    alerts: { windowMinutes: 10, digestAbove: 5, slack, slackWaitSeconds: waitSeconds },
  }
  const common = { client, file, inventory: inventoryOfTests, now, log: quiet }
  const storm = createStorm({ ...common, keys: botKeys, newId })
  const take = storm.take(async () => {})
  const { alertMessages, signposts } = openAlertMessages({ ...common, take })
  const { alertThreads } = storm
  const office = await openOffice(kind, { messageEvents, alertMessages, alertThreads })
  const beginning = storm.start(office.queues, office.queues)
  return {
    ...office,
    take,
    signposts,
    tallyOf: alertThreads.tallyOf,
    nextRequest: async (count = 1) => {
      await until('a diagnosis is asked for', () => office.queues.requests.length >= count)
      const request = office.queues.requests[count - 1]
      if (!request) throw new Error('nothing was asked for')
      return { request, thread: await office.queues.find(request.threadId) }
    },
    repliesBelow: ({ channel, ts }) => office.slack.workspace.thread(channel, ts).filter((one) => one.ts !== ts),
    close: async () => {
      await beginning.close()
      // A delivery that is under way when the app goes would hold it up.
      await office.slack.waitFor(() => office.slack.deliveries().every(({ attempts }) => attempts.length > 0))
      await office.close()
    },
  }
}
