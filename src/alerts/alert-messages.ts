import type { InventoryView } from '../../commands/inventory-view.ts'
import type { Logger } from '../log.ts'
import type { Signposts } from './signposts.ts'
import { type AlertMessageRead, readAlertMessage } from './slack-message/read-alert-message.ts'
import { readMessage } from './slack-message/read-message.ts'
import type { SlackAlertEntry } from './slack-config.ts'
import type { SlackMessage } from './slack-message/slack-message.ts'
import type { TakeAlerts } from './take-alerts.ts'
import type { UnmappedAlert } from './unmapped.ts'

export interface AlertMessagesParts {
  readonly channels: readonly SlackAlertEntry[]
  readonly inventory: () => InventoryView
  readonly takeAlerts: TakeAlerts
  readonly signposts: Pick<Signposts, 'put'>
  /** Hears of alerts that name no host, for the status. */
  readonly keepUnmapped: (alerts: readonly UnmappedAlert[]) => Promise<void>
  readonly log: Pick<Logger, 'info'>
}

/** Bots that are named in the log, once each. */
const mostStrangers = 100

/** Alerts that other apps post into channels, and what a message names when a person asks for it. */
export interface AlertMessages {
  /** Channels in which messages are alerts. */
  readonly channels: readonly string[]
  /**
   * A message as Slack's event brings it, new or edited. Anything but an alert of a chosen bot is passed over. The same message again
   * changes nothing. Rejects with QueueUnreachableError.
   *
   * @param ownTeam id of the workspace that the app is installed in
   */
  readonly heard: (channel: string, message: unknown, ownTeam: string) => Promise<void>
  /** What a message names, whoever wrote it; null when it is none. */
  readonly read: (channel: string, message: unknown) => AlertMessageRead | null
}

export function createAlertMessages(parts: AlertMessagesParts): AlertMessages {
  const { channels, inventory, takeAlerts, signposts, keepUnmapped, log } = parts
  const strangers = new Set<string>()

  async function heard(channel: string, given: unknown, ownTeam: string): Promise<void> {
    const here = channels.filter((each) => each.channel === channel)
    const message = here.length === 0 ? null : readMessage(given)
    const settings = here.find(({ bots }) => message !== null && isBy(message, bots, ownTeam))
    // A reply is talk about an alert: if those counted, two bots could keep each other talking.
    if (message === null || message.threadTs !== null) return
    if (settings === undefined) return strange(channel, message)
    const read = readAlertMessage(message, { ...settings, inventory: inventory() })
    if (read.kind !== 'alert') {
      if (read.status === 'resolved') return
      log.info({ channel, ts: message.ts, why: read.kind }, 'an alert message starts nothing')
      return keepUnmapped([unmapped(read)])
    }
    const [taken] = await takeAlerts([read.mapped])
    const { hosts, alert } = read.mapped
    log.info({ channel, ts: message.ts, hosts, status: alert.status, taken: taken?.kind }, 'alert message taken')
    // Also when it is heard again: whoever heard it first may have died before this.
    if (taken?.kind === 'joined' || taken?.kind === 'repeated')
      await signposts.put({ channel, ts: message.ts, threadId: taken.threadId })
  }

  /** Their ids are hard to find in Slack: whoever sets this up reads them here. */
  function strange(channel: string, { botId, appId, teams, senderName }: SlackMessage): void {
    if (botId === null || strangers.has(botId) || strangers.size >= mostStrangers) return
    strangers.add(botId)
    log.info(
      { channel, bot: botId, app: appId, teams, name: senderName },
      'a bot posts here that alerts.slack does not name',
    )
  }

  return {
    channels: [...new Set(channels.map(({ channel }) => channel))],
    heard,
    read: (channel, given) => {
      const message = readMessage(given)
      if (message === null) return null
      const settings = channels.find((each) => each.channel === channel)
      return readAlertMessage(message, { ...settings, channel, inventory: inventory() })
    },
  }
}

function unmapped(read: Exclude<AlertMessageRead, { kind: 'alert' }>): UnmappedAlert {
  const { source, title } = read
  if (read.kind === 'too-many') return { source, title, because: `a message that names ${read.hosts.length} hosts` }
  const near = read.nearest.length === 0 ? '' : `; nearest ${read.nearest.join(', ')}`
  const because =
    read.unknown === null
      ? 'a message that names no host'
      : `${read.unknown.slice(0, 100)}: no host has that name${near}`
  return { source, title, because }
}

/** A bot is one of a single workspace; an app counts where the message says that it is installed in ours, and others have it too. */
function isBy({ botId, appId, teams }: SlackMessage, bots: readonly string[], ownTeam: string): boolean {
  if (botId !== null && bots.includes(botId)) return true
  return appId !== null && bots.includes(appId) && teams.length > 0 && teams.every((team) => team === ownTeam)
}
