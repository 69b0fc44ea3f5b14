import type { Diagnosis, Finding, Unjudged } from '../diagnosis/diagnosis.ts'
import type { Facts } from '../probes/index.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import type { Health } from './health.ts'

/** What one nginx of a host comes to. */
export interface MasterJudged {
  readonly facts: Facts
  readonly findings: readonly Finding[]
  readonly unjudged: readonly Unjudged[]
  readonly health: Health
  /** Troubles of this moment. */
  readonly open: readonly Trouble[]
  readonly verdict: Diagnosis['verdict']
}

type Joined = Omit<MasterJudged, 'facts'> & { readonly lead: MasterJudged }

/**
 * What several masters of one host come to: the meant one answers for the host as long as something fails at it, else another one at which
 * something does. Meant is the one that serves the site that was asked for, or the first.
 */
export function mastersTogether(first: MasterJudged, rest: readonly MasterJudged[], site: string | undefined): Joined {
  if (rest.length === 0) return { ...first, lead: first }
  const all = [first, ...rest]
  const meant = all.find((each) => site !== undefined && serves(each.facts, site)) ?? first
  const inOrder = [meant, ...all.filter((each) => each !== meant)]
  const lead =
    [meant].find(fails) ?? inOrder.find((each) => each.verdict === 'diagnosed') ?? inOrder.find(fails) ?? meant
  const ordered = [lead, ...inOrder.filter((each) => each !== lead)]
  return {
    lead,
    findings: failingFirst(toldOnce(ordered)),
    unjudged: ordered.flatMap((each) => each.unjudged),
    health: healthOfAll(ordered),
    open: lead.open,
    verdict: fails(lead) || all.every((each) => each.verdict === 'healthy') ? lead.verdict : 'undetermined',
  }
}

/** Something does, whether or not it is known why. */
function fails({ verdict, findings, health, open }: MasterJudged): boolean {
  return (
    verdict === 'diagnosed' ||
    open.length > 0 ||
    health.ill.length > 0 ||
    findings.some((finding) => finding.failingNow)
  )
}

function serves({ 'nginx-config': config }: Facts, site: string): boolean {
  return config.known && config.value.model.servers.some(({ names }) => names.includes(site))
}

/** "edge.service", "nginx -c /opt/edge/nginx.conf": what tells the masters of a host apart for a person. */
export function masterName({
  'nginx-processes': processes,
  'nginx-config': config,
  'nginx-unit': units,
}: Facts): string {
  const master = processes.known ? processes.value.masters[0] : undefined
  const unit = units.known ? units.value.units.find(({ id }) => id === master?.unit) : undefined
  if (unit) return unit.id
  if (config.known && master) return `nginx -c ${config.value.main}`
  return master ? `nginx with pid ${master.pid}` : 'nginx.service'
}

/** What two masters have in common (a full disk, the backend of both) is told once and of neither; everything else says whose it is. */
function toldOnce(parts: readonly MasterJudged[]): readonly Finding[] {
  const told = parts.flatMap(({ findings, facts }) => {
    const name = masterName(facts)
    return findings.map((finding) => ({ key: keyOf(finding), name, finding }))
  })
  return told.flatMap(({ key, name, finding }, index) => {
    const same = told.filter((each) => each.key === key)
    if (told.findIndex((each) => each.key === key) !== index) return []
    if (same.some((each) => each.name !== name)) return [finding]
    const summary = finding.summary.includes(name) ? finding.summary : `${name}: ${finding.summary}`
    return [{ ...finding, summary, subject: { ...finding.subject, master: name } }]
  })
}

function keyOf({ cause, subject: { host, upstream, unit, path, file }, failingNow }: Finding): string {
  return JSON.stringify([cause, host, upstream, unit, path, (upstream ?? unit) === undefined ? file : null, failingNow])
}

function failingFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => Number(b.failingNow) - Number(a.failingNow))
}

function healthOfAll(parts: readonly MasterJudged[]): Health {
  const told = (of: (health: Health) => readonly string[]): readonly string[] =>
    parts.flatMap(({ facts, health }) =>
      of(health).flatMap((text) => {
        const everywhere = parts.every((each) => of(each.health).includes(text))
        return everywhere ? (facts === parts[0]?.facts ? [text] : []) : [`${masterName(facts)}: ${text}`]
      }),
    )
  return { well: told(({ well }) => well), unseen: told(({ unseen }) => unseen), ill: told(({ ill }) => ill) }
}
