import type { Button, KnownBlock } from '@slack/types'
import type { FleetRun } from '../../approval/fleet-run.ts'
import type { Proposal } from '../../approval/proposal.ts'
import { hostsInWords } from '../../fleet/lines.ts'
import { inert, inertLine, mrkdwn } from '../escape.ts'
import { thing, titleOf, wordsOf } from './action-words.ts'
import { asSentence } from './as-sentence.ts'
import { fit } from './fit.ts'
import { hostList } from './host-list.ts'
import type { Message } from './message.ts'
import { actionIds, offerBlocks, offerPrefix } from './offer.ts'
import { box, bullets, rich, sentence, small, strong, words } from './rich.ts'
import { timeToken } from './when.ts'

/** "Reload nginx on 8 hosts". */
export function runTitle({ action, members, target }: Pick<FleetRun, 'action' | 'members' | 'target'>): string {
  return `${wordsOf(action).verb} ${thing(action, target)} on ${hostsInWords(members.length)}`
}

/** The same action on several hosts of a thread, with its one button. */
export function severalMessage(run: FleetRun, proposals: readonly Proposal[]): Message {
  const title = run.atOnce < run.members.length ? `${runTitle(run)}, ${paceOf(run)}` : runTitle(run)
  return fit({
    text: mrkdwn(`${runTitle(run)}?`, 200),
    blocks: [rich(sentence(strong(title, 200))), ...effects(proposals), ...runOfferBlocks(run, proposals)],
  })
}

/** "one at a time", "2 at a time". */
function paceOf({ atOnce }: FleetRun): string {
  return `${atOnce === 1 ? 'one' : atOnce} at a time`
}

/** The effect on each host; said once where it is the same for all of them. */
function effects(proposals: readonly Proposal[]): readonly KnownBlock[] {
  const [first] = proposals
  if (first === undefined) return []
  if (proposals.every(({ effect }) => effect === first.effect))
    return [rich(sentence(strong(`${hostList(proposals.map(({ host }) => host))}:`, 300), words(first.effect, 600)))]
  const shown = proposals.slice(0, mostEffects).map(({ host, effect }) => [strong(`${host}:`, 80), words(effect, 250)])
  const more = proposals.slice(mostEffects).map(({ host }) => host)
  return [rich(bullets([...shown, ...(more.length === 0 ? [] : [[words(`and ${hostList(more)}`, 300)]])]))]
}

const mostEffects = 12

/** What a press replaces: the terms and the button. */
export function runOfferBlocks(
  run: FleetRun,
  proposals: readonly Proposal[],
  until = run.expiresAt,
): readonly KnownBlock[] {
  const terms = `Each host is decided anew and compared with its diagnosis when its turn comes; the first that is not resolved stops the rest.`
  return [
    { ...small(`${terms} Offered until ${timeToken(until)}.`), block_id: `${offerPrefix}terms` },
    { type: 'actions', block_id: `${offerPrefix}run`, elements: [runButton(run, proposals)] },
  ]
}

/** The button carries the id of the run and nothing else. */
export function runButton(run: FleetRun, proposals: readonly Proposal[] = []): Button {
  const title = inertLine(runTitle(run), 75)
  const { verb, interrupts } = wordsOf(run.action)
  return {
    type: 'button',
    action_id: actionIds.approveAll,
    text: { type: 'plain_text', text: title, emoji: false },
    accessibility_label: title,
    value: run.id,
    style: interrupts ? 'danger' : 'primary',
    confirm: {
      title: { type: 'plain_text', text: inertLine(`${runTitle(run)}?`, 100), emoji: false },
      text: { type: 'plain_text', text: inert(confirmText(run, proposals), 300), emoji: false },
      confirm: { type: 'plain_text', text: verb, emoji: false },
      deny: { type: 'plain_text', text: 'Cancel', emoji: false },
      ...(interrupts ? { style: 'danger' as const } : {}),
    },
  }
}

/** Slack shows 300 characters: names, then how it goes, then as much of the effect as there is room for. */
function confirmText(run: FleetRun, proposals: readonly Proposal[]): string {
  const hosts = run.members.map(({ host }) => host)
  const names = hostList(hosts, 90)
  const how = `${asSentence(`${paceOf(run)}, until one is not resolved`)} Your approval holds 30 minutes for those whose turn comes later.`
  const runs = `Runs: ${inertLine(run.argv.join(' '), 60)}`
  const [first] = proposals
  const same = proposals.every((each) => each.effect === first?.effect)
  const effect = same ? (first?.effect ?? '') : 'what it does on each host stands above the button'
  const room = 298 - names.length - how.length - runs.length - 3
  const said = room > 50 && effect !== '' ? `\n${inertLine(asSentence(effect), room)}` : ''
  return `${names}\n${how}${said}\n${runs}`
}

/** One action on one host, which the diagnoses of several hosts ask for: the backend that they share. */
export function oneMessage(proposal: Proposal, diagnosed: readonly string[]): Message {
  const because =
    diagnosed.length < 2
      ? []
      : [words(`Asked for by ${hostList(diagnosed, 200)}: done once, it is for all of them.`, 400)]
  return fit({
    text: mrkdwn(`${titleOf(proposal)}?`, 200),
    blocks: [rich(sentence(strong(titleOf(proposal), 200), ...because)), ...offerBlocks(proposal)],
  })
}

/** For a person with a shell on the hosts. */
export function byHandOn(hosts: readonly string[], { argv }: Pick<FleetRun, 'argv'>): readonly KnownBlock[] {
  if (hosts.length === 0) return []
  return [rich(sentence(strong(`By hand, on ${hostList(hosts, 300)}`, 400)), box(`sudo ${argv.join(' ')}`, 600))]
}
