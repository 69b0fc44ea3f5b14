import type { Workspace } from './workspace.ts'

/** Ends that Slack's client takes for a link without a scheme. Its list is longer; these are the ones that turn up here. */
const linkedEnds = ['com', 'org', 'net', 'io', 'dev', 'app', 'de', 'uk', 'fr', 'eu', 'co', 'info', 'shop', 'cloud']

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function encodeWord(word: string, workspace: Workspace): string {
  const trail = /[.,;:!?)\]]*$/u.exec(word)?.[0] ?? ''
  const core = trail ? word.slice(0, -trail.length) : word
  return `${encodeCore(core, workspace)}${escape(trail)}`
}

function encodeCore(core: string, workspace: Workspace): string {
  if (/^https?:\/\/[^\s<>|]+$/u.test(core)) return `<${escape(core)}>`
  if (/^[^\s@<>|]+@[a-z0-9.-]+\.[a-z]{2,}$/iu.test(core)) return `<mailto:${core}|${core}>`
  if (core.startsWith('@')) return encodeMention(core, workspace)
  if (core.startsWith('#')) {
    const channel = workspace.channel(core)
    return channel && channel.kind !== 'direct' ? `<#${channel.id}|${channel.name}>` : escape(core)
  }
  const host = /^(?<host>(?:[a-z0-9-]+\.)+(?<end>[a-z]{2,}))(?::\d+)?(?:\/[^\s<>|]*)?$/iu.exec(core)?.groups
  return host && linkedEnds.includes(host['end'] ?? '') ? `<http://${escape(core)}|${escape(core)}>` : escape(core)
}

function encodeMention(core: string, workspace: Workspace): string {
  const handle = core.slice(1).toLowerCase()
  const user = workspace.users().find((one) => one.name === handle)
  if (user) return `<@${user.id}|${user.name}>`
  const group = workspace.groups().find((one) => one.handle === handle)
  if (group) return `<!subteam^${group.id}|@${group.handle}>`
  return ['here', 'channel', 'everyone'].includes(handle) ? `<!${handle}>` : escape(core)
}

/**
 * What an app gets when a person types this: `&`, `<` and `>` escaped, people, groups and channels as ids with their
 * names (a command with should_escape), links in angle brackets, also those that the client finds by itself
 * ("shop.example.com" becomes "<http://shop.example.com|shop.example.com>"). Typographic quotes stay.
 */
export function encodeTyped(text: string, workspace: Workspace): string {
  return text
    .split(/(?<space>\s+)/u)
    .map((part, index) => (index % 2 === 1 ? part : encodeWord(part, workspace)))
    .join('')
}

/** In messages and their events a mention carries the id alone. */
export function encodeMessage(text: string, workspace: Workspace): string {
  return encodeTyped(text, workspace).replaceAll(/<@(?<id>[A-Z0-9]+)\|[^>]*>/gu, '<@$<id>>')
}
