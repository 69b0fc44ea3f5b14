import type { KnownBlock, RichTextElement } from '@slack/types'
import type { FleetRun, MemberState, RunMember, RunOutcome } from '../../approval/fleet-run.ts'
import type { Proposal } from '../../approval/proposal.ts'
import { hostsInWords } from '../../fleet/lines.ts'
import { mrkdwn } from '../escape.ts'
import { thing, wordsOf } from './action-words.ts'
import { asSentence } from './as-sentence.ts'
import { runOfferBlocks, runTitle } from './fleet-offer.ts'
import { hostList } from './host-list.ts'
import { checkAgainButton, offerPrefix } from './offer.ts'
import { bullets, rich, sentence, small, strong, words } from './rich.ts'
import { timeToken } from './when.ts'

/** In place of the button, whatever has become of the run. `names`: of who pressed so far, as people call them. */
export function runBlocks(run: FleetRun, names: string, proposals: readonly Proposal[] = []): readonly KnownBlock[] {
  switch (run.state.kind) {
    case 'offered':
      return runOfferBlocks(run, proposals)
    case 'asked':
      return askedRunBlocks(run, names, proposals)
    case 'expired': {
      const [first] = run.members
      const said = `${mrkdwn(runTitle(run), 140)}: the offer ended at ${timeToken(run.state.at)}, because what was seen may no longer hold.`
      return [
        { ...small(said), block_id: `${offerPrefix}expired` },
        ...(first === undefined ? [] : [checkAgainButton(hostsLine(run.members))]),
      ]
    }
    case 'going':
    case 'ended':
      break
  }
  return [
    { ...rich(sentence(strong(runLine(run), 300))), block_id: `${offerPrefix}running` },
    { ...rich(bullets(memberLines(run))), block_id: `${offerPrefix}members` },
    { ...small(`Approved by ${mrkdwn(names, 160)}`), block_id: `${offerPrefix}running-by` },
  ]
}

/** What "Check again" types: the hosts themselves, as far as a button's value may hold them. */
export function hostsLine(members: readonly Pick<RunMember, 'host'>[]): string {
  let line = ''
  for (const { host } of members) if (line.length + host.length < longestLine) line = `${line} ${host}`.trim()
  return line
}

/** Characters; the button's value is cut at 200. */
const longestLine = 180

function askedRunBlocks(run: FleetRun, names: string, proposals: readonly Proposal[]): readonly KnownBlock[] {
  const { state, presses } = run
  if (state.kind !== 'asked') return []
  const who = `${mrkdwn(names, 160)} ${presses.length === 0 ? 'asked for it' : 'approved'} at ${timeToken(state.at)}`
  const missing = presses.length === 0 ? 'Another person must approve' : 'One more person must press'
  const [terms, ...buttons] = runOfferBlocks(run, proposals, state.until)
  const said = `*${who}. ${missing} until ${timeToken(state.until)}.*`
  return [...(terms === undefined ? [] : [terms]), { ...small(said), block_id: `${offerPrefix}asked` }, ...buttons]
}

/** "Reloading nginx on 8 hosts: 3 of 8 resolved"; "Reload nginx on 8 hosts stopped after web-3: still failing; 2 of 8 resolved". */
export function runLine(run: FleetRun): string {
  const { members, state } = run
  const resolved = members.filter(isResolved).length
  const counted = `${resolved} of ${members.length} resolved`
  if (state.kind === 'ended')
    return state.stop === null ? `${runTitle(run)}: ${counted}` : `${runTitle(run)} ${stoppedWords(run)}; ${counted}`
  const doing = `${wordsOf(run.action).running} ${thing(run.action, run.target)} on ${hostsInWords(members.length)}`
  if (state.kind === 'going' && state.stop !== null)
    return `${runTitle(run)} ${stoppedWords(run)}; waiting for those under way`
  return `${doing}: ${counted}`
}

/** "stopped after web-3: still failing"; what the host says of it stands at the host. */
export function stoppedWords({ members, state }: FleetRun): string {
  const stop = state.kind === 'going' || state.kind === 'ended' ? state.stop : null
  if (stop === null) return ''
  if (stop.host === null) return `stopped: ${stop.because}`
  const at = members.find(({ host }) => host === stop.host)?.state
  return `stopped after ${stop.host}: ${at?.kind === 'ended' ? endedWords(at, stop.because) : stop.because}`
}

function endedWords({ outcome }: Extract<MemberState, { kind: 'ended' }>, because: string): string {
  return outcome === 'resolved' ? because : outcomeWords[outcome]
}

export function isResolved({ state }: RunMember): boolean {
  return state.kind === 'ended' && state.outcome === 'resolved'
}

export const outcomeWords: Readonly<Record<RunOutcome, string>> = {
  resolved: 'resolved',
  'still-failing': 'still failing',
  'not-checked': 'could not be checked',
  'refused-by-nginx': 'refused by nginx',
  refused: 'nothing was run',
  failed: 'the action failed',
}

/** A line for each host that something happened to; those whose turn has not come share one, and so do many that are resolved. */
function memberLines({ members, state }: FleetRun): readonly (readonly RichTextElement[])[] {
  const waiting = members.filter((member) => member.state.kind === 'waiting').map(({ host }) => host)
  const over = state.kind === 'ended' || (state.kind === 'going' && state.stop !== null)
  const rest = over ? 'not touched' : 'to come'
  const resolved = members.filter(isResolved).map(({ host }) => host)
  const together = resolved.length > mostResolved ? resolved : []
  const apart = members.filter((member) => member.state.kind !== 'waiting' && !together.includes(member.host))
  return [
    ...sharedLine(together, 'resolved'),
    ...apart.map((member) => [
      strong(`${member.host}:`, 80),
      words(memberWords(member.state, state.kind === 'ended'), 300),
    ]),
    ...sharedLine(waiting, rest),
  ]
}

/** Resolved hosts with a line of their own. */
const mostResolved = 10

function sharedLine(hosts: readonly string[], said: string): readonly (readonly RichTextElement[])[] {
  return hosts.length === 0 ? [] : [[strong(`${hostList(hosts, 250)}:`, 260), words(said)]]
}

function memberWords(state: MemberState, over: boolean): string {
  switch (state.kind) {
    case 'starting':
    case 'running':
      return over ? 'begun, and nothing was heard of it since' : 'under way'
    case 'ended':
      return state.outcome === 'resolved' ? 'resolved' : `${outcomeWords[state.outcome]}. ${asSentence(state.detail)}`
    case 'left':
      return `not touched: ${state.because}`
    case 'waiting':
      break
  }
  return 'to come'
}
