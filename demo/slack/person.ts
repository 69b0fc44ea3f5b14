import {
  buttonAction,
  blockActions,
  eventCallback,
  messageAction,
  messageEvent,
  shortcut,
  slashCommand,
  viewSubmission,
} from './payloads.ts'
import type { Delivered, Delivery } from './delivery.ts'
import { findButton } from './buttons.ts'
import type { Deliveries } from './event-retries.ts'
import type { IdSource } from './ids.ts'
import { checkModal } from './check-view.ts'
import { objectAt, textAt } from './json.ts'
import type { JsonObject } from './json.ts'
import type { Channel, Message, User } from './model.ts'
import { applyReply } from './response-url.ts'
import type { ReplyTarget, ResponseUrls } from './response-url.ts'
import { SlackError } from './slack-error.ts'
import { slackbot, tellPerson } from './slackbot.ts'
import type { Triggers } from './triggers.ts'
import { encodeMessage, encodeTyped } from './typed-text.ts'
import type { Views } from './views.ts'
import type { Workspace } from './workspace.ts'

export interface PersonOptions {
  readonly workspace: Workspace
  readonly deliveries: Deliveries
  readonly ids: IdSource
  readonly now: () => number
  readonly triggers: Triggers
  readonly views: Views
  readonly responseUrls: ResponseUrls
  /** Slash commands the app has registered, "/nginx". */
  readonly commands: readonly string[]
}

interface Doing {
  /** The same delivery comes twice, as after a lost acknowledgement. */
  readonly twice?: boolean
}

/** `refused` is Slack itself saying no, without asking the app. */
export type Done = Delivered | { readonly outcome: 'refused'; readonly reason: string } | { readonly outcome: 'posted' }

/** What people do in Slack. Users and channels by id, channels also by name; a promise ends when the app has acknowledged or not. */
export interface Person {
  /** Whatever goes into the composer: a slash command, or a message, which reaches the app when it mentions the bot. */
  type(user: string, channel: string, text: string, options?: Doing & { readonly threadTs?: string }): Promise<Done>
  /** A message that starts with the bot's name. */
  mention(user: string, channel: string, text: string, threadTs?: string, options?: Doing): Promise<Done>
  /** By action_id or text of the button. `answer` is what the person says to the confirm dialog, if there is one. */
  press(
    user: string,
    message: Message,
    button: string,
    options?: Doing & { readonly answer?: 'confirm' | 'deny'; readonly blockId?: string },
  ): Promise<Done>
  /** An interaction the app may not know. */
  shortcut(user: string, callbackId: string): Promise<Done>
  /** A shortcut in the menu of this message. */
  messageShortcut(user: string, message: Message, callbackId: string, options?: Doing): Promise<Done>
  /** Submits the modal that is open for this person. */
  submit(user: string, values: JsonObject): Promise<Done>
  /** Closes it with its own button; the app is not told. */
  closeModal(user: string): Promise<Done>
  /** The newest delivery once more, with the same event id and payload. */
  repeatLast(): Promise<Done>
}

export function createPerson(options: PersonOptions): Person {
  const { workspace, deliveries, ids, now, triggers, views, responseUrls } = options

  function people(userId: string, channelName: string): { readonly user: User; readonly channel: Channel } {
    const user = workspace.user(userId)
    const channel = workspace.channel(channelName)
    if (!user || !channel) throw new Error(`no user ${userId} or no channel ${channelName} in this workspace`)
    return { user, channel }
  }

  async function send(delivery: Delivery, { twice }: Doing): Promise<Delivered> {
    const first = await deliveries.send(delivery)
    return twice ? deliveries.again(delivery) : first
  }

  function ways(target: ReplyTarget): { readonly responseUrl: string; readonly triggerId: string } {
    return { responseUrl: responseUrls.issue(target), triggerId: triggers.issue(target.user) }
  }

  async function command(
    user: User,
    channel: Channel,
    text: string,
    threadTs: string | undefined,
    doing: Doing,
  ): Promise<Done> {
    const name = /^\/\S+/u.exec(text)?.[0] ?? ''
    const tell = (reason: string): Done => {
      tellPerson(workspace, channel, user, reason, threadTs)
      return { outcome: 'refused', reason }
    }
    if (!options.commands.includes(name)) return tell(`\`${name}\` is not a valid command.`)
    if (threadTs) return tell(`${name} is not supported in threads. Sorry!`)

    const target = { channel: channel.id, user: user.id }
    const typed = encodeTyped(text.slice(name.length).trim(), workspace)
    const body = slashCommand(workspace, user, channel, name, typed, ways(target))
    const done = await send({ kind: 'slash_commands', body }, doing)
    if (done.outcome === 'acked') showReply(target, done.reply)
    else tellPerson(workspace, channel, user, failure(name, done))
    return done
  }

  function showReply(target: ReplyTarget, reply: JsonObject): void {
    if (textAt(reply, 'text') || reply['blocks'] !== undefined) applyReply(workspace, target, reply)
  }

  async function say(
    user: User,
    channel: Channel,
    text: string,
    threadTs: string | undefined,
    doing: Doing,
  ): Promise<Done> {
    const encoded = encodeMessage(text, workspace)
    const message = workspace.post({
      channel: channel.id,
      user: user.id,
      text: encoded,
      ...(threadTs ? { threadTs } : {}),
    })
    const isMember = channel.members.includes(workspace.bot.id)
    const named = encoded.includes(`<@${workspace.bot.id}>`)
    if (named && !isMember) tellPerson(workspace, channel, user, slackbot.invite(workspace.bot.name))
    if (!isMember || (!named && channel.kind !== 'direct')) return { outcome: 'posted' }

    const event = messageEvent(workspace, channel, message)
    const body = eventCallback(workspace, event, ids.next('Ev'), Math.floor(now() / 1000))
    return send({ kind: 'events_api', body }, doing)
  }

  /** What the acknowledgement of a window asks for: nothing closes it, `update` shows another in its place. */
  function showNext(userId: string, viewId: string, done: Extract<Delivered, { outcome: 'acked' }>): Done {
    const action = textAt(done.reply, 'response_action')
    if (action === '') views.close(userId)
    if (action !== 'update') return done
    const next = objectAt(done.reply, 'view')
    try {
      checkModal(next)
    } catch (error) {
      if (!(error instanceof SlackError)) throw error
      return { outcome: 'refused', reason: `We had some trouble connecting: ${JSON.stringify(error.extra)}` }
    }
    views.update(viewId, next)
    return done
  }

  return {
    type(userId, channelName, text, doing = {}) {
      const { user, channel } = people(userId, channelName)
      const run = text.startsWith('/') ? command : say
      return run(user, channel, text, doing.threadTs, doing)
    },
    mention(userId, channelName, text, threadTs, doing = {}) {
      const { user, channel } = people(userId, channelName)
      return say(user, channel, `@${workspace.bot.name} ${text}`, threadTs, doing)
    },
    async press(userId, message, which, doing = {}) {
      const { user, channel } = people(userId, message.channel)
      const current = workspace.message(message.channel, message.ts) ?? message
      const { button, blockId } = findButton(current, which, doing.blockId)
      if (button['confirm'] !== undefined && doing.answer === 'deny')
        return { outcome: 'refused', reason: 'denied in the dialog' }
      const target = { channel: channel.id, user: user.id, message: current }
      const body = blockActions(
        workspace,
        user,
        channel,
        current,
        buttonAction(button, blockId, ids.ts()),
        ways(target),
      )
      return send({ kind: 'interactive', body }, doing)
    },
    shortcut(userId, callbackId) {
      const { user } = people(userId, workspace.channels()[0]?.id ?? '')
      const body = shortcut(workspace, user, callbackId, triggers.issue(userId), ids.ts())
      return send({ kind: 'interactive', body }, {})
    },
    messageShortcut(userId, message, callbackId, doing = {}) {
      const { user, channel } = people(userId, message.channel)
      const current = workspace.message(message.channel, message.ts) ?? message
      const target = { channel: channel.id, user: user.id }
      const body = messageAction(workspace, user, channel, current, callbackId, { ...ways(target), at: ids.ts() })
      return send({ kind: 'interactive', body }, doing)
    },
    async submit(userId, values) {
      const { user } = people(userId, workspace.channels()[0]?.id ?? '')
      const view = views.modal(userId)
      if (!view) return { outcome: 'refused', reason: 'no modal is open' }
      const body = viewSubmission(workspace, user, view, values, triggers.issue(userId))
      const done = await send({ kind: 'interactive', body }, {})
      if (done.outcome !== 'acked') return done
      return showNext(userId, textAt(view, 'id'), done)
    },
    closeModal(userId) {
      views.close(userId)
      return Promise.resolve({ outcome: 'posted' })
    },
    async repeatLast() {
      const last = deliveries.log().at(-1)
      return last ? deliveries.again(last.delivery) : { outcome: 'refused', reason: 'nothing was delivered yet' }
    },
  }
}

/** Slack's own words when a command gets no answer. */
function failure(command: string, done: Delivered): string {
  return `${command} failed with the error "${done.outcome === 'timed-out' ? 'operation_timeout' : 'dispatch_failed'}"`
}
