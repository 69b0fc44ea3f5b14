import type { ChatFreeze, KeptFreeze } from '../../approval/freeze-store.ts'
import type { Freeze, HostMatch } from '../../approval/policy/policy.ts'
import type { FreezesNow, Lifted } from '../../jobs/freeze-desk.ts'
import { mrkdwn } from '../escape.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { plainMessage } from './replies.ts'
import { bullets, code, rich, sentence, strong, words } from './rich.ts'

export function frozenMessage({ on, until, because, name }: ChatFreeze): Message {
  const why = because === '' ? '' : `: ${because}`
  return plainMessage(
    `${name} froze ${partWords(on)}${untilWords(until)}${why}. Nothing but a start runs there; approvers lift it with "/nginx unfreeze ${on}".`,
  )
}

export function liftedMessage(lifted: Exclude<Lifted, { kind: 'refused' }>, name: string): Message {
  const { on, left } = lifted
  const others = left.chat.length + left.policy.length
  const more = others === 0 ? 'Nothing is frozen now.' : `${count(others)} in force: "/nginx freezes" lists them.`
  if (lifted.kind === 'none') return plainMessage(`There is no freeze on exactly ${partWords(on)}. ${more}`)
  return plainMessage(`${name} lifted ${count(lifted.count)} on ${partWords(on)}. ${more}`)
}

/** Shown at a time; more are counted. */
const most = 20

export function freezesMessage({ chat, policy }: FreezesNow): Message {
  const all = [...chat.map(chatWords), ...policy.map(policyWords)]
  if (all.length === 0) return plainMessage('Nothing is frozen now.')
  const items = all.slice(0, most).map(({ on, rest }) => [code(on, 100), words(rest, 300)])
  const more = all.length > most ? [sentence(words(`and ${all.length - most} more`))] : []
  return fit({
    text: `Frozen now: ${mrkdwn(all.map(({ on }) => on).join(', '), 400)}`,
    blocks: [rich(sentence(strong('Frozen now; a start may still run')), bullets(items), ...more)],
  })
}

function chatWords(kept: KeptFreeze): { readonly on: string; readonly rest: string } {
  if (kept.kind === 'forged')
    return { on: 'all', rest: `because of something in Redis that is no freeze of ours (${kept.because})` }
  const why = kept.because === '' ? 'no reason given' : kept.because
  return { on: kept.on, rest: `${untilWords(kept.until).trim()}, by ${kept.name} since ${minute(kept.at)}: ${why}` }
}

function policyWords({ hosts, until, because }: Freeze): { readonly on: string; readonly rest: string } {
  return { on: matchWords(hosts), rest: `until ${minute(new Date(until).toISOString())}, by the policy: ${because}` }
}

function matchWords({ names, groups, labels }: HostMatch): string {
  const parts = [
    ...names,
    ...groups.map((group) => `group:${group}`),
    ...Object.entries(labels).map((pair) => pair.join('=')),
  ]
  return parts.length === 0 ? 'all' : parts.join(' ')
}

function partWords(on: string): string {
  return on === 'all' ? 'all hosts' : on
}

function untilWords(until: string | null): string {
  return until === null ? ' until it is lifted' : ` until ${minute(until)}`
}

/** "2026-11-21 03:04 UTC" */
function minute(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}

function count(freezes: number): string {
  return freezes === 1 ? '1 freeze' : `${freezes} freezes`
}
