import { renderToStaticMarkup } from 'react-dom/server'

import { buttonsOf } from '../buttons.ts'
import { isObject, objectAt, textAt } from '../json.ts'
import type { Channel, Message } from '../model.ts'
import type { Views } from '../views.ts'
import type { Workspace } from '../workspace.ts'
import { notificationsFor } from './lock-screen.ts'
import type { Notification } from './lock-screen.ts'
import { messageHtml } from './message.ts'
import { type ModalView, modalView } from './modal.ts'
import { inlineNodes, mrkdwnNodes } from './mrkdwn.ts'
import { createElement as h } from 'react'
import { initialsOf, nameOf } from './names.ts'
import type { Reader } from './names.ts'

/** The dialog that Slack shows before it sends a press. */
interface ConfirmView {
  readonly title: string
  /** HTML. */
  readonly text: string
  readonly confirm: string
  readonly deny: string
  readonly danger: boolean
}

interface ButtonView {
  readonly block: string
  readonly action: string
  readonly url: string | null
  readonly confirm: ConfirmView | null
}

interface MessageView {
  readonly ts: string
  readonly html: string
  readonly buttons: readonly ButtonView[]
}

interface ChannelView {
  readonly id: string
  readonly name: string
  readonly kind: Channel['kind']
  readonly latest: string
}

/** Everything the page shows to one person, as JSON for the browser. */
export interface PageView {
  readonly team: string
  readonly people: readonly {
    readonly id: string
    readonly name: string
    readonly title: string
    readonly initials: string
  }[]
  readonly channels: readonly ChannelView[]
  readonly channel: {
    readonly id: string
    readonly name: string
    readonly kind: Channel['kind']
    readonly topic: string
    readonly members: number
  }
  readonly messages: readonly MessageView[]
  readonly thread: { readonly ts: string; readonly messages: readonly MessageView[]; readonly status: string } | null
  readonly notifications: readonly Notification[]
  /** The window that is open for this person. */
  readonly modal: ModalView | null
  readonly bot: string
}

export interface Asked {
  readonly user: string
  readonly channel: string
  readonly thread: string
  readonly theme: 'light' | 'dark'
}

/** Falls back to the first person and the first channel they are in when the browser asks for one that is not there. */
export function pageView(workspace: Workspace, views: Pick<Views, 'modal'>, asked: Asked): PageView {
  const people = workspace.users().filter((user) => user.kind !== 'bot')
  const user = people.find((one) => one.id === asked.user) ?? people[0]
  const userId = user?.id ?? ''
  const mine = workspace.channels().filter((one) => one.members.includes(userId))
  const channel = mine.find((one) => one.id === asked.channel) ?? mine[0]
  if (!channel) throw new Error(`${userId} is in no channel`)

  const reader: Reader = { workspace, userId, theme: asked.theme }
  const visible = workspace.messages(channel.id).filter((one) => !one.ephemeralTo || one.ephemeralTo === userId)
  const root = visible.find((one) => one.ts === asked.thread)
  return {
    team: workspace.team.name,
    people: people.map((one) => ({
      id: one.id,
      name: one.realName,
      title: one.title,
      initials: initialsOf(one.realName),
    })),
    channels: mine.map((one) => channelView(workspace, one, userId)),
    channel: {
      id: channel.id,
      name: channelTitle(workspace, channel, userId),
      kind: channel.kind,
      topic: channel.topic,
      members: channel.members.length,
    },
    messages: list(
      visible.filter((one) => !one.threadTs || one.broadcast === true),
      false,
      reader,
    ),
    thread: root
      ? {
          ts: root.ts,
          messages: list(
            visible.filter((one) => one.ts === root.ts || one.threadTs === root.ts),
            true,
            reader,
          ),
          status: workspace.status(channel.id, root.ts),
        }
      : null,
    notifications: notificationsFor(workspace, userId),
    modal: modalView(views.modal(userId), reader),
    bot: workspace.bot.name,
  }
}

function channelTitle(workspace: Workspace, channel: Channel, userId: string): string {
  if (channel.kind !== 'direct') return channel.name
  return nameOf(workspace, channel.members.find((member) => member !== userId) ?? userId)
}

function channelView(workspace: Workspace, channel: Channel, userId: string): ChannelView {
  const seen = workspace.messages(channel.id).filter((one) => !one.ephemeralTo || one.ephemeralTo === userId)
  const fromOthers = seen.filter((one) => one.user !== userId && !one.threadTs)
  return {
    id: channel.id,
    name: channelTitle(workspace, channel, userId),
    kind: channel.kind,
    latest: fromOthers.at(-1)?.ts ?? '',
  }
}

function list(messages: readonly Message[], inThread: boolean, reader: Reader): readonly MessageView[] {
  return messages.map((message, index) => ({
    ts: message.ts,
    html: messageHtml(message, { before: messages[index - 1], inThread }, reader),
    buttons: buttonsOf(message).map(({ button, blockId }) => ({
      block: blockId,
      action: textAt(button, 'action_id') || textAt(objectAt(button, 'text'), 'text'),
      url: /^https?:\/\//u.test(textAt(button, 'url')) ? textAt(button, 'url') : null,
      confirm: isObject(button['confirm']) ? confirmView(objectAt(button, 'confirm'), reader) : null,
    })),
  }))
}

function confirmView(confirm: Readonly<ReturnType<typeof objectAt>>, reader: Reader): ConfirmView {
  const label = (key: string): string => textAt(objectAt(confirm, key), 'text')
  const isMarked = textAt(objectAt(confirm, 'text'), 'type') === 'mrkdwn'
  const text = isMarked ? mrkdwnNodes(label('text'), reader) : [label('text')]
  return {
    title: label('title'),
    text: renderToStaticMarkup(h('div', null, text)),
    confirm: label('confirm'),
    deny: label('deny'),
    danger: textAt(confirm, 'style') === 'danger',
  }
}

/** The caller's banner: mrkdwn, one line. */
export function bannerHtml(workspace: Workspace, text: string): string {
  return renderToStaticMarkup(h('span', null, inlineNodes(text, { workspace, userId: '', theme: 'light' })))
}
