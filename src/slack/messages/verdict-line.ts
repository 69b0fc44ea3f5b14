import type { Diagnosis, Finding } from '../../diagnosis/diagnosis.ts'
import type { Proposal } from '../../approval/proposal.ts'
import { causes } from '../../diagnosis/cause.ts'
import { inertLine } from '../escape.ts'
import { wordsOf } from './action-words.ts'
import { clauses, cutAtWord, withoutRemark } from './shorten.ts'

/** Longest text of a message that must be readable on a lock screen, in characters. */
const lockScreen = 119

/** A shorter beginning than this says too little. */
const shortest = 24

/**
 * The answer in one line, cause first, as a lock screen shows it: "web-1: checkout-api.service is down since 03:04, 84 % of
 * shop.example.com fails. Start it?". What does not fit is left out clause by clause from the end; the share stays if it can.
 *
 * @param room characters kept free for a mention behind it
 */
export function verdictLine(diagnosis: Diagnosis, proposal: Proposal | null, room = 0): string {
  const lead = `${inertLine(diagnosis.host, 40)}: `
  const question = proposal === null ? '' : ` ${questionOf(proposal)}`
  const core = fitting(diagnosis, lockScreen - room - lead.length - question.length - 1)
  return `${lead}${core}${/[.…?!]$/.test(core) ? '' : '.'}${question}`
}

/** What did not hold lately is not asked for on a lock screen. */
function questionOf({ action, notHeld }: Proposal): string {
  const { noun, question } = wordsOf(action)
  return notHeld === undefined ? question : `A ${noun} did not hold.`
}

function fitting(diagnosis: Diagnosis, longest: number): string {
  const cause = causeOf(diagnosis)
  const wishes = diagnosis.verdict === 'diagnosed' ? shorterCauses(cause, diagnosis) : [cause, withoutRemark(cause)]
  return wishes.find((each) => each.length <= longest) ?? cutAtWord(wishes.at(-1) ?? cause, longest)
}

function shorterCauses(cause: string, diagnosis: Diagnosis): readonly string[] {
  const share = shareOf(diagnosis.findings[0])
  const shorter = clauses(cause).filter((part) => part !== cause && part.length >= shortest)
  const first = shorter.at(-1) ?? cause
  const inFull = shorter.map((part) => named(part, diagnosis))
  const withShare = `${named(first, diagnosis)}${share}`
  // A measured share is worth more than the second half of the cause; that the site fails at all is known to who asks.
  const next = /\d %/.test(share) ? [withShare, cause] : [cause, withShare]
  return [`${cause}${share}`, ...next, ...inFull, ...shorter]
}

/** Words of titles that say nothing by themselves. */
const empty = new Set([
  'nginx',
  'still',
  'backend',
  'does',
  'uses',
  'with',
  'that',
  'from',
  'this',
  'port',
  'unix',
  'free',
  'socket',
])

/** A shortened cause may have lost the point of it; then the name of the cause goes in front. */
function named(part: string, { verdict, findings }: Diagnosis): string {
  const first = findings[0]
  if (verdict !== 'diagnosed' || first === undefined) return part
  const { title } = causes[first.cause]
  const telling = (title.match(/[a-z]{4,}/g) ?? []).filter((word) => !empty.has(word))
  return telling.some((word) => part.includes(word)) ? part : `${title}: ${part}`
}

function causeOf(diagnosis: Diagnosis): string {
  const headline = inertLine(diagnosis.headline, 400).replace(/\.$/, '')
  // Of a fault on another machine its name is the beginning, not a clause that could stand alone.
  const bare = withoutHost(headline, diagnosis.host).replace(/^(?:\S+ itself is fine: )?on (\S+), /, 'on $1 ')
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

/** Whom it hurts: ", 84 % of shop.example.com fails"; without an access log only that it fails. */
function shareOf(finding: Finding | undefined): string {
  const impact = finding?.impact
  const site = impact?.sites[0]
  if (!impact || site === undefined || !finding?.failingNow) return ''
  const where = `${inertLine(site, 60)}${impact.sites.length > 1 ? ' and others' : ''}`
  if (impact.failingShare !== null && impact.failingShare > 0)
    return `, ${percent(impact.failingShare)} of ${where} fails`
  return impact.intermittent ? `, some requests to ${where} fail` : `, ${where} fails`
}

export function percent(share: number): string {
  if (share < 0.01) return 'under 1 %'
  return `${Math.min(100, Math.round(share * 100))} %`
}
