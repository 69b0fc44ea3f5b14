import type { Diagnosis, Finding, SiteFromOutside } from '../diagnosis/diagnosis.ts'
import { tellTrouble } from '../symptoms/tell.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import type { Health } from './health.ts'

/** Said before all else: what is wrong on a host does not matter to people whom the name leads to another one. */
export function elsewhereWords({
  host,
  outside = [],
}: {
  readonly host: string
  readonly outside?: readonly SiteFromOutside[]
}): string {
  const [away] = outside.filter((each) => each.elsewhere)
  if (!away) return ''
  return `${away.site} resolves to ${away.addresses[0] ?? ''}, which is no host of the inventory; on ${host}: `
}

/** "web-1 itself is fine: on app-3, checkout-api.service ..." when all that fails is on another machine. */
function answerOf(first: Finding, findings: readonly Finding[], host: string): string {
  const at = first.subject.host
  if (at === undefined || at === host) return first.summary
  const alsoHere = findings.some((each) => each.failingNow && each.kind === 'cause' && each.subject.host === undefined)
  return `${alsoHere ? '' : `${host} itself is fine: `}on ${at}, ${first.summary}`
}

function placeOf({ subject }: Finding, host: string): string {
  return subject.host === undefined || subject.host === host ? '' : `on ${subject.host}, `
}

/** What is said first, in one line. */
export function headlineOf(
  verdict: Diagnosis['verdict'],
  findings: readonly Finding[],
  open: readonly Trouble[],
  health: Health,
  host: string,
): string {
  const first = findings[0]
  if (verdict === 'diagnosed' && first) return answerOf(first, findings, host)
  if (verdict === 'healthy') return `nothing is failing on ${host} now`
  const failing = [...open.slice(0, 2).map(tellTrouble), ...(open.length === 0 ? health.ill.slice(0, 2) : [])]
  const missing = health.unseen[0] === undefined ? '' : `; not seen: ${health.unseen[0]}`
  const load = findings.find(({ cause, failingNow }) => cause === 'host-overloaded' && failingNow)
  // Where the host had no time to answer, its load is what is known.
  if (load)
    return `cannot tell the cause; it may be this: ${[placeOf(load, host) + load.summary, ...failing].join('; ')}`
  if (failing.length > 0) return `cannot tell the cause: ${failing.join('; ')}${missing}`
  const unseen = health.unseen.slice(0, 2).join('; ')
  // Nothing was hidden; what speaks for it is not enough.
  if (unseen === '' && first?.failingNow === true) return `cannot tell the cause; it may be this: ${first.summary}`
  if (health.well.length === 0) return `nothing of nginx could be seen on ${host}: ${unseen}`
  return `nothing wrong seen on ${host}, but this could not be seen: ${unseen}`
}
