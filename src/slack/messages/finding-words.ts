import type { Finding, Impact } from '../../diagnosis/diagnosis.ts'
import { causes } from '../../diagnosis/cause.ts'
import { mrkdwn } from '../escape.ts'
import { percent } from './verdict-line.ts'
import { dayToken } from './when.ts'

/** How sure the finding is, in words, with what keeps it from being certain. */
export function surenessOf({ confidence, openQuestions }: Finding): string {
  if (confidence === 'confirmed') return 'Confirmed: everything that looks alike was ruled out.'
  if (confidence === 'possible') return 'Possible: it fits, and so do others.'
  const open = openQuestions[0]
  if (open === undefined) return 'Likely: it fits best, but something that would settle it could not be seen.'
  return `Likely: it fits best. Not ruled out: ${causes[open.cause].title}.`
}

export function titleOfCause(finding: Finding): string {
  return causes[finding.cause].title
}

/** Whom it hurts, in mrkdwn: "84 % of shop.example.com fails · 214 errors, last seen today 03:07". Null when nothing is known. */
export function impactWords(impact: Impact | null): string | null {
  if (impact === null) return null
  const parts = [shareWords(impact), countWords(impact)].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' · ')
}

function shareWords({ failingShare, sites, intermittent }: Impact): string | null {
  const where = sites
    .slice(0, 3)
    .map((site) => mrkdwn(site, 60))
    .join(', ')
  const named = sites.length > 3 ? `${where} and ${sites.length - 3} more` : where
  if (failingShare !== null && named !== '') return `${percent(failingShare)} of ${named} fails`
  if (named === '') return intermittent ? 'Some requests fail' : null
  return intermittent ? `Some requests to ${named} fail` : `${named} fails`
}

function countWords({ count, lastSeen, perMinute }: Impact): string | null {
  if (count === 0) return null
  const rate = perMinute !== undefined && perMinute >= 1 ? `, ${Math.round(perMinute)} a minute` : ''
  const errors = `${count === 1 ? '1 error' : `${count} errors`}${rate}`
  return lastSeen === null ? errors : `${errors}, last seen ${dayToken(lastSeen)}`
}
