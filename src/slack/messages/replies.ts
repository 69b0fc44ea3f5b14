import type { KnownBlock } from '@slack/types'
import type { Command, HostEntry, Reply } from '../../../commands/command.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import { explainedMessage } from './explained.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { actionIds } from './offer.ts'
import { bullets, code, rich, sentence, small, strong, words } from './rich.ts'

/** The answer to a line that starts no work; it is shown to the person alone. */
export function replyMessage(
  reply: Exclude<
    Reply,
    {
      kind:
        | 'diagnose'
        | 'diagnose-all'
        | 'freeze'
        | 'unfreeze'
        | 'freezes'
        | 'mute'
        | 'unmute'
        | 'status'
        | 'watch'
        | 'watches'
        | 'unwatch'
        | 'audit'
        | 'history'
        | 'reviews'
    }
  >,
): Message {
  switch (reply.kind) {
    case 'help':
      return helpMessage(reply.commands)
    case 'hosts':
      return hostsMessage(reply.hosts)
    case 'suggestions':
      return suggestionsMessage(reply.message, reply.commands)
    case 'explained':
      return explainedMessage(reply)
    case 'paste-lines':
      return plainMessage(
        'Paste the lines behind the word explain, or type /nginx explain alone: that opens a window for them.',
      )
    case 'refusal':
      break
  }
  return plainMessage(reply.message)
}

/** One thought in words of our own, which may quote what was typed. */
export function plainMessage(message: string): Message {
  return { text: mrkdwn(message, 500), blocks: [rich(sentence(words(message, 900)))] }
}

function suggestionsMessage(message: string, commands: readonly string[]): Message {
  const buttons = commands.slice(0, 3).map((line, index) => ({
    type: 'button' as const,
    action_id: `${actionIds.suggestion}:${index}`,
    text: { type: 'plain_text' as const, text: inertLine(line, 75), emoji: false },
    accessibility_label: inertLine(`Run ${line}`, 75),
    value: inertLine(line, 2000),
  }))
  return {
    text: mrkdwn(`${message} ${commands.join(', ')}`, 500),
    blocks: [rich(sentence(words(message, 900))), { type: 'actions', block_id: 'suggestions', elements: buttons }],
  }
}

function helpMessage(commands: readonly Pick<Command, 'usage' | 'summary'>[]): Message {
  const items = commands.map(({ usage, summary }) => [code(`/nginx ${usage}`), words(summary)])
  return {
    text: `What I understand: ${mrkdwn(commands.map(({ usage }) => `/nginx ${usage}`).join('; '), 600)}`,
    blocks: [
      rich(sentence(strong('What I understand')), bullets(items)),
      small(
        'In a thread, mention me instead: `@gatemedic diagnose web-1`, or `diagnose this` below an alert. I change nothing on a host unless an approver presses a button.',
      ),
    ],
  }
}

const mostHosts = 40

function hostsMessage(hosts: readonly HostEntry[]): Message {
  if (hosts.length === 0) return plainMessage('The inventory holds no host yet. Add one to it, then try again.')
  const items = hosts.slice(0, mostHosts).map((host) => [code(host.name, 100), words(about(host), 180)])
  const more: readonly KnownBlock[] =
    hosts.length > mostHosts ? [small(`and ${hosts.length - mostHosts} more in the inventory`)] : []
  return fit({
    text: `${hosts.length === 1 ? '1 host' : `${hosts.length} hosts`}: ${mrkdwn(hosts.map(({ name }) => name).join(', '), 400)}`,
    blocks: [rich(sentence(strong('Hosts I know')), bullets(items)), ...more],
  })
}

function about({ sites, groups, acts }: HostEntry): string {
  const parts = [sites.join(', '), groups.length === 0 ? '' : `group ${groups.join(', ')}`, acts]
  return parts.filter((part) => part !== '').join(' · ')
}
