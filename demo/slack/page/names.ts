import { slackbot } from '../slackbot.ts'
import type { Workspace } from '../workspace.ts'

/** Who looks at the page, and where the names behind ids come from. */
export interface Reader {
  readonly workspace: Workspace
  readonly userId: string
  readonly theme: 'light' | 'dark'
}

export function nameOf(workspace: Workspace, userId: string): string {
  if (userId === slackbot.id) return slackbot.name
  return workspace.user(userId)?.realName ?? userId
}

export function handleOf(workspace: Workspace, userId: string): string {
  return workspace.user(userId)?.name ?? userId
}

export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean)
  return words
    .slice(0, 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('')
}

export function groupHandle(workspace: Workspace, groupId: string): string {
  return workspace.groups().find((group) => group.id === groupId)?.handle ?? groupId
}

/** Whether this text calls the person: by name, by a group they are in, or as everybody. */
export function mentions(workspace: Workspace, text: string, userId: string): boolean {
  if (/<!(?:channel|here|everyone)(?:\|[^>]*)?>/u.test(text) || text.includes(`<@${userId}>`)) return true
  const groups = workspace.groups().filter((group) => group.members.includes(userId))
  return text.includes(`<@${userId}|`) || groups.some((group) => text.includes(`<!subteam^${group.id}`))
}
