import { actionOf } from '../actions/index.ts'
import type { Capture } from '../diagnosis/capture.ts'
import type { Diagnosis, Finding, ProbeRun, SiteFromOutside, Unjudged } from '../diagnosis/diagnosis.ts'
import { claimsOf, type Permit, settle } from '../diagnosis/judge.ts'
import { causesOf } from '../nginx/line-causes.ts'
import type { Facts } from '../probes/index.ts'
import { rules } from '../rules/index.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import type { BackendSeen } from './ask-backend.ts'
import type { Elsewhere } from './backends.ts'
import { changesBefore } from './changes.ts'
import { clockAgainstOurs, logsAgainstClock } from './clocks.ts'
import { withAuthor } from './diff-author.ts'
import { askOf } from './ask.ts'
import { knowledgeOf } from './facts.ts'
import { elsewhereWords, headlineOf } from './headline.ts'
import { type Health, healthOf } from './health.ts'
import { asFarAsJudged, asFarAsSeen, claimsAtBackend, isOvertaken } from './judge-backends.ts'
import { masterName, type MasterJudged, mastersTogether } from './masters-together.ts'
import type { MasterSeen } from './other-masters.ts'
import { withServiceWords } from './service-words.ts'
import { withSocketsSource } from './sockets-source.ts'

export interface Asked {
  readonly host: string
  readonly site: { readonly serverName: string; readonly path: string } | null
  readonly windowSeconds: number
  readonly collectedAt: Date
  readonly collection: Diagnosis['collection']
  /** The inventory's sites as they are seen from where this process runs. */
  readonly outside?: readonly SiteFromOutside[]
}

/** The machines behind upstreams elsewhere: what they said, and which were not asked. */
export interface Backends {
  readonly seen: readonly BackendSeen[]
  readonly elsewhere: readonly Elsewhere[]
  /** Decides about actions on that inventory host. */
  readonly permitAt: (host: string) => Permit
}

/**
 * Facts become a diagnosis: judged by every rule, ranked, with a verdict that says no more than what was seen. Each nginx master of the host is
 * judged by its own facts; the first one unless a site was asked for that another one serves, or nothing fails at it (masters-together.ts). Pure.
 */
export function conclude(
  facts: Facts,
  asked: Asked,
  permit: Permit,
  backends?: Backends,
  others: readonly MasterSeen[] = [],
): Diagnosis {
  const judgedToo = new Set([...pidsOf(facts), ...others.map(({ pid }) => pid)])
  const first = judgeMaster(facts, asked, permit, backends, judgedToo)
  const rest = others.map((each) => judgeMaster(each.facts, asked, notByUs(permit), undefined, judgedToo))
  const { lead, findings, health, open, verdict, unjudged } = mastersTogether(first, rest, asked.site?.serverName)

  const clock = facts.host.known
    ? clockAgainstOurs(asked.host, facts.host.value, asked.collectedAt, asked.collection.ms)
    : null
  // Where no cause is named the log's own clock is told as what could not be seen.
  const clocks = [...(verdict === 'diagnosed' ? logsAgainstClock(lead.facts) : []), ...(clock === null ? [] : [clock])]
  const ofMaster = lead !== first && verdict === 'undetermined' ? `${masterName(lead.facts)}: ` : ''
  const diagnosis: Diagnosis = {
    schema: 1,
    host: asked.host,
    ...(asked.site && { site: `${asked.site.serverName}${asked.site.path === '/' ? '' : asked.site.path}` }),
    verdict,
    headline: `${elsewhereWords(asked)}${ofMaster}${[headlineOf(verdict, findings, open, health, asked.host), ...clocks].join('; ')}`,
    findings,
    ...backendsField(backends),
    ...(asked.outside && asked.outside.length > 0 && { outside: asked.outside }),
    ...changesField(findings, lead.facts),
    unjudged: onceEach([...unjudged, ...openQuestions(findings), ...withoutRule(open, findings)]),
    unseen: verdict === 'diagnosed' ? [] : health.unseen,
    checked: health.well,
    collectedAt: asked.collectedAt.toISOString(),
    timezone: facts.host.known ? facts.host.value.timezone : '+00:00',
    window: {
      from: new Date(asked.collectedAt.getTime() - asked.windowSeconds * 1000).toISOString(),
      to: asked.collectedAt.toISOString(),
    },
    reason: null,
    collection: asked.collection,
  }
  const ask = askOf(lead.facts, diagnosis, open)
  if (ask === null) return diagnosis
  // What is pasted takes the place of an answer about the first master.
  return { ...diagnosis, ask: lead === first ? ask : { ...ask, probe: null } }
}

/** All that one nginx comes to, by its own facts. */
function judgeMaster(
  facts: Facts,
  asked: Asked,
  permit: Permit,
  backends: Backends | undefined,
  judgedToo: ReadonlySet<number>,
): MasterJudged {
  const known = knowledgeOf(facts, asked.host, machinesBehind(backends))
  const judged = judgeAll(known, facts, asked.host, permit, backends)
  const ranked = siteFirst(withoutExplained(judged.findings), asked.site?.serverName)
  const seen = backends?.seen ?? []
  const findings = ranked
    .map((finding) => withAuthor(withSocketsSource(finding, facts, seen), facts))
    .map((finding) => withServiceWords(finding, facts, seen))
  const troubles = known.troubles.known ? known.troubles.value : []
  const health = healthOf(known, asked.collectedAt.getTime(), judgedToo)
  const open = troubles.filter((trouble) => isOpen(trouble))
  return { facts, findings, unjudged: judged.unjudged, health, open, verdict: verdictOf(findings, open, health) }
}

function pidsOf({ 'nginx-processes': processes }: Facts): readonly number[] {
  return processes.known ? processes.value.masters.map(({ pid }) => pid) : []
}

/** What acts on nginx knows one of a host, the one that is judged first. */
function notByUs(permit: Permit): Permit {
  return (action) => {
    const remedy = permit(action)
    if (actionOf(action.id)?.guards !== 'nginx') return remedy
    return { ...remedy, allowed: false, refused: 'it belongs to another nginx of this host: do it by hand' }
  }
}

function judgeAll(
  known: Knowledge,
  facts: Facts,
  host: string,
  permit: Permit,
  backends: Backends | undefined,
): { readonly findings: readonly Finding[]; readonly unjudged: readonly Unjudged[] } {
  const { seen, permitAt } = backends ?? { seen: [], permitAt: () => permit }
  const own = claimsOf(rules, known, permit)
  const here = { ...own, claimed: own.claimed.map((each) => asFarAsSeen(each, facts, seen)) }
  const there = seen.flatMap((each) =>
    each.facts === null
      ? []
      : [claimsAtBackend(known, facts, host, { ...each, facts: each.facts }, permitAt(each.host))],
  )
  const atBackends = there.flatMap((each) => each.claimed)
  const left = here.claimed.filter((each) => !isOvertaken(each, seen, atBackends))
  const claimed = [...left.map((each) => asFarAsJudged(each, there)), ...atBackends]
  return { findings: settle(claimed), unjudged: [...here.unjudged, ...there.flatMap((each) => each.unjudged)] }
}

function machinesBehind(backends: Backends | undefined): ReadonlyMap<string, Facts> {
  const asked = (backends?.seen ?? []).flatMap(({ facts, upstreams }) =>
    facts === null ? [] : upstreams.map((upstream) => [upstream, facts] as const),
  )
  return new Map(asked)
}

function changesField(findings: readonly Finding[], facts: Facts): Pick<Diagnosis, 'changes'> {
  const changes = changesBefore(findings, facts)
  return changes.length > 0 ? { changes } : {}
}

function backendsField(backends: Backends | undefined): Pick<Diagnosis, 'backends'> {
  if (!backends || backends.elsewhere.length === 0) return {}
  const told = backends.elsewhere.map(({ upstream, host, because }) => {
    const seen = backends.seen.find((each) => each.upstreams.includes(upstream))
    const asked = seen?.facts != null
    const why = host === null ? because : (seen?.because ?? 'at most three other hosts are asked in one diagnosis')
    return { upstream, host, asked, because: asked ? '' : why }
  })
  return { backends: told }
}

/** How each probe went; one that ran and gave nothing usable says why. */
export function probeRuns(captures: readonly Capture[], facts: Facts, front?: string): readonly ProbeRun[] {
  return captures.map((capture) => {
    const fact = Object.values(facts).find(
      (each) => each.source.probe === capture.probe && each.source.host === capture.host,
    )
    return {
      id: capture.probe,
      ...(front === undefined || capture.host === front ? {} : { host: capture.host }),
      exitCode: capture.exitCode,
      ms: capture.ms,
      truncated: capture.truncated,
      timedOut: capture.timedOut,
      ...(fact && !fact.known && { unknown: fact.reason }),
    }
  })
}

/** "Every peer failed" is a symptom: it goes once a cause for one of those peers is there to carry it. */
function withoutExplained(findings: readonly Finding[]): readonly Finding[] {
  const causes = findings.filter((finding) => finding.kind === 'cause')
  return findings.toSorted((a, b) => Number(isExplained(a, causes)) - Number(isExplained(b, causes)))
}

function isExplained(finding: Finding, causes: readonly Finding[]): boolean {
  return finding.kind === 'symptom' && causes.some((cause) => cause.failingNow === finding.failingNow)
}

/** Asked about a site: what hurts that site comes first, other faults after it. */
function siteFirst(findings: readonly Finding[], site: string | undefined): readonly Finding[] {
  if (site === undefined) return findings
  const concerns = (finding: Finding): number =>
    Number(finding.failingNow && finding.impact?.sites.includes(site) === true)
  return findings.toSorted((a, b) => concerns(b) - concerns(a))
}

function verdictOf(findings: readonly Finding[], open: readonly Trouble[], health: Health): Diagnosis['verdict'] {
  const answer = findings[0]
  const named =
    answer?.failingNow && (answer.kind === 'cause' || answer.kind === 'notice') && answer.confidence !== 'possible'
  if (named) return 'diagnosed'
  if (open.length > 0 || health.ill.length > 0 || findings.some((finding) => finding.failingNow)) return 'undetermined'
  return health.unseen.length > 0 ? 'undetermined' : 'healthy'
}

/** Causes that would fit the lines of an unexplained trouble, but that no rule of this version judges. */
function withoutRule(open: readonly Trouble[], findings: readonly Finding[]): readonly Unjudged[] {
  if (findings.some((finding) => finding.failingNow && finding.kind === 'cause' && finding.confidence !== 'possible'))
    return []
  const judgedHere = new Set<string>(rules.map((rule) => rule.id))
  const fitting = open.flatMap((trouble) => trouble.groups.flatMap((group) => causesOf(group.line)))
  return [...new Set(fitting)]
    .filter((id) => !judgedHere.has(id))
    .map((id) => ({ cause: id, because: 'it would fit the log line, and this version has no check for it' }))
}

/** What keeps a finding of this moment from being confirmed. */
function openQuestions(findings: readonly Finding[]): readonly Unjudged[] {
  return findings.filter((finding) => finding.failingNow).flatMap((finding) => finding.openQuestions)
}

function onceEach(unjudged: readonly Unjudged[]): readonly Unjudged[] {
  return [...new Map(unjudged.map((each) => [`${each.cause} ${each.because}`, each])).values()]
}
