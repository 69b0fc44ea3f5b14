import type { KnownBlock } from '@slack/types'
import type { Status } from '../../alerts/storm/status.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import { fit } from './fit.ts'
import { scopesWords } from '../scopes-missing.ts'
import { freezesMessage } from './freezes.ts'
import type { Message } from './message.ts'
import { muteItem } from './mutes.ts'
import { bullets, code, rich, sentence, small, strong, words } from './rich.ts'
import { timeToken, utcTime } from './when.ts'

const shown = { unmapped: 5, untold: 5, mutes: 10, sources: 6, digests: 5 } as const

/** A mention of anything else would be text of strangers. */
const channelId = /^[A-Z0-9]{2,30}$/

/**
 * `/nginx status`: what does not work comes first, then what is under way, then what was heard.
 *
 * @param scopesMissing of the app, without which every channel counts as shared
 */
export function statusMessage(status: Status, scopesMissing: readonly string[] = []): Message {
  const { unmapped, untold, mutes, digests } = status
  const work = workLine(status)
  const heard = heardLine(status)
  return fit({
    text: mrkdwn(`${work} ${heard}`, 400),
    blocks: [
      rich(sentence(strong(work, 400))),
      rich(sentence(words(heard, 400))),
      ...(scopesMissing.length === 0 ? [] : [small(`*Slack:* ${scopesWords(scopesMissing)}.`)]),
      ...digests.slice(0, shown.digests).map(digestBlock),
      ...untoldBlocks(untold),
      ...unmappedBlocks(unmapped),
      ...mutesBlocks(mutes),
      ...frozenBlocks(status),
    ],
  })
}

function workLine({ workers, queued, running, hosts }: Status): string {
  const named = hosts.map((host) => inertLine(host, 60)).join(', ')
  const more = running + queued > hosts.length ? ' and more' : ''
  const under = running === 0 ? 'no diagnosis is running' : `${count(running, 'diagnosis', 'diagnoses')} running`
  const waiting = queued === 0 ? '' : `, ${queued} waiting`
  const which = named === '' ? '' : ` (${named}${more})`
  if (workers === 0) {
    const left = running + queued
    const waits = left === 0 ? '' : ` ${count(left, 'diagnosis waits', 'diagnoses wait')} for it${which}.`
    return `No worker is there: nothing can be diagnosed until one is started.${waits}`
  }
  return `It works: ${count(workers, 'worker is', 'workers are')} there, ${under}${waiting}${which}.`
}

function heardLine({ alerts, mutedAlerts }: Status): string {
  if (alerts.length === 0) return 'No alert came within the last hour.'
  const sum = alerts.reduce((all, each) => all + each.count, 0)
  const listed = alerts
    .slice(0, shown.sources)
    .map(({ source, count: many }) => `${many} from ${inertLine(source, 60)}`)
  return `${count(sum, 'alert', 'alerts')} within the last hour: ${listed.join(', ')}${alerts.length > shown.sources ? ' and others' : ''}${mutedAlerts > 0 ? `; ${mutedAlerts} of muted hosts` : ''}.`
}

function digestBlock({ channel, hosts, since }: Status['digests'][number]): KnownBlock {
  const where = channelId.test(channel) ? ` in <#${channel}>` : ''
  return small(`${count(hosts, 'host', 'hosts')} alerting together since ${timeToken(since)}${where}`)
}

function untoldBlocks(untold: Status['untold']): readonly KnownBlock[] {
  return untold
    .filter(({ channel }) => channelId.test(channel))
    .slice(0, shown.untold)
    .map(({ channel, count: many, lastAt }) =>
      small(
        `*I may not post in <#${channel}>:* ${count(many, 'answer to an alert', 'answers to alerts')} could not be told there, the last at ${timeToken(lastAt)}. Invite me: \`/invite\` in that channel.`,
      ),
    )
}

function unmappedBlocks(unmapped: Status['unmapped']): readonly KnownBlock[] {
  if (unmapped.length === 0) return []
  const items = unmapped
    .slice(0, shown.unmapped)
    .map(({ source, title, because, count: many, lastAt }) => [
      code(title, 100),
      words(
        `from ${inertLine(source, 60)}${many > 1 ? ` ×${many}` : ''}, last ${lastAt.slice(0, 10)} ${utcTime(lastAt)}: ${because}`,
        400,
      ),
    ])
  const left = unmapped.length - items.length
  const more = left > 0 ? [sentence(words(`and ${left} more`))] : []
  return [
    rich(sentence(strong('Alerts about no host that I know')), bullets(items), ...more),
    small(
      'A rule under `map` of the source leads them to a host: docs/alerts.md, and `gatemedic alerts map` to try it.',
    ),
  ]
}

function mutesBlocks(mutes: Status['mutes']): readonly KnownBlock[] {
  if (mutes.length === 0) return []
  const left = mutes.length - shown.mutes
  const more = left > 0 ? [sentence(words(`and ${left} more`))] : []
  return [
    rich(sentence(strong('Muted: alerts start nothing')), bullets(mutes.slice(0, shown.mutes).map(muteItem)), ...more),
  ]
}

function frozenBlocks({ freezes }: Status): readonly KnownBlock[] {
  return freezes.chat.length + freezes.policy.length === 0 ? [] : freezesMessage(freezes).blocks
}

function count(many: number, one: string, several: string): string {
  return `${many} ${many === 1 ? one : several}`
}
