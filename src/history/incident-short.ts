import type { ShownStep } from '../audit/steps-of.ts'
import { causes } from '../diagnosis/cause.ts'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import { momentIn } from './incident-time.ts'
import { outcome } from './incident-timeline.ts'
import { codeSpan, prose } from './markdown.ts'
import type { Past } from './past.ts'
import type { Said } from './said.ts'

/** As the thread counts them. Titles are the sender's. */
export interface AlertsCounted {
  readonly source: string
  readonly alerts: number
  readonly titles: readonly { readonly title: string; readonly count: number }[]
  readonly resolvedAt: string | null
  readonly over: boolean
}

interface ShortParts {
  readonly said: Said
  readonly steps: readonly ShownStep[]
  /** Of its thread; null where no alert is behind it. */
  readonly alerts: AlertsCounted | null
}

export function shortOf({ said, steps, alerts }: ShortParts): readonly string[] {
  const { diagnosis, host } = said
  const first = diagnosis.verdict === 'diagnosed' ? diagnosis.findings[0] : undefined
  const end = steps.findLast(({ step }) => step === 'ended' || step === 'settled' || step === 'watched')
  return [
    `- Host: ${codeSpan(host, 100)}${diagnosis.site === undefined ? '' : `, asked about ${codeSpan(diagnosis.site)}`}; times in its own texts are by its clock, UTC${/^[+-]\d\d:\d\d$/.test(diagnosis.timezone) ? diagnosis.timezone : ''}`,
    `- Answer: ${prose(diagnosis.headline)} (${diagnosis.verdict}${first === undefined ? '' : `, ${first.confidence}`})`,
    ...(first?.impact?.sites.length
      ? [
          `- Sites: ${first.impact.sites
            .slice(0, 10)
            .map((site) => codeSpan(site, 100))
            .join(', ')}`,
        ]
      : []),
    ...(alerts === null ? [] : [`- Alerts: ${alertsWords(alerts)}`]),
    ...(said.past === undefined || said.past.count < 2 ? [] : [`- Before: ${pastWords(said.past)}`]),
    `- Last seen: ${end !== undefined && 'outcome' in end ? outcome(end) : 'no action of Gatemedic has ended in this thread'}`,
  ]
}

function alertsWords({ source, alerts, titles }: AlertsCounted): string {
  const named = titles
    .slice(0, 10)
    .map(({ title, count }) => `${codeSpan(title, 120)}${count > 1 ? ` (${count} times)` : ''}`)
  return `${alerts} from ${codeSpan(source, 60)}: ${named.join(', ')}`
}

function pastWords({ count, days, earlier, lastFix }: Past): string {
  const times = `${count} times in ${days} days, this one with them (${earlier.map((at) => momentIn(at, null)).join(', ')})`
  if (lastFix === null) return `${times}; nothing that was done from here cured it`
  const { action, target, host, lastedMs } = lastFix
  const lasted = lastedMs < 5_400_000 ? `${Math.round(lastedMs / 60_000)} min` : `${Math.round(lastedMs / 3_600_000)} h`
  return `${times}; last fix: ${codeSpan(`${action} ${target}`)} on ${codeSpan(host, 100)}, lasted ${lasted}`
}

export function titleOf({ verdict, findings }: Diagnosis): string {
  const first = findings[0]
  if (verdict === 'diagnosed' && first !== undefined) return causes[first.cause].title
  if (verdict === 'healthy') return 'nothing wrong was seen'
  return verdict === 'unreachable' ? 'the host could not be reached' : 'the cause was not found'
}
