import type { KnownBlock } from '@slack/types'
import type { FleetRun } from '../../approval/fleet-run.ts'
import type { FleetOffer, FleetPressResult } from '../../jobs/desk.ts'
import { mrkdwn } from '../escape.ts'
import { callsTo } from './asked.ts'
import { fit } from './fit.ts'
import { byHandOn, runButton, runTitle } from './fleet-offer.ts'
import { hostsLine, isResolved, runLine } from './fleet-run-states.ts'
import { hostList } from './host-list.ts'
import type { Message } from './message.ts'
import { checkAgainButton, offerBlocks, offerPrefix } from './offer.ts'
import { rich, sentence, small, strong, words } from './rich.ts'
import { mentioned, mentionElement } from './verdict.ts'
import { timeToken } from './when.ts'

/** The one new message when a run has ended: how many are resolved, what was left, and the ways on. `rest`: what may be pressed anew. */
export function runEndedMessage(run: FleetRun, rest: readonly FleetOffer[], mention: string | null): Message {
  const line = runLine(run)
  const untouched = run.members.filter(({ state }) => state.kind === 'waiting' || state.kind === 'left')
  const names = untouched.map(({ host }) => host)
  const notResolved = run.members.filter((member) => !isResolved(member))
  const stop = run.state.kind === 'ended' ? run.state.stop : null
  return fit({
    text: mentioned(mrkdwn(line, 200), mention),
    blocks: [
      rich(sentence(strong(line, 300), ...mentionElement(mention))),
      ...(stop === null
        ? []
        : [rich(sentence(words(`${stop.host === null ? '' : `${stop.host}: `}${stop.because}`, 600)))]),
      ...(names.length === 0 || stop === null
        ? []
        : [rich(sentence(words(`${hostList(names, 300)} ${names.length === 1 ? 'was' : 'were'} not touched.`, 400)))]),
      ...byHandOn(names, run),
      ...rest.flatMap((offer) => restBlocks(offer)),
      ...(notResolved.length === 0 ? [] : [checkAgainButton(hostsLine(notResolved))]),
    ],
  })
}

/** Pressed anew, decided anew. */
function restBlocks(offer: FleetOffer): readonly KnownBlock[] {
  if (offer.kind === 'one') return offerBlocks(offer.proposal)
  const button = { ...runButton(offer.run, offer.proposals) }
  return [
    {
      ...small(
        `To go on with the rest, press again: it is decided anew. Offered until ${timeToken(offer.run.expiresAt)}.`,
      ),
      block_id: `${offerPrefix}terms`,
    },
    { type: 'actions', block_id: `${offerPrefix}run`, elements: [button] },
  ]
}

/** The one new message that calls the approvers, or the next contact when they did not answer. */
export function runAskedReply(run: FleetRun, names: string, ask: readonly string[]): Message {
  const { state, presses } = run
  const contacted = state.kind === 'asked' ? state.contacted : 0
  const until = state.kind === 'asked' ? state.until : run.expiresAt
  const lead = contacted === 0 ? 'One more approval is needed' : 'Nobody has answered yet'
  const hosts = hostList(
    run.members.map(({ host }) => host),
    300,
  )
  const did = presses.length === 0 ? 'asked for it' : 'approved'
  const { text, elements } = callsTo(ask)
  return fit({
    text: [mrkdwn(`${lead}: ${runTitle(run)}`, 140), ...text].join(' '),
    blocks: [
      rich(sentence(strong(`${lead}: ${runTitle(run)}`, 200), ...elements)),
      rich(sentence(words(`${names} ${did}, for ${hosts}.`, 500))),
      small(`The button is above, in this thread, until ${timeToken(until)}.`),
    ],
  })
}

/** To the presser alone; null: the thread shows it. */
export function runPressAnswer(result: FleetPressResult, names: string): Message | null {
  switch (result.kind) {
    case 'begun':
      return null
    case 'asked':
      return askedAnswer(result)
    case 'already': {
      const { run } = result
      const text = `${mrkdwn(names, 160)} approved this: ${mrkdwn(runLine(run), 200)}. Your press did nothing more.`
      return { text: `${mrkdwn(runTitle(run), 150)}: approved already`, blocks: [small(text)] }
    }
    case 'expired': {
      const text = 'This offer has expired, so nothing was run. Check again to see how things are now.'
      return { text, blocks: [rich(sentence(words(text))), checkAgainButton(hostsLine(result.run.members))] }
    }
    case 'refused': {
      const said = `Nothing was run: ${result.because.replace(/\.$/, '')}.`
      const hosts = result.run.members.map(({ host }) => host)
      return { text: mrkdwn(said, 500), blocks: [rich(sentence(words(said, 600))), ...byHandOn(hosts, result.run)] }
    }
    case 'forged':
    case 'unknown':
      break
  }
  const gone = 'I know nothing of this offer any more, so nothing was run. Diagnose the hosts again for a fresh one.'
  return { text: gone, blocks: [rich(sentence(words(gone)))] }
}

function askedAnswer({ because, counts, run }: Extract<FleetPressResult, { kind: 'asked' }>): Message {
  const until = run.state.kind === 'asked' ? ` until ${timeToken(run.state.until)}` : ''
  const said = counts
    ? `Your approval is noted. Nothing runs yet: ${because}, so one more person must press`
    : `Your press is noted as a request. Nothing runs yet: ${because}; another person must press`
  return {
    text: `${mrkdwn(runTitle(run), 150)}: one more person must press`,
    blocks: [small(`${mrkdwn(said, 500)}${until}.`)],
  }
}
