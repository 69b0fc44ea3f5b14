import { withBlockIds } from './block-ids.ts'
import type { Cast } from './cast.ts'
import type { IdSource } from './ids.ts'
import type { Change, Channel, Draft, Integration, Message, StoredFile, Team, User, UserGroup } from './model.ts'

/** Everything the stand-in remembers, with a feed of what changes. It knows no rules of the Web API: those live with the methods. */
export interface Workspace {
  readonly team: Team
  readonly bot: User
  readonly botId: string
  readonly appId: string
  users(): readonly User[]
  /** Which other app a message is by, by the id of its bot user. */
  integration(userId: string): Integration | undefined
  /** By id; also the bot users of other apps. */
  user(id: string): User | undefined
  groups(): readonly UserGroup[]
  channels(): readonly Channel[]
  /** By id, or by name with or without `#`. */
  channel(idOrName: string): Channel | undefined
  /** The conversation of a person with the bot. */
  directWithBot(userId: string): Channel | undefined
  /** Oldest first; with the replies in threads and the ephemeral messages of everybody. */
  messages(channelId: string): readonly Message[]
  message(channelId: string, ts: string): Message | undefined
  /** Root first, then its replies; no ephemeral ones. */
  thread(channelId: string, rootTs: string): readonly Message[]
  ephemerals(userId: string): readonly Message[]
  post(draft: Draft): Message
  /** Files that were uploaded and shared, by id. */
  file(id: string): StoredFile | undefined
  keepFile(id: string, file: StoredFile): void
  change(message: Message, patch: Partial<Message>): Message
  remove(message: Message): void
  join(channelId: string, userId: string): void
  leave(channelId: string, userId: string): void
  /** Somebody is renamed, deactivated or made a guest. */
  changeUser(id: string, patch: Partial<User>): void
  /** Somebody is taken into a user group or out of it. */
  changeGroup(id: string, members: readonly string[]): void
  setStatus(channelId: string, threadTs: string, status: string): void
  status(channelId: string, threadTs: string): string
  announce(change: Change): void
  /** Gives back the function that ends the subscription. */
  onChange(listener: (change: Change) => void): () => void
}

export function createWorkspace(cast: Cast, ids: IdSource): Workspace {
  const channels = new Map(cast.channels.map((channel) => [channel.id, channel]))
  const messages = new Map<string, Message[]>(cast.channels.map((channel) => [channel.id, []]))
  const files = new Map<string, StoredFile>()
  const statuses = new Map<string, string>()
  const listeners = new Set<(change: Change) => void>()
  let everyone: readonly User[] = [...cast.people, cast.bot]
  let groups = cast.groups
  const integrations = cast.integrations ?? []

  function announce(change: Change): void {
    for (const listener of listeners) listener(change)
  }
  function inChannel(channelId: string): Message[] {
    return messages.get(channelId) ?? []
  }

  return {
    team: cast.team,
    bot: cast.bot,
    botId: 'B0GATEMEDIC',
    appId: 'A0GATEMEDIC',
    users: () => everyone,
    integration: (userId) => integrations.find(({ user }) => user.id === userId),
    user: (id) => [...everyone, ...integrations.map(({ user }) => user)].find((user) => user.id === id),
    groups: () => groups,
    channels: () => [...channels.values()],
    channel: (idOrName) =>
      channels.get(idOrName) ??
      [...channels.values()].find((one) => one.kind !== 'direct' && one.name === idOrName.replace(/^#/u, '')),
    directWithBot: (userId) =>
      [...channels.values()].find(
        (one) => one.kind === 'direct' && one.members.includes(userId) && one.members.includes(cast.bot.id),
      ),
    messages: inChannel,
    message: (channelId, ts) => inChannel(channelId).find((message) => message.ts === ts),
    thread: (channelId, rootTs) =>
      inChannel(channelId).filter(
        (message) => !message.ephemeralTo && (message.ts === rootTs || message.threadTs === rootTs),
      ),
    ephemerals: (userId) => [...messages.values()].flat().filter((message) => message.ephemeralTo === userId),
    post(draft) {
      const blocks = withBlockIds(draft.blocks ?? [], ids)
      const message: Message = { files: [], ...draft, blocks, ts: ids.ts(), reactions: [] }
      inChannel(draft.channel).push(message)
      announce({ kind: 'posted', message })
      return message
    },
    file: (id) => files.get(id),
    keepFile(id, file) {
      files.set(id, file)
    },
    change(message, patch) {
      const list = inChannel(message.channel)
      const at = list.findIndex((one) => one.ts === message.ts)
      const blocks = withBlockIds(patch.blocks ?? message.blocks, ids)
      const changed = { ...message, ...patch, blocks }
      if (at >= 0) list[at] = changed
      announce({ kind: 'changed', message: changed })
      return changed
    },
    remove(message) {
      messages.set(
        message.channel,
        inChannel(message.channel).filter((one) => one.ts !== message.ts),
      )
      announce({ kind: 'removed', message })
    },
    join(channelId, userId) {
      const channel = channels.get(channelId)
      if (!channel || channel.members.includes(userId)) return
      channels.set(channelId, { ...channel, members: [...channel.members, userId] })
      announce({ kind: 'joined', channel: channelId, user: userId })
    },
    leave(channelId, userId) {
      const channel = channels.get(channelId)
      if (!channel) return
      channels.set(channelId, { ...channel, members: channel.members.filter((member) => member !== userId) })
    },
    changeUser(id, patch) {
      everyone = everyone.map((user) => (user.id === id ? { ...user, ...patch } : user))
    },
    changeGroup(id, members) {
      groups = groups.map((group) => (group.id === id ? { ...group, members } : group))
    },
    setStatus(channelId, threadTs, status) {
      statuses.set(`${channelId} ${threadTs}`, status)
      announce({ kind: 'status', channel: channelId, threadTs, status })
    },
    status: (channelId, threadTs) => statuses.get(`${channelId} ${threadTs}`) ?? '',
    announce,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
