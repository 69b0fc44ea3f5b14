import { randomBytes } from 'node:crypto'

import { flagAt, textAt } from './json.ts'
import type { JsonObject } from './json.ts'
import type { IdSource } from './ids.ts'
import type { Message } from './model.ts'
import { SlackError } from './slack-error.ts'
import { checkedBlocks } from './web-api/chat.ts'
import type { Workspace } from './workspace.ts'

/** Where a reply goes: the conversation and person of the command, or the message whose button was pressed. */
export interface ReplyTarget {
  readonly channel: string
  readonly user: string
  readonly message?: Message
}

/** Slack: "Handling user interaction": five uses within thirty minutes. */
const maxUses = 5
const lifeMs = 30 * 60_000

export interface ResponseUrls {
  issue(target: ReplyTarget): string
  /** Applies a body sent to the URL with this path; throws SlackError (used_url, expired_url, no_text, invalid_blocks). */
  use(path: string, body: JsonObject): void
}

export function createResponseUrls(
  workspace: Workspace,
  ids: IdSource,
  now: () => number,
  origin: () => string,
): ResponseUrls {
  const issued = new Map<string, { readonly target: ReplyTarget; readonly at: number; uses: number }>()

  return {
    issue(target) {
      const path = `/response/${workspace.team.id}/${ids.next('')}/${randomBytes(12).toString('hex')}`
      issued.set(path, { target, at: now(), uses: 0 })
      return `${origin()}${path}`
    },
    use(path, body) {
      const entry = issued.get(path)
      if (!entry || now() - entry.at > lifeMs) throw new SlackError('expired_url')
      if (entry.uses >= maxUses) throw new SlackError('used_url')
      entry.uses += 1
      applyReply(workspace, entry.target, body)
    },
  }
}

/** A reply by response_url or with the acknowledgement. Seen by the person alone unless it says in_channel. */
export function applyReply(workspace: Workspace, target: ReplyTarget, body: JsonObject): void {
  const original = target.message && workspace.message(target.message.channel, target.message.ts)
  if (original && flagAt(body, 'delete_original')) return workspace.remove(original)
  const text = textAt(body, 'text')
  const blocks = checkedBlocks(body) ?? []
  if (!text && blocks.length === 0) throw new SlackError('no_text')
  if (original && flagAt(body, 'replace_original')) return void workspace.change(original, { text, blocks })

  const threadTs = textAt(body, 'thread_ts') || (original?.ephemeralTo ? original.threadTs : undefined)
  workspace.post({
    channel: target.channel,
    user: workspace.bot.id,
    text,
    blocks,
    ...(threadTs ? { threadTs } : {}),
    ...(textAt(body, 'response_type') === 'in_channel' ? {} : { ephemeralTo: target.user }),
  })
}
