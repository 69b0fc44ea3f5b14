import type { Diagnosis, Finding } from '../../diagnosis/diagnosis.ts'
import type { Proposal } from '../../approval/proposal.ts'
import { inertLine } from '../escape.ts'
import { wordsOf } from './action-words.ts'

/** Longest text of a message that must be readable on a lock screen, in characters. */
const lockScreen = 119

/**
 * The answer in one line, cause first, as a lock screen shows it: "web-1: checkout-api.service is down since 03:04, 84 % of
 * shop.example.com fails. Start it?". What does not fit goes in this order: the second half of the cause, the share, the
 * end of the first half.
 *
 * @param room characters kept free for a mention behind it
 */
export function verdictLine(diagnosis: Diagnosis, proposal: Proposal | null, room = 0): string {
  const lead = `${inertLine(diagnosis.host, 40)}: `
  const question = proposal === null ? '' : ` ${wordsOf(proposal.action).question}`
  const cause = causeOf(diagnosis)
  const half = cause.split('; ')[0] ?? cause
  const share = diagnosis.verdict === 'diagnosed' ? shareOf(diagnosis.findings[0]) : ''
  const longest = lockScreen - room - lead.length - question.length - 1
  const fitting = [`${cause}${share}`, `${half}${share}`, half].find((each) => each.length <= longest)
  const core = fitting ?? cutAtWord(half, longest)
  return `${lead}${core}${/[.…?!]$/.test(core) ? '' : '.'}${question}`
}

function causeOf(diagnosis: Diagnosis): string {
  const headline = inertLine(diagnosis.headline, 400).replace(/\.$/, '')
  const bare = withoutHost(headline, diagnosis.host)
  if (diagnosis.verdict === 'diagnosed') return hedged(bare, diagnosis.findings[0])
  if (diagnosis.verdict === 'undetermined')
    return /cannot (?:tell|say)|^nothing wrong/i.test(bare) ? bare : `cannot tell why yet: ${bare}`
  if (diagnosis.verdict === 'unreachable') return /reach/i.test(bare) ? bare : `not reachable: ${bare}`
  return bare
}

/** The line begins with the host, so that the headline need not name it again: "web-1 is not reachable" is "not reachable". */
export function withoutHost(headline: string, host: string): string {
  const lead = [`${host}: `, `${host} is `].find((each) => headline.startsWith(each)) ?? ''
  const [before, ...after] = headline.slice(lead.length).split(` on ${host}`)
  return after.every((part) => /^(?:[\s,;:.]|$)/.test(part)) ? [before, ...after].join('') : headline.slice(lead.length)
}

/** A lock screen must not be surer than the finding is. */
function hedged(text: string, finding: Finding | undefined): string {
  if (finding === undefined || finding.confidence === 'confirmed' || /likely|probably|possibl|may /i.test(text))
    return text
  return `${finding.confidence === 'likely' ? 'probably' : 'possibly'} ${text}`
}

function shareOf(finding: Finding | undefined): string {
  const impact = finding?.impact
  if (impact === null || impact === undefined || impact.failingShare === null) return ''
  const site = impact.sites[0]
  if (impact.failingShare <= 0 || site === undefined) return ''
  const more = impact.sites.length > 1 ? ' and others' : ''
  return `, ${percent(impact.failingShare)} of ${inertLine(site, 60)}${more} fails`
}

export function percent(share: number): string {
  if (share < 0.01) return 'under 1 %'
  return `${Math.min(100, Math.round(share * 100))} %`
}

function cutAtWord(text: string, longest: number): string {
  if (text.length <= longest) return text
  const cut = text.slice(0, Math.max(1, longest - 1))
  const space = cut.lastIndexOf(' ')
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).replace(/[,;:\s]+$/, '')}…`
}
