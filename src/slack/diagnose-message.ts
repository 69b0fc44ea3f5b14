import { readTyped } from '../../commands/read-line.ts'
import type { AlertMessageRead } from '../alerts/slack-message/read-alert-message.ts'
import { ask, type AskParts, type Asker } from './ask.ts'
import { namesNoTarget } from './messages/names-no-target.ts'
import { plainMessage } from './messages/replies.ts'

/** A person asks for what a message names; it is answered as if he had typed it, under the same rule for who may. */
export async function diagnoseMessage(parts: AskParts, asker: Asker, message: unknown): Promise<void> {
  const read = parts.alertMessages?.read(asker.channel, message) ?? null
  if (read === null) return asker.tellAlone(plainMessage('I cannot read that message any more.'))
  if (read.kind !== 'alert') return asker.tellAlone(namesNoTarget(read))
  return ask(parts, asker, readTyped(`diagnose ${targetOf(read.mapped)}`))
}

function targetOf({ hosts, site }: Extract<AlertMessageRead, { kind: 'alert' }>['mapped']): string {
  const [only, ...others] = hosts
  if (site === undefined) return hosts.join(' ')
  const named = `${site.serverName}${site.path === '/' ? '' : site.path}`
  return others.length === 0 ? `${named} on ${only}` : named
}
